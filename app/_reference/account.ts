/** The life of an account: what users do with theirs, and what the App's backend does for them. */

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
import { CloseBody } from "@/lib/account/inputs";
import type { Answer, Group } from "@/lib/http/openapi/operation";
import { created, done, ok } from "./answer";
import { AccountExport, InvitationView } from "./answers/account";
import { page } from "./answers/fields";
import { Sent } from "./answers/users";

const sent: Answer = { status: 202, description: "Sent, if there is anybody to send it to.", schema: Sent };

const INVITATIONS = "/api/v1/apps/{app_id}/invitations";

export const account: Group = {
  slug: "account",
  name: "Account",
  description:
    "The life of an account: its address verified, its password forgotten and changed, its data taken along, its end. The links of the mails lead to pages under the App's issuer.",
  operations: [
    {
      id: "sendVerification",
      method: "post",
      path: "/api/auth/verify-email/{app_id}",
      handler: verifyEmail,
      summary: "Mail the link that verifies an address",
      description:
        "Once more: the first one goes out with the sign-up. The answer is the same for known, verified and unknown addresses.",
      answers: [sent],
      examples: [{ body: { email: "bob@example.com" } }],
    },
    {
      id: "forgotPassword",
      method: "post",
      path: "/api/auth/password/forgot/{app_id}",
      handler: forgot,
      summary: "Mail the link to a new password",
      description: "It works once, within 30 minutes. The answer is the same, in the same time, for unknown addresses.",
      answers: [sent],
      errors: ["method_disabled"],
      examples: [{ body: { email: "bob@example.com" } }],
    },
    {
      id: "resetPassword",
      method: "post",
      path: "/api/auth/password/reset/{app_id}",
      handler: reset,
      summary: "Set a new password by a mailed link",
      description:
        "For an App with pages of its own; the link itself leads to one under the issuer. Every session and grant of the user ends, every other mailed link is void, and the address counts as verified.",
      answers: [done("The password is set.")],
      errors: ["invalid_link", "link_used", "link_expired", "method_disabled", "user_disabled"],
      examples: [{ body: { token: "eyJhbGciOiJIUzI1NiIs…", password: "a new horse battery" } }],
    },
    {
      id: "changePassword",
      method: "post",
      path: "/api/auth/password/change/{app_id}",
      handler: change,
      summary: "Change one's own password",
      description:
        "By the user's own token. This session stays, every other one and every grant ends. Who has no password yet leaves out `current_password`, and has signed in within the last five minutes.",
      answers: [done("The password is changed.")],
      errors: ["reauthentication_required", "method_disabled", "rate_limited"],
      examples: [{ body: { current_password: "correct horse battery", new_password: "a new horse battery" } }],
    },
    {
      id: "changeEmail",
      method: "post",
      path: "/api/auth/email/change/{app_id}",
      handler: changeEmail,
      summary: "Change one's own address",
      description:
        "Nothing changes before the new address has confirmed itself by the link that is mailed to it; the old one is told. The answer is the same where somebody has the address already.",
      answers: [sent],
      errors: ["reauthentication_required", "email_domain_not_allowed", "rate_limited"],
      examples: [{ body: { email: "robert@example.com", password: "correct horse battery" } }],
    },
    {
      id: "exportAccount",
      method: "get",
      path: "/api/me/export",
      handler: exportMe,
      summary: "Take one's data along",
      description: "By the user's own direct token: everything that is kept about them, without secrets.",
      answers: [ok("The data.", AccountExport)],
    },
    {
      id: "closeAccount",
      method: "delete",
      path: "/api/me",
      handler: closeMe,
      summary: "Close one's own account",
      description:
        "By the user's own direct token and password. The user and everything that hangs on them is gone; the events stay.",
      accepts: { body: CloseBody, bodyOptional: true },
      answers: [done("The account is gone.")],
      errors: ["reauthentication_required", "rate_limited"],
      examples: [{ body: { password: "correct horse battery" } }],
    },
    {
      id: "sendPasswordReset",
      method: "post",
      path: "/api/v1/apps/{app_id}/users/{user_id}/password-reset",
      handler: sendReset,
      summary: "Mail a user the link to a new password",
      description: "On behalf of a user who asks you for help; unlike them you are told why it does not go out.",
      answers: [{ ...sent, description: "Sent." }],
      errors: ["method_disabled", "no_address", "disabled_user"],
    },
    {
      id: "listInvitations",
      method: "get",
      path: INVITATIONS,
      handler: invitations.GET,
      summary: "List invitations",
      description: "Those that still wait for an answer, newest first.",
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
        "Mails a link that is good for seven days and makes a verified user, also where sign-ups are `invite_only` and whatever the allowed domains are. A former invitation to the same address is void.",
      answers: [created("The invitation.", InvitationView)],
      errors: ["email_taken", "signup_closed"],
      examples: [{ body: { email: "carol@example.com", redirect_uri: "https://blog.example/signed-in" } }],
    },
    {
      id: "withdrawInvitation",
      method: "delete",
      path: `${INVITATIONS}/{invitation_id}`,
      handler: withdraw,
      summary: "Withdraw an invitation",
      answers: [done("Its link leads nowhere any more.")],
    },
  ],
};
