/** The OAuth 2 and OpenID Connect provider that every App is. */
import { z } from "zod";
import { GET as metadata } from "@/app/o/[app]/.well-known/openid-configuration/route";
import * as authorize from "@/app/o/[app]/authorize/route";
import { POST as introspect } from "@/app/o/[app]/introspect/route";
import { GET as jwks } from "@/app/o/[app]/jwks/route";
import * as logout from "@/app/o/[app]/logout/route";
import { POST as revoke } from "@/app/o/[app]/revoke/route";
import { POST as token } from "@/app/o/[app]/token/route";
import * as userinfo from "@/app/o/[app]/userinfo/route";
import type { Answer, Group } from "@/lib/http/openapi/operation";
import { ok } from "./answer";
import { Introspection, Jwks, Metadata, Tokens } from "./answers/provider";
import { UserInfo } from "./answers/users";
import { AuthorizeInput, EXAMPLES, LogoutInput, TokenInput, TokenToAskInput, UserInfoInput } from "./provider-input";

function pageAnswer(status: number, description: string): Answer {
  return { status, description, schema: z.string(), mediaType: "text/html", example: "<!doctype html>…" };
}

const AUTHORIZE_ANSWERS: Answer[] = [
  {
    status: 303,
    description:
      "To a page where the user signs in or consents; or, when there is nothing to ask, to `redirect_uri` with `code`, `state` and `iss`, or with `error`.",
  },
  pageAnswer(
    400,
    "Client or redirect URI are unknown, or something else is wrong and nobody is signed in: a page for people, never a redirect (RFC 9700 §4.11.2).",
  ),
];

const LOGOUT_ANSWERS: Answer[] = [
  { status: 303, description: "To `post_logout_redirect_uri`, with `state`." },
  pageAnswer(200, "A page that asks, or that says it is done."),
  pageAnswer(400, "The hint or the address is not this client's: a page for people."),
];

export const provider: Group = {
  slug: "oauth",
  name: "OAuth and OpenID",
  description:
    "Each App is an issuer of its own, `/o/{app_id}`: client libraries need only that, discovery tells them the rest. The same endpoints are at `/o/…`, where the client's id says which App.",
  operations: [
    {
      id: "authorize",
      method: "get",
      path: "/o/{app_id}/authorize",
      also: ["/o/authorize"],
      handler: authorize.GET,
      summary: "Ask a user for an authorization",
      description: "Where a client sends the browser (RFC 6749 §4.1.1, RFC 7636, OIDC Core §3.1.2).",
      accepts: { security: [], query: AuthorizeInput },
      answers: AUTHORIZE_ANSWERS,
      oauthErrors: [],
      examples: [{ query: EXAMPLES.authorize }],
    },
    {
      id: "authorizeByPost",
      method: "post",
      path: "/o/{app_id}/authorize",
      also: ["/o/authorize"],
      handler: authorize.POST,
      summary: "Ask for an authorization by a form",
      description: "Answered by a GET of the same request (OIDC Core §3.1.2.1).",
      accepts: { security: [], body: AuthorizeInput, form: true },
      answers: [
        { status: 303, description: "To the same request by GET." },
        pageAnswer(400, "A parameter is repeated or malformed: a page for people."),
      ],
      oauthErrors: [],
      examples: [{ body: EXAMPLES.authorize }],
    },
    {
      id: "token",
      method: "post",
      path: "/o/{app_id}/token",
      also: ["/o/token"],
      handler: token,
      summary: "Get tokens",
      description:
        "RFC 6749 §3.2. A code works once: used again by its client, it ends what the first use gave out. Public clients get a new refresh token with each use and must keep it; confidential ones keep the one they have.",
      accepts: { security: ["clientSecret", null], body: TokenInput, form: true },
      answers: [ok("The tokens.", Tokens)],
      oauthErrors: [
        "invalid_request",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "invalid_client",
        "unknown_app",
        "rate_limited",
        "temporarily_unavailable",
      ],
      examples: [
        { title: "Code", body: EXAMPLES.code },
        { title: "Refresh", body: EXAMPLES.refresh },
        { title: "Client credentials", body: EXAMPLES.machine },
      ],
    },
    {
      id: "introspect",
      method: "post",
      path: "/o/{app_id}/introspect",
      also: ["/o/introspect"],
      handler: introspect,
      summary: "Ask about a token",
      description:
        "RFC 7662, for a client with a secret or the App's API key. The API key and resource servers see every access token of the App, a client its own. Whoever may not know is told `active: false`.",
      accepts: { security: ["clientSecret", "apiKey"], body: TokenToAskInput, form: true },
      answers: [ok("What the token is worth.", Introspection)],
      oauthErrors: ["invalid_request", "invalid_client", "unknown_app", "rate_limited", "temporarily_unavailable"],
      examples: [{ body: { token: "eyJhbGciOiJFUzI1NiIs…" } }],
    },
    {
      id: "revoke",
      method: "post",
      path: "/o/{app_id}/revoke",
      also: ["/o/{app_id}/revoke_token", "/o/revoke", "/o/revoke_token"],
      handler: revoke,
      summary: "Revoke a token",
      description:
        "RFC 7009. A refresh token ends with its grant; what the user allowed stays. A token that is not the client's own is left alone, and the answer is the same.",
      accepts: { security: ["clientSecret", null], body: TokenToAskInput, form: true },
      answers: [{ status: 200, description: "Whatever the token was, it is worth nothing to this client now." }],
      oauthErrors: ["invalid_request", "invalid_client", "unknown_app", "rate_limited", "temporarily_unavailable"],
      examples: [{ body: { token: "fr1-1.1k8p3m7q2x4v9a.grn_01kax8s0e2g4j6n8q0s2v4x6z8.0.…" } }],
    },
    {
      id: "userinfo",
      method: "get",
      path: "/o/{app_id}/userinfo",
      also: ["/o/userinfo"],
      handler: userinfo.GET,
      summary: "Claims about the user",
      description: "OIDC Core §5.3, for a token with the scope `openid`.",
      accepts: { security: ["userToken"] },
      answers: [ok("The claims.", UserInfo)],
      oauthErrors: ["invalid_token", "insufficient_scope", "unknown_app", "temporarily_unavailable"],
    },
    {
      id: "userinfoByPost",
      method: "post",
      path: "/o/{app_id}/userinfo",
      also: ["/o/userinfo"],
      handler: userinfo.POST,
      summary: "Ask for claims by a form",
      accepts: { security: ["userToken", null], body: UserInfoInput, form: true, bodyOptional: true },
      answers: [ok("The claims.", UserInfo)],
      oauthErrors: ["invalid_request", "invalid_token", "insufficient_scope", "unknown_app", "temporarily_unavailable"],
      examples: [{ body: { access_token: "eyJhbGciOiJFUzI1NiIs…" } }],
    },
    {
      id: "logout",
      method: "get",
      path: "/o/{app_id}/logout",
      also: ["/o/logout"],
      handler: logout.GET,
      summary: "Sign a user out at the issuer",
      description:
        "Where a client sends the browser (OpenID Connect RP-Initiated Logout 1.0). Without a valid `id_token_hint` it never redirects.",
      accepts: { security: [], query: LogoutInput },
      answers: LOGOUT_ANSWERS,
      oauthErrors: [],
      examples: [{ query: EXAMPLES.logout }],
    },
    {
      id: "logoutByPost",
      method: "post",
      path: "/o/{app_id}/logout",
      also: ["/o/logout"],
      handler: logout.POST,
      summary: "Sign out at the issuer by a form",
      description: "Answered by a GET of the same request.",
      accepts: { security: [], body: LogoutInput, form: true },
      answers: [{ status: 303, description: "To the same request by GET." }],
      oauthErrors: [],
      examples: [{ body: EXAMPLES.logout }],
    },
    {
      id: "discovery",
      method: "get",
      path: "/o/{app_id}/.well-known/openid-configuration",
      also: ["/.well-known/openid-configuration/o/{app_id}", "/.well-known/oauth-authorization-server/o/{app_id}"],
      handler: metadata,
      summary: "The issuer's metadata",
      description: "OpenID Connect Discovery 1.0 §4, RFC 8414.",
      answers: [ok("What the issuer can do, and where.", Metadata)],
    },
    {
      id: "jwks",
      method: "get",
      path: "/o/{app_id}/jwks",
      handler: jwks,
      summary: "The issuer's public keys",
      description: "RFC 7517: all that may still verify something. Cache them for minutes, not for days.",
      answers: [ok("The keys.", Jwks)],
    },
  ],
};
