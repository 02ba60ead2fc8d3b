/** API reference: sign-up, sign-in, sessions. */
import { z } from "zod";
import { POST as login } from "@/app/api/auth/credentials/login/[app_id]/route";
import { POST as signup } from "@/app/api/auth/credentials/signup/[app_id]/route";
import { POST as emailCode } from "@/app/api/auth/email-code/[app_id]/route";
import { POST as exchange } from "@/app/api/auth/exchange/[app_id]/route";
import { POST as logout } from "@/app/api/auth/logout/[app_id]/route";
import { POST as magicLink } from "@/app/api/auth/magic-link/[app_id]/route";
import { POST as refresh } from "@/app/api/auth/refresh/[app_id]/route";
import * as verify from "@/app/api/auth/verify/[app_id]/route";
import { GET as me } from "@/app/api/me/route";
import type { ErrorName } from "@/lib/http/openapi/errors";
import type { Group } from "@/lib/http/openapi/operation";
import { EmailedCode, LinkToken, RefreshBody } from "@/lib/signin/inputs";
import { created, noContent, ok } from "./responses";
import { Self, Sent, Session } from "./schemas/users";

/** The first step was right, and the second factor is missing. */
const SECOND_FACTOR_ERRORS: ErrorName[] = ["mfa_required", "mfa_enrollment_required"];

/** The link can also sign up a new user, so it can fail with the sign-up errors. */
const LINK_ERRORS: ErrorName[] = [
  "invalid_request",
  "invalid_link",
  "link_used",
  "link_expired",
  "method_disabled",
  "user_disabled",
  "signup_closed",
  "email_domain_not_allowed",
  ...SECOND_FACTOR_ERRORS,
];

const REFRESH_TOKEN = "fr1-1.1k8p3m7q2x4v9a.ses_01kax8s0e2q7n3v5x9h1k4m6p8.0.…";

export const signIn: Group = {
  slug: "sign-in",
  name: "Sign-in",
  description:
    "Your server signs users up and in. It receives a session: a JWT that any JWT library can verify with the app's JWKS, and a refresh token.",
  operations: [
    {
      id: "signUp",
      method: "post",
      path: "/api/auth/credentials/signup/{app_id}",
      handler: signup,
      summary: "Sign a user up",
      description: "Creates a user with a password and signs them in.",
      answers: [created("The new user is signed in.", Session)],
      errors: [
        "method_disabled",
        "signup_closed",
        "email_domain_not_allowed",
        "email_not_verified",
        "mfa_enrollment_required",
        "email_taken",
      ],
      examples: [{ body: { email: "bob@example.com", password: "correct horse", name: "Bob Hope" } }],
    },
    {
      id: "logIn",
      method: "post",
      path: "/api/auth/credentials/login/{app_id}",
      handler: login,
      summary: "Sign a user in",
      description:
        "After five failures for an email address, each further attempt must wait longer. A success resets the count. Send the user's IP address as `Foyer-Client-IP`, so that rate limits apply to the user and not to your server.",
      answers: [ok("The user is signed in.", Session)],
      errors: [
        "invalid_credentials",
        "method_disabled",
        "user_disabled",
        "email_not_verified",
        ...SECOND_FACTOR_ERRORS,
      ],
      examples: [{ body: { email: "bob@example.com", password: "correct horse" } }],
    },
    {
      id: "sendMagicLink",
      method: "post",
      path: "/api/auth/magic-link/{app_id}",
      handler: magicLink,
      summary: "Send a magic link",
      description:
        "The email contains a link and a 6-digit code, both valid for fifteen minutes. The response is the same for known and unknown email addresses. A new user is created when the link is used.",
      answers: [{ status: 202, description: "The email is sent if the user can sign in or sign up.", schema: Sent }],
      errors: ["method_disabled"],
      examples: [
        { body: { email: "bob@example.com", redirect_uri: "https://blog.example/signed-in", state: "af0ifjsldkj" } },
      ],
    },
    {
      id: "sendEmailCode",
      method: "post",
      path: "/api/auth/email-code/{app_id}",
      handler: emailCode,
      summary: "Send a sign-in code",
      description:
        "The email contains a 6-digit code without a link, valid for fifteen minutes and five attempts. Requires the setting `methods.email_code`. The response is the same for known and unknown email addresses. Sign in with the code at `/api/auth/verify/{app_id}`; a new user is created only then.",
      answers: [{ status: 202, description: "The email is sent if the user can sign in or sign up.", schema: Sent }],
      errors: ["method_disabled"],
      examples: [{ body: { email: "bob@example.com" } }],
    },
    {
      id: "openMagicLink",
      method: "get",
      path: "/api/auth/verify/{app_id}",
      handler: verify.GET,
      summary: "Open a magic link",
      description:
        "The URL of the magic link. With `Accept: application/json` it returns the session and works once. A browser gets a page with a button, so that an email scanner that opens the link does not use it up. If the email address was never verified, a password of the account is removed: only the page can ask whether to keep it.",
      accepts: { query: LinkToken },
      answers: [
        ok("The user is signed in.", Session),
        {
          status: 200,
          description: "The page with the button.",
          schema: z.string(),
          mediaType: "text/html",
          example: "<!doctype html>…",
        },
      ],
      errors: LINK_ERRORS,
      errorPages: true,
      examples: [{ query: { token: "eyJhbGciOiJIUzI1NiIs…" }, accept: "application/json" }],
    },
    {
      id: "useMagicLink",
      method: "post",
      path: "/api/auth/verify/{app_id}",
      handler: verify.POST,
      summary: "Sign in with a magic link or an emailed code",
      description:
        "Send the token of the link, or the email address and the code: of a magic link's email, or of an email with a code only. Each works while its method is enabled. A form without `Accept: application/json` redirects to `redirect_uri`, as the button of the page does. If the email address was never verified, a password of the account is removed, and an email says so.",
      accepts: { body: z.union([LinkToken, EmailedCode]).meta({ id: "UseMagicLink" }) },
      answers: [
        ok("The user is signed in.", Session),
        {
          status: 303,
          description: "For a form: redirects to `redirect_uri` as the `delivery` setting says.",
        },
      ],
      errors: [...LINK_ERRORS, "wrong_code"],
      errorPages: true,
      examples: [
        { title: "Code", body: { email: "bob@example.com", code: "123 456" } },
        { title: "Link", body: { token: "eyJhbGciOiJIUzI1NiIs…" } },
      ],
    },
    {
      id: "redeemCode",
      method: "post",
      path: "/api/auth/exchange/{app_id}",
      handler: exchange,
      summary: "Exchange a code",
      description: "Exchanges the code that your return URL received with `delivery` set to `code`. A code works once.",
      answers: [ok("The user is signed in.", Session)],
      errors: ["invalid_code", "user_disabled", ...SECOND_FACTOR_ERRORS],
      examples: [{ body: { code: "…" } }],
    },
    {
      id: "refreshSession",
      method: "post",
      path: "/api/auth/refresh/{app_id}",
      handler: refresh,
      summary: "Refresh a session",
      description:
        "Each refresh token works once: store the new one. A repeated request within one minute returns the same new token, in case the response was lost. After that, reuse revokes the session, because the token may have been stolen.",
      answers: [ok("A new access token and refresh token.", Session)],
      errors: ["invalid_grant"],
      examples: [{ body: { refresh_token: REFRESH_TOKEN } }],
    },
    {
      id: "logOut",
      method: "post",
      path: "/api/auth/logout/{app_id}",
      handler: logout,
      summary: "Sign a user out",
      description:
        "Authenticated with the refresh token in the body or with the user's token. Foyer rejects the session's tokens immediately. Services that verify tokens locally reject them once they expire.",
      accepts: { security: [null, "userToken"], body: RefreshBody, bodyOptional: true },
      answers: [noContent("The session was revoked.")],
      errors: ["invalid_grant", "invalid_token"],
      examples: [{ body: { refresh_token: REFRESH_TOKEN } }],
    },
    {
      id: "whoAmI",
      method: "get",
      path: "/api/me",
      handler: me,
      summary: "Get the current user",
      description:
        "Accepts tokens of direct sign-ins and of OAuth clients. An OAuth client's token returns only what its scopes (`email`, `profile`) allow.",
      answers: [ok("The user.", Self)],
      errors: ["no_user"],
    },
  ],
};
