/** API reference: email verification, passwords, email change, export, deletion, invitations. */
import { POST as changeEmail } from "@/app/api/auth/email/change/[app_id]/route";
import { POST as change } from "@/app/api/auth/password/change/[app_id]/route";
import { POST as forgot } from "@/app/api/auth/password/forgot/[app_id]/route";
import { POST as reset } from "@/app/api/auth/password/reset/[app_id]/route";
import { POST as verifyEmail } from "@/app/api/auth/verify-email/[app_id]/route";
import { GET as exportMe } from "@/app/api/me/export/route";
import { DELETE as closeMe } from "@/app/api/me/route";
import { DELETE as withdraw } from "@/app/api/v1/apps/[app_id]/invitations/[invitation_id]/route";
import * as invitations from "@/app/api/v1/apps/[app_id]/invitations/route";
import { POST as sendReset } from "@/app/api/v1/apps/[app_id]/users/[user_id]/password-reset/route";
import type { Answer, Group } from "@/lib/http/openapi/operation";
import { created, noContent, ok } from "./responses";
import { AccountExport, InvitationView } from "./schemas/account";
import { page } from "./schemas/fields";
import { Sent } from "./schemas/users";

const sent: Answer = { status: 202, description: "The email is sent if there is a matching user.", schema: Sent };

const INVITATIONS = "/api/v1/apps/{app_id}/invitations";

export const account: Group = {
  slug: "account",
  name: "Account",
  description:
    "Verify email addresses, reset and change passwords, change email addresses, export and delete accounts, and invite users. The links in the emails open pages under the app's issuer.",
  operations: [
    {
      id: "sendVerification",
      method: "post",
      path: "/api/auth/verify-email/{app_id}",
      handler: verifyEmail,
      summary: "Send a verification email",
      description:
        "Sends the link that verifies an email address. Foyer sends the first one at sign-up. The response is the same for unknown and verified email addresses.",
      answers: [sent],
      examples: [{ body: { email: "bob@example.com" } }],
    },
    {
      id: "forgotPassword",
      method: "post",
      path: "/api/auth/password/forgot/{app_id}",
      handler: forgot,
      summary: "Send a password reset email",
      description:
        "The link works once and expires after 30 minutes. The response and its timing are the same for unknown email addresses.",
      answers: [sent],
      errors: ["method_disabled"],
      examples: [{ body: { email: "bob@example.com" } }],
    },
    {
      id: "resetPassword",
      method: "post",
      path: "/api/auth/password/reset/{app_id}",
      handler: reset,
      summary: "Reset a password",
      description:
        "Sets a new password with the token from the reset link. Use it if you build your own page; the link itself opens a hosted page. It revokes all sessions and grants of the user, invalidates other emailed links, and marks the email address as verified.",
      answers: [noContent("The password was reset.")],
      errors: ["invalid_link", "link_used", "link_expired", "method_disabled", "user_disabled"],
      examples: [{ body: { token: "mF3vQ0wLrYb1sZx8cKd9…", password: "a new horse battery" } }],
    },
    {
      id: "changePassword",
      method: "post",
      path: "/api/auth/password/change/{app_id}",
      handler: change,
      summary: "Change your own password",
      description:
        "Authenticated with the user's own token. Keeps the current session and revokes all other sessions and grants. A user without a password omits `current_password` and must have signed in within the last five minutes.",
      answers: [noContent("The password was changed.")],
      errors: ["reauthentication_required", "method_disabled", "rate_limited"],
      examples: [{ body: { current_password: "correct horse battery", new_password: "a new horse battery" } }],
    },
    {
      id: "changeEmail",
      method: "post",
      path: "/api/auth/email/change/{app_id}",
      handler: changeEmail,
      summary: "Change your own email address",
      description:
        "Sends a confirmation link to the new email address and a notice to the old one. Nothing changes until the user opens the link. The response is the same if another user has the email address.",
      answers: [sent],
      errors: ["reauthentication_required", "email_domain_not_allowed", "rate_limited"],
      examples: [{ body: { email: "robert@example.com", password: "correct horse battery" } }],
    },
    {
      id: "exportAccount",
      method: "get",
      path: "/api/me/export",
      handler: exportMe,
      summary: "Export your own account",
      description: "Returns all data about the user, without secrets. Requires the token of a direct sign-in.",
      answers: [ok("The account data.", AccountExport)],
    },
    {
      id: "closeAccount",
      method: "delete",
      path: "/api/me",
      handler: closeMe,
      summary: "Delete your own account",
      description:
        "Deletes the user and all their data. Events are kept. Requires the token of a direct sign-in and, if the user has one, the password.",
      answers: [noContent("The account was deleted.")],
      errors: ["reauthentication_required", "rate_limited"],
      examples: [{ body: { password: "correct horse battery" } }],
    },
    {
      id: "sendPasswordReset",
      method: "post",
      path: "/api/v1/apps/{app_id}/users/{user_id}/password-reset",
      handler: sendReset,
      summary: "Send a user a password reset email",
      description: "For a user who asks you for help. The response says why an email cannot be sent.",
      answers: [{ ...sent, description: "The email is sent." }],
      errors: ["method_disabled", "no_address", "disabled_user"],
    },
    {
      id: "listInvitations",
      method: "get",
      path: INVITATIONS,
      handler: invitations.GET,
      summary: "List invitations",
      description: "Pending invitations, newest first.",
      answers: [ok("A page of invitations.", page(InvitationView))],
      examples: [{ query: { limit: "20" } }],
    },
    {
      id: "inviteUser",
      method: "post",
      path: INVITATIONS,
      handler: invitations.POST,
      summary: "Invite a user",
      description:
        "Emails a link that is valid for seven days and creates a verified user. It also works if `signups` is `invite_only`, and ignores the allowed domains. It replaces an earlier invitation to the same email address.",
      answers: [created("The invitation.", InvitationView)],
      errors: ["email_taken", "signup_closed"],
      examples: [{ body: { email: "carol@example.com", redirect_uri: "https://blog.example/signed-in" } }],
    },
    {
      id: "withdrawInvitation",
      method: "delete",
      path: `${INVITATIONS}/{invitation_id}`,
      handler: withdraw,
      summary: "Cancel an invitation",
      answers: [noContent("The invitation was canceled. Its link no longer works.")],
    },
  ],
};
