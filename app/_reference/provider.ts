/** API reference: the OAuth 2 and OpenID Connect provider. */
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
import { DEVICE_OPERATIONS } from "./device";
import { AuthorizeInput, EXAMPLES, LogoutInput, TokenInput, TokenStatusInput, UserInfoInput } from "./provider-input";
import { pushedRequest } from "./pushed-request";
import { ok } from "./responses";
import { Introspection, Jwks, Metadata, Tokens } from "./schemas/provider";
import { UserInfo } from "./schemas/users";

function htmlResponse(status: number, description: string): Answer {
  return { status, description, schema: z.string(), mediaType: "text/html", example: "<!doctype html>…" };
}

const AUTHORIZE_RESPONSES: Answer[] = [
  {
    status: 303,
    description:
      "Redirects to a page where the user signs in or consents. If no input is needed, redirects to `redirect_uri` with `code`, `state` and `iss`, or with `error`. The error of an invalid request is sent after the user has signed in (RFC 9700 §4.11.2), or immediately with `prompt=none`.",
  },
  htmlResponse(400, "An error page, without a redirect: the client or the redirect URI is unknown."),
];

const LOGOUT_RESPONSES: Answer[] = [
  { status: 303, description: "Redirects to `post_logout_redirect_uri` with `state`." },
  htmlResponse(200, "A page that asks for confirmation, or that confirms the sign-out."),
  htmlResponse(400, "An error page: the request names no app."),
];

export const provider: Group = {
  slug: "oauth",
  name: "OAuth and OpenID",
  description:
    "Each app is its own issuer at `/o/{app_id}`. Client libraries need only the issuer and discover the rest. The same endpoints also exist at `/o/…`, where the client ID identifies the app.",
  operations: [
    {
      id: "authorize",
      method: "get",
      path: "/o/{app_id}/authorize",
      also: ["/o/authorize"],
      handler: authorize.GET,
      summary: "Start an authorization",
      description: "The client opens this URL in the user's browser (RFC 6749 §4.1.1, RFC 7636, OIDC Core §3.1.2).",
      accepts: { security: [], query: AuthorizeInput },
      answers: AUTHORIZE_RESPONSES,
      oauthErrors: [],
      examples: [{ query: EXAMPLES.authorize }],
    },
    {
      id: "authorizeByPost",
      method: "post",
      path: "/o/{app_id}/authorize",
      also: ["/o/authorize"],
      handler: authorize.POST,
      summary: "Start an authorization with a form",
      description: "Stores the request for 10 minutes and redirects to a GET that refers to it (OIDC Core §3.1.2.1).",
      accepts: { security: [], body: AuthorizeInput, form: true },
      answers: [
        { status: 303, description: "Redirects to a GET that refers to the stored request." },
        htmlResponse(400, "An error page: a parameter is repeated or malformed."),
      ],
      oauthErrors: [],
      examples: [{ body: EXAMPLES.authorize }],
    },
    pushedRequest,
    {
      id: "token",
      method: "post",
      path: "/o/{app_id}/token",
      also: ["/o/token"],
      handler: token,
      summary: "Get tokens",
      description:
        "RFC 6749 §3.2. A code works once. If the client uses it again, the tokens of the first use are revoked. A public client receives a new refresh token with each refresh and must store it. A confidential client keeps its refresh token. With a DPoP proof (RFC 9449), the access token and a public client's refresh token are bound to its key.",
      accepts: { security: ["clientSecret", null], body: TokenInput, form: true },
      answers: [ok("The tokens.", Tokens)],
      oauthErrors: [
        "invalid_request",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "authorization_pending",
        "slow_down",
        "expired_token",
        "access_denied",
        "invalid_target",
        "invalid_dpop_proof",
        "use_dpop_nonce",
        "invalid_client",
        "unknown_app",
        "rate_limited",
        "temporarily_unavailable",
      ],
      examples: [
        { title: "Code", body: EXAMPLES.code },
        { title: "Refresh", body: EXAMPLES.refresh },
        { title: "Client credentials", body: EXAMPLES.machine },
        { title: "Device code", body: EXAMPLES.poll },
        { title: "Token exchange", body: EXAMPLES.exchange },
      ],
    },
    ...DEVICE_OPERATIONS,
    {
      id: "introspect",
      method: "post",
      path: "/o/{app_id}/introspect",
      also: ["/o/introspect"],
      handler: introspect,
      summary: "Introspect a token",
      description:
        "RFC 7662, for a client with a secret or the app's API key. The API key and resource servers can introspect every access token of the app, a client only its own. All other tokens are `active: false`. With `Accept: application/token-introspection+jwt`, the response is a JWT that contains this object as `token_introspection` (RFC 9701).",
      accepts: { security: ["clientSecret", "apiKey"], body: TokenStatusInput, form: true },
      answers: [ok("The state of the token.", Introspection)],
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
        "RFC 7009. Revoking a refresh token or an access token of a user revokes its grant, so all tokens of the grant. Other grants and the consent are kept. A token of the client credentials grant or of a token exchange is revoked alone. A token of another client is not revoked, but the response is the same.",
      accepts: { security: ["clientSecret", null], body: TokenStatusInput, form: true },
      answers: [ok("The client can no longer use the token.", z.object({}))],
      oauthErrors: ["invalid_request", "invalid_client", "unknown_app", "rate_limited", "temporarily_unavailable"],
      examples: [{ body: { token: "fr1-1.1k8p3m7q2x4v9a.grn_01kax8s0e2g4j6n8q0s2v4x6z8.0.…" } }],
    },
    {
      id: "userinfo",
      method: "get",
      path: "/o/{app_id}/userinfo",
      also: ["/o/userinfo"],
      handler: userinfo.GET,
      summary: "Get claims about the user",
      description: "OIDC Core §5.3, for a token with the scope `openid`.",
      accepts: { security: ["userToken"] },
      answers: [ok("The claims.", UserInfo)],
      oauthErrors: ["invalid_token", "rejected_proof", "insufficient_scope", "unknown_app", "temporarily_unavailable"],
    },
    {
      id: "userinfoByPost",
      method: "post",
      path: "/o/{app_id}/userinfo",
      also: ["/o/userinfo"],
      handler: userinfo.POST,
      summary: "Get claims about the user with a form",
      accepts: { security: ["userToken", null], body: UserInfoInput, form: true, bodyOptional: true },
      answers: [ok("The claims.", UserInfo)],
      oauthErrors: [
        "invalid_request",
        "invalid_token",
        "rejected_proof",
        "insufficient_scope",
        "unknown_app",
        "temporarily_unavailable",
      ],
      examples: [{ body: { access_token: "eyJhbGciOiJFUzI1NiIs…" } }],
    },
    {
      id: "logout",
      method: "get",
      path: "/o/{app_id}/logout",
      also: ["/o/logout"],
      handler: logout.GET,
      summary: "Sign a user out of the issuer",
      description:
        "The client opens this URL in the user's browser (OpenID Connect RP-Initiated Logout 1.0). Without an `id_token_hint` of the signed-in user, which may be expired, Foyer asks the user first. It redirects only to a `post_logout_redirect_uri` that is registered for the client of `id_token_hint` or `client_id`. Otherwise the user sees that they are signed out.",
      accepts: { security: [], query: LogoutInput },
      answers: LOGOUT_RESPONSES,
      oauthErrors: [],
      examples: [{ query: EXAMPLES.logout }],
    },
    {
      id: "logoutByPost",
      method: "post",
      path: "/o/{app_id}/logout",
      also: ["/o/logout"],
      handler: logout.POST,
      summary: "Sign a user out of the issuer with a form",
      description: "Stores the request for 10 minutes and redirects to a GET that refers to it.",
      accepts: { security: [], body: LogoutInput, form: true },
      answers: [{ status: 303, description: "Redirects to a GET that refers to the stored request." }],
      oauthErrors: [],
      examples: [{ body: EXAMPLES.logout }],
    },
    {
      id: "discovery",
      method: "get",
      path: "/o/{app_id}/.well-known/openid-configuration",
      also: [
        "/.well-known/openid-configuration/o/{app_id}",
        "/.well-known/oauth-authorization-server/o/{app_id}",
        "/o/{app_id}/.well-known/oauth-authorization-server",
      ],
      handler: metadata,
      summary: "Get the issuer's metadata",
      description: "OpenID Connect Discovery 1.0 §4, RFC 8414.",
      answers: [ok("The metadata.", Metadata)],
    },
    {
      id: "jwks",
      method: "get",
      path: "/o/{app_id}/jwks",
      handler: jwks,
      summary: "Get the issuer's public keys",
      description: "RFC 7517. Contains every key that can still verify a token. Cache it for minutes, not for days.",
      answers: [ok("The keys.", Jwks)],
    },
  ],
};
