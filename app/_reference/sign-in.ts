/** How an App's backend signs its users up and in. */

import { z } from "zod";
import { POST as login } from "@/app/api/auth/credentials/login/[app_id]/route";
import { POST as signup } from "@/app/api/auth/credentials/signup/[app_id]/route";
import { POST as exchange } from "@/app/api/auth/exchange/[app_id]/route";
import { POST as logout } from "@/app/api/auth/logout/[app_id]/route";
import { POST as magicLink } from "@/app/api/auth/magic-link/[app_id]/route";
import { POST as refresh } from "@/app/api/auth/refresh/[app_id]/route";
import * as verify from "@/app/api/auth/verify/[app_id]/route";
import { GET as me } from "@/app/api/me/route";
import type { ErrorName } from "@/lib/http/openapi/errors";
import type { Group } from "@/lib/http/openapi/operation";
import { LinkToken, MailedCode, RefreshBody } from "@/lib/signin/inputs";
import { created, done, ok } from "./answer";
import { Self, Sent, Session } from "./answers/users";

/** Of whoever comes by a link; a new user must be welcome. */
const LINK_ERRORS: ErrorName[] = [
  "invalid_request",
  "invalid_link",
  "link_used",
  "link_expired",
  "method_disabled",
  "user_disabled",
  "signup_closed",
  "email_domain_not_allowed",
];

const REFRESH_TOKEN = "fr1-1.1k8p3m7q2x4v9a.ses_01kax8s0e2q7n3v5x9h1k4m6p8.0.…";

export const signIn: Group = {
  slug: "sign-in",
  name: "Sign-in",
  description:
    "Your server signs its users up and in and gets a session: a JWT that any JWT library verifies against the App's JWKS, and a refresh token.",
  operations: [
    {
      id: "signUp",
      method: "post",
      path: "/api/auth/credentials/signup/{app_id}",
      handler: signup,
      summary: "Sign a user up",
      description: "Makes a user with a password and lets them in.",
      answers: [created("The new user is signed in.", Session)],
      errors: ["method_disabled", "signup_closed", "email_domain_not_allowed", "email_not_verified", "email_taken"],
      examples: [{ body: { email: "bob@example.com", password: "correct horse", name: "Bob Hope" } }],
    },
    {
      id: "logIn",
      method: "post",
      path: "/api/auth/credentials/login/{app_id}",
      handler: login,
      summary: "Sign a user in",
      description:
        "After five failures for an address, each further attempt has to wait longer; a success forgets them. Send the person's own address as `Foyer-Client-IP`, so that limits see them and not your server.",
      answers: [ok("The user is signed in.", Session)],
      errors: ["invalid_credentials", "method_disabled", "user_disabled", "email_not_verified"],
      examples: [{ body: { email: "bob@example.com", password: "correct horse" } }],
    },
    {
      id: "sendMagicLink",
      method: "post",
      path: "/api/auth/magic-link/{app_id}",
      handler: magicLink,
      summary: "Mail a magic link",
      description:
        "The mail holds a link and a 6-digit code, for fifteen minutes. The answer is the same for known and unknown addresses; a new user is made when the link is used.",
      answers: [{ status: 202, description: "Sent, if there is anybody to send it to.", schema: Sent }],
      errors: ["method_disabled"],
      examples: [
        { body: { email: "bob@example.com", redirect_uri: "https://blog.example/signed-in", state: "af0ifjsldkj" } },
      ],
    },
    {
      id: "openMagicLink",
      method: "get",
      path: "/api/auth/verify/{app_id}",
      handler: verify.GET,
      summary: "Where a magic link leads",
      description:
        "A program that asks for `application/json` gets the session, once. A browser gets a page with one button: opening the link, as mail scanners do, never uses it up.",
      accepts: { query: LinkToken },
      answers: [
        ok("The user is signed in.", Session),
        {
          status: 200,
          description: "The page.",
          schema: z.string(),
          mediaType: "text/html",
          example: "<!doctype html>…",
        },
      ],
      errors: LINK_ERRORS,
      examples: [{ query: { token: "eyJhbGciOiJIUzI1NiIs…" }, accept: "application/json" }],
    },
    {
      id: "useMagicLink",
      method: "post",
      path: "/api/auth/verify/{app_id}",
      handler: verify.POST,
      summary: "Sign in by a link or its code",
      description:
        "By the link's token, or by address and code for a person who reads the mail on another device. The button of the page posts a form here, and is led to `redirect_uri`.",
      accepts: { body: z.union([LinkToken, MailedCode]).meta({ id: "UseMagicLink" }) },
      answers: [
        ok("The user is signed in.", Session),
        { status: 303, description: "The page's button: to `redirect_uri`, by the App's `delivery`." },
      ],
      errors: [...LINK_ERRORS, "wrong_code"],
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
      summary: "Redeem a code",
      description: "For a code that came to one of your return URLs with `delivery` set to `code`. It works once.",
      answers: [ok("The user is signed in.", Session)],
      errors: ["invalid_code", "user_disabled"],
      examples: [{ body: { code: "…" } }],
    },
    {
      id: "refreshSession",
      method: "post",
      path: "/api/auth/refresh/{app_id}",
      handler: refresh,
      summary: "Refresh a session",
      description:
        "The refresh token is used up by it: keep the new one. Sent again within a minute it gives the same successor, for an answer that got lost; later it ends the session, since two hold it then.",
      answers: [ok("A new token and refresh token.", Session)],
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
        "By the session's refresh token in the body, or by the user's own token. The session's tokens are dead at Foyer at once, elsewhere when they expire.",
      accepts: { security: [null, "userToken"], body: RefreshBody, bodyOptional: true },
      answers: [done("The session has ended.")],
      errors: ["invalid_grant", "invalid_token"],
      examples: [{ body: { refresh_token: REFRESH_TOKEN } }],
    },
    {
      id: "whoAmI",
      method: "get",
      path: "/api/me",
      handler: me,
      summary: "Who the token's user is",
      description:
        "Takes a token of either kind: a direct one sees everything, an OAuth client's what its scopes allow (`email`, `profile`).",
      answers: [ok("The user.", Self)],
      errors: ["no_user"],
    },
  ],
};
