/** API reference: second factors. */
import { DELETE as remove } from "@/app/api/auth/mfa/[app_id]/[factor_id]/route";
import { POST as renewCodes } from "@/app/api/auth/mfa/[app_id]/recovery-codes/route";
import { GET as list } from "@/app/api/auth/mfa/[app_id]/route";
import { POST as challenge } from "@/app/api/auth/mfa/challenge/[app_id]/route";
import { POST as confirmEmail } from "@/app/api/auth/mfa/email/[app_id]/confirm/route";
import { POST as enrollEmail } from "@/app/api/auth/mfa/email/[app_id]/route";
import { POST as confirm } from "@/app/api/auth/mfa/totp/[app_id]/confirm/route";
import { POST as enroll } from "@/app/api/auth/mfa/totp/[app_id]/route";
import { POST as verify } from "@/app/api/auth/mfa/verify/[app_id]/route";
import { DELETE as removeOfUser } from "@/app/api/v1/apps/[app_id]/users/[user_id]/factors/[factor_id]/route";
import * as ofUser from "@/app/api/v1/apps/[app_id]/users/[user_id]/factors/route";
import type { Group } from "@/lib/http/openapi/operation";
import { noContent, ok } from "./responses";
import { Confirmed, EmailConfirmed, FactorList, RecoveryCodes, TotpEnrollment } from "./schemas/factors";
import { RequestOptions } from "./schemas/passkeys";
import { Sent, Session } from "./schemas/users";

const MFA_TOKEN = "mF3vQ0wLrYb1sZx8cKd9…";
const OWN = "/api/auth/mfa/{app_id}";
const OF_USER = "/api/v1/apps/{app_id}/users/{user_id}/factors";

export const factors: Group = {
  slug: "second-factors",
  name: "Second factors",
  description:
    "Sign-ins of users who need a second factor answer 403 with `mfa_token` and `methods`. Complete them here, let users manage their own factors, and reset the factors of a user who has lost them.",
  operations: [
    {
      id: "challengeSecondFactor",
      method: "post",
      path: "/api/auth/mfa/challenge/{app_id}",
      handler: challenge,
      summary: "Send a code or get passkey options for a sign-in",
      description:
        "`passkey` returns options with the user's passkeys, for `navigator.credentials.get()`. `email` emails a 6-digit code that is valid for ten minutes and for this sign-in only. The response is the same if the recipient got too many emails. The method must be one of the sign-in's `methods`.",
      answers: [
        { status: 202, description: "The code is sent.", schema: Sent },
        ok("The options, for `passkey`.", RequestOptions),
      ],
      errors: ["invalid_token"],
      examples: [{ body: { mfa_token: MFA_TOKEN, method: "email" } }],
    },
    {
      id: "verifySecondFactor",
      method: "post",
      path: "/api/auth/mfa/verify/{app_id}",
      handler: verify,
      summary: "Complete a sign-in with a second factor",
      description:
        "Send `code` from the authenticator app or the email, a `recovery_code`, or `passkey`. Each works once. After five failures for a user, each further attempt must wait longer. A success resets the count and uses up the `mfa_token`.",
      answers: [ok("The user is signed in.", Session)],
      errors: ["invalid_token", "wrong_code", "rate_limited"],
      examples: [
        { title: "Code", body: { mfa_token: MFA_TOKEN, code: "123456" } },
        { title: "Recovery code", body: { mfa_token: MFA_TOKEN, recovery_code: "7k3m-9qxa-t2vb-c8dr" } },
      ],
    },
    {
      id: "enrollTotp",
      method: "post",
      path: "/api/auth/mfa/totp/{app_id}",
      handler: enroll,
      summary: "Start adding an authenticator app",
      description:
        "Authenticated with the user's own token, or with the `mfa_token` of a sign-in that answered `mfa_enrollment_required`. The secret is valid for ten minutes and replaces that of an earlier call. Nothing changes until it is confirmed.",
      answers: [ok("The secret to scan.", TotpEnrollment)],
      errors: ["method_disabled", "mfa_required", "insufficient_user_authentication"],
    },
    {
      id: "confirmTotp",
      method: "post",
      path: "/api/auth/mfa/totp/{app_id}/confirm",
      handler: confirm,
      summary: "Confirm an authenticator app",
      description:
        "The code is used up by this. The first factor of a user brings ten recovery codes, which are shown only here. A new authenticator app replaces the former one. With `mfa_token`, the response is also the session.",
      answers: [ok("The authenticator app was added.", Confirmed)],
      errors: ["wrong_code", "method_disabled", "mfa_required", "insufficient_user_authentication"],
      examples: [{ body: { code: "123456" } }],
    },
    {
      id: "enrollEmailFactor",
      method: "post",
      path: "/api/auth/mfa/email/{app_id}",
      handler: enrollEmail,
      summary: "Start adding emailed codes",
      description:
        "Authenticated with the user's own token. Emails a code to the user. Under the policy `required`, verified users can use emailed codes without this.",
      answers: [
        { status: 202, description: "The code is sent.", schema: Sent },
        ok("The options, for `passkey`.", RequestOptions),
      ],
      errors: ["method_disabled", "insufficient_user_authentication", "no_address"],
    },
    {
      id: "confirmEmailFactor",
      method: "post",
      path: "/api/auth/mfa/email/{app_id}/confirm",
      handler: confirmEmail,
      summary: "Confirm emailed codes",
      description:
        "The code also verifies the email address. The first factor of a user brings ten recovery codes, which are shown only here.",
      answers: [ok("Emailed codes were added.", EmailConfirmed)],
      errors: ["wrong_code", "method_disabled", "insufficient_user_authentication", "no_address"],
      examples: [{ body: { code: "123456" } }],
    },
    {
      id: "listOwnFactors",
      method: "get",
      path: OWN,
      handler: list,
      summary: "List your own second factors",
      description: "Authenticated with the user's own token. Includes passkeys. Oldest first.",
      answers: [ok("The factors.", FactorList)],
    },
    {
      id: "removeOwnFactor",
      method: "delete",
      path: `${OWN}/{factor_id}`,
      handler: remove,
      summary: "Remove one of your own second factors",
      description:
        "Requires a sign-in within the last ten minutes with the strongest factor of the user. Removing the last factor also deletes the recovery codes and remembered devices. The last sign-in method can't be removed.",
      answers: [noContent("The factor was removed.")],
      errors: ["insufficient_user_authentication", "last_way_in"],
    },
    {
      id: "renewRecoveryCodes",
      method: "post",
      path: `${OWN}/recovery-codes`,
      handler: renewCodes,
      summary: "Replace your own recovery codes",
      description: "Requires the same as removing a factor. The former codes no longer work.",
      answers: [ok("Ten new codes.", RecoveryCodes)],
      errors: ["insufficient_user_authentication", "no_factor"],
    },
    {
      id: "listUserFactors",
      method: "get",
      path: OF_USER,
      handler: ofUser.GET,
      summary: "List a user's second factors",
      description: "Includes passkeys. Oldest first.",
      answers: [ok("The factors.", FactorList)],
    },
    {
      id: "resetUserFactors",
      method: "delete",
      path: OF_USER,
      handler: ofUser.DELETE,
      summary: "Reset a user's second factors",
      description:
        "Removes all factors, passkeys, recovery codes and remembered devices of a user who has lost them. The user gets an email. Make sure that you talk to the right person first.",
      answers: [noContent("The factors were removed.")],
    },
    {
      id: "removeUserFactor",
      method: "delete",
      path: `${OF_USER}/{factor_id}`,
      handler: removeOfUser,
      summary: "Remove a second factor of a user",
      description: "The user gets an email.",
      answers: [noContent("The factor was removed.")],
    },
  ],
};
