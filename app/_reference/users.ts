/** Managing the users of an App. */

import { DELETE as disconnect } from "@/app/api/v1/apps/[app_id]/users/[user_id]/connected-apps/[client_id]/route";
import { GET as listApps } from "@/app/api/v1/apps/[app_id]/users/[user_id]/connected-apps/route";
import * as one from "@/app/api/v1/apps/[app_id]/users/[user_id]/route";
import { DELETE as endSession } from "@/app/api/v1/apps/[app_id]/users/[user_id]/sessions/[session_id]/route";
import * as sessions from "@/app/api/v1/apps/[app_id]/users/[user_id]/sessions/route";
import { POST as create, GET as list } from "@/app/api/v1/apps/[app_id]/users/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, done, ok } from "./answer";
import { page } from "./answers/fields";
import { ConnectedApp, ManagedUser, SessionView } from "./answers/users";

const ALL = "/api/v1/apps/{app_id}/users";
const ONE = `${ALL}/{user_id}`;

export const users: Group = {
  slug: "users",
  name: "Users",
  description: "The people of an App: to find, make, change and remove, with their sessions and connected apps.",
  operations: [
    {
      id: "listUsers",
      method: "get",
      path: ALL,
      handler: list,
      summary: "List users",
      description: "Newest first. `q` finds a part of the address or the name, a whole id or `external_id`.",
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
        "Whatever the App's sign-up policy says. Without a password they come in by a magic link, a social connection, or a reset.",
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
      summary: "Read a user",
      answers: [ok("The user.", ManagedUser)],
    },
    {
      id: "updateUser",
      method: "patch",
      path: ONE,
      handler: one.PATCH,
      summary: "Change a user",
      description: "What is left out stays as it is; null empties. A new password ends every session of the user.",
      answers: [ok("The user as they are now.", ManagedUser)],
      errors: ["email_taken", "external_id_taken"],
      examples: [{ body: { disabled: true, metadata: { plan: "free" } } }],
    },
    {
      id: "deleteUser",
      method: "delete",
      path: ONE,
      handler: one.DELETE,
      summary: "Delete a user",
      description: "With everything that hangs on them; the audit trail stays.",
      answers: [done("The user is gone.")],
    },
    {
      id: "listSessions",
      method: "get",
      path: `${ONE}/sessions`,
      handler: sessions.GET,
      summary: "List a user's sessions",
      description: "Where they are signed in now, the youngest first.",
      answers: [ok("A page of sessions.", page(SessionView))],
    },
    {
      id: "endSession",
      method: "delete",
      path: `${ONE}/sessions/{session_id}`,
      handler: endSession,
      summary: "End a session",
      description: "Its tokens are dead at Foyer at once, elsewhere when they expire.",
      answers: [done("The session has ended.")],
    },
    {
      id: "endAllSessions",
      method: "delete",
      path: `${ONE}/sessions`,
      handler: sessions.DELETE,
      summary: "End every session of a user",
      description: "And every grant: connected apps have to ask for a new authorization. What the user allowed stays.",
      answers: [done("They are signed out everywhere.")],
    },
    {
      id: "listConnectedApps",
      method: "get",
      path: `${ONE}/connected-apps`,
      handler: listApps,
      summary: "List a user's connected apps",
      description: "The OAuth clients that the user has let in, the youngest client first.",
      answers: [ok("A page of connected apps.", page(ConnectedApp))],
    },
    {
      id: "disconnectApp",
      method: "delete",
      path: `${ONE}/connected-apps/{client_id}`,
      handler: disconnect,
      summary: "Disconnect an app",
      description: "Ends what the user allowed the client, and every token that it got by it.",
      answers: [done("The app is disconnected.")],
    },
  ],
};
