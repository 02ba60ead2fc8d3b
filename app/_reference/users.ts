/** API reference: user management. */
import { DELETE as disconnect } from "@/app/api/v1/apps/[app_id]/users/[user_id]/connected-apps/[client_id]/route";
import { GET as listApps } from "@/app/api/v1/apps/[app_id]/users/[user_id]/connected-apps/route";
import * as one from "@/app/api/v1/apps/[app_id]/users/[user_id]/route";
import { DELETE as endSession } from "@/app/api/v1/apps/[app_id]/users/[user_id]/sessions/[session_id]/route";
import * as sessions from "@/app/api/v1/apps/[app_id]/users/[user_id]/sessions/route";
import { POST as create, GET as list } from "@/app/api/v1/apps/[app_id]/users/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, noContent, ok } from "./responses";
import { page } from "./schemas/fields";
import { ConnectedApp, ManagedUser, SessionView } from "./schemas/users";

const ALL = "/api/v1/apps/{app_id}/users";
const ONE = `${ALL}/{user_id}`;

export const users: Group = {
  slug: "users",
  name: "Users",
  description: "Find, create, update and delete users, and manage their sessions and connected apps.",
  operations: [
    {
      id: "listUsers",
      method: "get",
      path: ALL,
      handler: list,
      summary: "List users",
      description:
        "Newest first. `q` matches part of the email address or of a name, or a whole ID or `external_id`. A term of one or two characters matches the start of a word. Upper and lower case, full-width letters and composed accents make no difference. `email` finds exactly one user.",
      answers: [ok("A page of users.", page(ManagedUser))],
      examples: [{ query: { q: "carol", limit: "20" } }],
    },
    {
      id: "createUser",
      method: "post",
      path: ALL,
      handler: create,
      summary: "Create a user",
      description:
        "Works regardless of the `signups` setting. A user without a password signs in with a magic link, an emailed code or a social connection, or resets the password.",
      answers: [created("The new user.", ManagedUser)],
      errors: ["email_taken", "external_id_taken"],
      examples: [
        { body: { email: "carol@example.com", name: "Carol", email_verified: true, metadata: { plan: "pro" } } },
      ],
    },
    {
      id: "getUser",
      method: "get",
      path: ONE,
      handler: one.GET,
      summary: "Get a user",
      answers: [ok("The user.", ManagedUser)],
    },
    {
      id: "updateUser",
      method: "patch",
      path: ONE,
      handler: one.PATCH,
      summary: "Update a user",
      description:
        "Omitted fields stay unchanged, and null clears a field. A new password revokes all sessions of the user.",
      answers: [ok("The updated user.", ManagedUser)],
      errors: ["email_taken", "external_id_taken"],
      examples: [{ body: { disabled: true, metadata: { plan: "free" } } }],
    },
    {
      id: "deleteUser",
      method: "delete",
      path: ONE,
      handler: one.DELETE,
      summary: "Delete a user",
      description: "Deletes the user and all their data. Events are kept.",
      answers: [noContent("The user was deleted.")],
    },
    {
      id: "listSessions",
      method: "get",
      path: `${ONE}/sessions`,
      handler: sessions.GET,
      summary: "List a user's sessions",
      description: "Active sessions, newest first.",
      answers: [ok("A page of sessions.", page(SessionView))],
    },
    {
      id: "endSession",
      method: "delete",
      path: `${ONE}/sessions/{session_id}`,
      handler: endSession,
      summary: "Revoke a session",
      description:
        "Foyer rejects the session's tokens immediately. Services that verify tokens locally reject them once they expire.",
      answers: [noContent("The session was revoked.")],
    },
    {
      id: "endAllSessions",
      method: "delete",
      path: `${ONE}/sessions`,
      handler: sessions.DELETE,
      summary: "Revoke all sessions of a user",
      description: "Also revokes all grants: connected apps need a new authorization. Consents are kept.",
      answers: [noContent("The user was signed out everywhere.")],
    },
    {
      id: "listConnectedApps",
      method: "get",
      path: `${ONE}/connected-apps`,
      handler: listApps,
      summary: "List a user's connected apps",
      description: "The OAuth clients that the user allowed, newest client first.",
      answers: [ok("A page of connected apps.", page(ConnectedApp))],
    },
    {
      id: "disconnectApp",
      method: "delete",
      path: `${ONE}/connected-apps/{client_id}`,
      handler: disconnect,
      summary: "Disconnect an app",
      description: "Deletes the user's consent and revokes the client's tokens for this user.",
      answers: [noContent("The app was disconnected.")],
    },
  ],
};
