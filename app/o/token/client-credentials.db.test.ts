/** Client credentials grant (RFC 6749 §4.4). */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { db, pool } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  changeClient,
  expectOAuthError,
  post,
  send,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  client = await someClient(app, {
    grant_types: ["authorization_code", "client_credentials"],
    scopes: ["openid", "email", "offline_access", "photos:read", "photos:write"],
  });
});

function ask(scope?: string) {
  return post(client, "token", { grant_type: "client_credentials", scope });
}

async function rows(): Promise<Record<string, number>> {
  const { rows: tables } = await pool().query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);
  const counts: Record<string, number> = {};
  for (const { tablename } of tables)
    counts[tablename] = (await pool().query(`SELECT count(*)::int AS n FROM "${tablename}"`)).rows[0].n;
  return counts;
}

describe("the client credentials grant", () => {
  it("issues a token with the scopes that are not about a user, and no refresh token (RFC 6749 §4.4.3)", async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 600,
      scope: "photos:read photos:write",
    });
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({ sub: client.id, client_id: client.id, aud: app.issuer, iss: app.issuer });
    for (const name of ["gid", "sid", "auth_time", "acr", "amr"]) expect(claims).not.toHaveProperty(name);
  });

  it.each([
    ["photos:read", "photos:read"],
    ["photos:read openid email", "photos:read"],
    ["nope photos:write photos:read", "photos:write photos:read"],
  ])("grants for the requested scope %j the scope %j, and returns it (RFC 6749 §3.3)", async (asked, granted) => {
    const { body } = await ask(asked);
    expect(body.scope).toBe(granted);
    expect(decodeJwt(body.access_token).scope).toBe(granted);
  });

  it("writes no row in any table", async () => {
    await ask();
    const before = await rows();
    expect(Object.keys(before).length).toBeGreaterThan(20);
    for (let count = 0; count < 10; count++) expect((await ask("photos:read")).status).toBe(200);
    expect(await rows()).toEqual(before);
  });

  it("uses the token lifetime that is set for the client", async () => {
    await changeClient(client, { access_token_ttl_seconds: 120 });
    const { body } = await ask();
    const { iat = 0, exp } = decodeJwt(body.access_token);
    expect([body.expires_in, exp]).toEqual([120, iat + 120]);
  });
});

it.each(["openid", "openid email offline_access", "nope", '"', "photos:read\\"])(
  "the client credentials grant rejects the scope %j with 400 invalid_scope (RFC 6749 §5.2)",
  async (scope) => expectOAuthError(await ask(scope), 400, "invalid_scope"),
);

it("the client credentials grant rejects a public client with 400 unauthorized_client (RFC 6749 §4.4: confidential clients only)", async () => {
  const spa = await someClient(app, { public: true });
  expectOAuthError(await post(spa, "token", { grant_type: "client_credentials" }), 400, "unauthorized_client");
  // A public client cannot be registered with this grant type either.
  const wish = { public: true, grant_types: ["client_credentials" as const] };
  await expect(someClient(app, wish)).rejects.toMatchObject({
    options: { fields: { grant_types: expect.any(String) } },
  });
  expect(
    await db().oAuthClient.count({
      where: { appId: app.id, isPublic: true, grantTypes: { has: "client_credentials" } },
    }),
  ).toBe(0);
});

describe("an access token without a user", () => {
  it("is rejected with 403 at /api/me, with insufficient_scope at UserInfo, and is ignored at logout", async () => {
    const { access_token } = (await ask()).body;
    expect(await send("/api/me", { bearer: access_token })).toMatchObject({ status: 403, body: { error: "no_user" } });
    const info = await send(`/o/${app.id}/userinfo`, { bearer: access_token });
    expectOAuthError(info, 403, "insufficient_scope");
    expect(info.headers.get("www-authenticate")).toContain('scope="openid"');
    expect((await send(`/api/auth/logout/${app.id}`, { method: "POST", bearer: access_token })).status).toBe(401);
  });

  it("is rejected once its client is deleted", async () => {
    const machine = await someClient(app, {
      grant_types: ["client_credentials"],
      redirect_uris: [],
      scopes: ["photos:read"],
    });
    const { access_token } = (await post(machine, "token", { grant_type: "client_credentials" })).body;
    expect((await send("/api/me", { bearer: access_token })).status).toBe(403);
    const { deleteClient } = await import("@/lib/oauth/clients/clients");
    await deleteClient(app.id, machine.id, { type: "operator" });
    expect((await send("/api/me", { bearer: access_token })).status).toBe(401);
  });
});
