/** Issued tokens, verified with the issuer's public documents (OIDC Core §2, §3.1.3.6, RFC 9068, RFC 8725). */
import { createHash } from "node:crypto";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import {
  Browser,
  basic,
  changeClient,
  expectOAuthError,
  getTokens,
  OPENID,
  post,
  send,
  someClient,
  someScopes,
  type TestClient,
  type Tokens,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
let bob: Browser;
let tokens: Tokens;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  client = await someClient(app, { scopes: [...OPENID.split(" "), "photos:read"] });
  bob = new Browser(app);
  tokens = await getTokens(client, bob);
  const where = { appId_id: { appId: app.id, id: await bob.userId() } };
  await db().user.update({ where, data: { name: "Bob", picture: "https://photos.example/bob.png" } });
  tokens = await getTokens(client, bob);
});

/** Verifies a token with the JWKS, as a relying party does. */
async function verify(token: string, options: { audience: string; typ: string }): Promise<JWTPayload> {
  const { body } = await send(`/o/${app.id}/jwks`);
  return (await jwtVerify(token, createLocalJWKSet(body), { issuer: app.issuer, ...options })).payload;
}

describe("the ID token", () => {
  it("is RS256 by default, with typ JWT and a kid, so that client libraries work unconfigured (OIDC Core §2)", async () => {
    expect(decodeProtectedHeader(tokens.id_token)).toEqual({ alg: "RS256", typ: "JWT", kid: expect.any(String) });
    await verify(tokens.id_token, { audience: client.id, typ: "JWT" });
  });

  it("has exactly these claims", async () => {
    const session = await bob.session();
    const claims = await verify(tokens.id_token, { audience: client.id, typ: "JWT" });
    expect(claims).toEqual({
      iss: app.issuer,
      aud: client.id,
      sub: session.userId,
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 3600,
      jti: expect.any(String),
      auth_time: Math.floor(session.authTime.getTime() / 1000),
      nonce: "the-nonce",
      acr: "1",
      amr: ["pwd"],
      sid: session.id,
      at_hash: createHash("sha256").update(tokens.access_token, "ascii").digest().subarray(0, 16).toString("base64url"),
      email: bob.email,
      email_verified: false,
      name: "Bob",
      picture: "https://photos.example/bob.png",
      updated_at: expect.any(Number),
    });
  });

  it("is ES256 for a client that is configured for it, with a matching at_hash", async () => {
    const modern = await someClient(app, { id_token_signed_response_alg: "ES256" });
    const { id_token, access_token } = await getTokens(modern, bob);
    expect(decodeProtectedHeader(id_token).alg).toBe("ES256");
    const { at_hash } = await verify(id_token, { audience: modern.id, typ: "JWT" });
    expect(at_hash).toBe(createHash("sha256").update(access_token).digest().subarray(0, 16).toString("base64url"));
  });

  it("has no nonce if the request had none, and no user claims if they are disabled", async () => {
    const plain = await someClient(app, { claims_in_id_token: false });
    const claims = decodeJwt((await getTokens(plain, bob, { nonce: undefined })).id_token);
    for (const name of ["nonce", "email", "email_verified", "name", "updated_at"])
      expect(claims).not.toHaveProperty(name);
    expect(claims).toMatchObject({ sub: await bob.userId(), at_hash: expect.any(String) });
  });

  it("has the claims of its scopes (OIDC Core §5.4) and the individually requested claims (§5.5)", async () => {
    const only = decodeJwt((await getTokens(client, bob, { scope: "openid" })).id_token);
    for (const name of ["email", "name", "updated_at"]) expect(only).not.toHaveProperty(name);
    const claims = JSON.stringify({ id_token: { email: { essential: true }, password_hash: null, metadata: null } });
    const asked = decodeJwt((await getTokens(client, bob, { scope: "openid", claims })).id_token);
    expect(asked).toMatchObject({ email: bob.email });
    for (const name of ["name", "email_verified", "password_hash", "metadata"]) expect(asked).not.toHaveProperty(name);
  });

  it("has the lifetime that is set for the client", async () => {
    const short = await someClient(app, { id_token_ttl_seconds: 90 });
    const { iat = 0, exp } = decodeJwt((await getTokens(short, bob)).id_token);
    expect(exp).toBe(iat + 90);
  });

  it("never has another issuer, audience or user because of the claims parameter", async () => {
    const forged = { iss: { value: "x" }, aud: { value: "x" }, sub: null, exp: { value: 1 }, at_hash: null };
    const { id_token } = await getTokens(client, bob, { claims: JSON.stringify({ id_token: forged }) });
    expect(decodeJwt(id_token)).toMatchObject({ iss: app.issuer, aud: client.id, sub: await bob.userId() });
  });
});

describe("the access token (RFC 9068 §2)", () => {
  it("is at+jwt and ES256, has exactly these claims, and never has the app as its audience (RFC 9068 §2.2)", async () => {
    expect(decodeProtectedHeader(tokens.access_token)).toEqual({
      alg: "ES256",
      typ: "at+jwt",
      kid: expect.any(String),
    });
    const session = await bob.session();
    const claims = await verify(tokens.access_token, { audience: app.issuer, typ: "at+jwt" });
    expect(claims).toEqual({
      iss: app.issuer,
      aud: app.issuer,
      sub: session.userId,
      client_id: client.id,
      scope: OPENID,
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 600,
      jti: expect.stringMatching(/^jti_/),
      gid: expect.stringMatching(/^grn_/),
      sid: session.id,
      auth_time: Math.floor(session.authTime.getTime() / 1000),
      acr: "1",
      amr: ["pwd"],
    });
    expect(claims.aud).not.toContain(`"${app.id}"`);
    expect(claims.aud).not.toBe(app.id);
  });

  it("has the lifetime that is set for the client", async () => {
    const short = await someClient(app, { access_token_ttl_seconds: 90 });
    expect((await getTokens(short, bob)).expires_in).toBe(90);
    await changeClient(short, { access_token_ttl_seconds: null });
    expect((await getTokens(short, bob)).expires_in).toBe(600);
  });
});

describe("the separation of token types (RFC 8725 §3.11)", () => {
  it("rejects an OAuth token as a session of the app's backend", async () => {
    expect((await send(`/api/auth/logout/${app.id}`, { method: "POST", bearer: tokens.access_token })).status).toBe(
      401,
    );
    expect((await send("/api/me", { bearer: tokens.access_token })).status).toBe(200);
    const { verifyDirectToken } = await import("@/lib/sessions/direct-token");
    expect(await verifyDirectToken(tokens.access_token)).toBeNull();
  });

  it("rejects a direct token as an OAuth token", async () => {
    const { token } = await someSession(app.id);
    for (const address of [`/o/${app.id}/userinfo`, "/o/userinfo"])
      expectOAuthError(await send(address, { bearer: token }), 401, "invalid_token");
    const headers = { authorization: `Bearer ${app.apiKey}` };
    expect((await send(`/o/${app.id}/introspect`, { form: { token }, headers })).body).toEqual({ active: false });
    expect((await post(client, "revoke", { token })).status).toBe(200);
    expect((await send("/api/me", { bearer: token })).status).toBe(200);
  });

  it("rejects an ID token as an access token", async () => {
    const bearer = tokens.id_token;
    expectOAuthError(await send(`/o/${app.id}/userinfo`, { bearer }), 401, "invalid_token");
    expect((await send("/api/me", { bearer })).status).toBe(401);
    expect((await send(`/api/auth/logout/${app.id}`, { method: "POST", bearer })).status).toBe(401);
    expect((await send(`/api/v1/apps/${app.id}/users`, { bearer })).status).toBe(401);
    const { body } = await send(`/o/${app.id}/introspect`, { form: { token: bearer }, headers: basic(client) });
    expect(body).toEqual({ active: false });
  });

  it("rejects a refresh token as an access token", async () => {
    const bearer = tokens.refresh_token;
    expectOAuthError(await send(`/o/${app.id}/userinfo`, { bearer }), 401, "invalid_token");
    expect((await send("/api/me", { bearer })).status).toBe(401);
  });

  it("rejects an access token as an id_token_hint", async () => {
    const query = new URLSearchParams({
      id_token_hint: tokens.access_token,
      post_logout_redirect_uri: "https://photos.example/bye",
    });
    expect((await send(`/o/${app.id}/logout?${query}`)).headers.get("location")).toBeNull();
  });
});

describe("the response of /api/me", () => {
  const about = { email: expect.any(String), email_verified: false };
  const profile = { name: "Bob", picture: "https://photos.example/bob.png", updated_at: expect.any(Number) };

  it.each([
    ["openid", {}],
    ["openid email", about],
    ["openid profile", profile],
    ["email", about],
    ["photos:read", {}],
    [OPENID, { ...about, ...profile }],
  ])("has the members of the scope %s", async (scope, expected) => {
    const { access_token } = await getTokens(client, bob, { scope });
    const { status, body } = await send("/api/me", { bearer: access_token });
    expect(status).toBe(200);
    const userId = await bob.userId();
    expect(body).toEqual({ id: userId, sub: userId, ...expected });
  });
});
