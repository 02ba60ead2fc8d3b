/** Token revocation (RFC 7009). */
import { beforeAll, describe, expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import {
  Browser,
  basic,
  expectOAuthError,
  getTokens,
  newIpAddress,
  post,
  refreshTokens,
  send,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
let other: TestClient;
let spa: TestClient;
let foreign: TestClient;
let bob: Browser;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
  other = await someClient(app);
  spa = await someClient(app, { public: true });
  foreign = await someClient(await someApp());
  bob = new Browser(app);
  await someScopes(app);
});

async function meStatus(token: string): Promise<number> {
  return (await send("/api/me", { bearer: token })).status;
}

/** The response is 200 whether or not a token was revoked (RFC 7009 §2.2). */
async function revoke(of: TestClient, token: string): Promise<void> {
  const { status, body, headers } = await post(of, "revoke", { token });
  expect([status, body]).toEqual([200, {}]);
  expect(headers.get("content-type")).toMatch(/^application\/json/);
  expect(headers.get("cache-control")).toBe("no-store");
}

async function isActive(token: string): Promise<boolean> {
  return (await post(client, "introspect", { token })).body.active;
}

async function machineToken(machine: TestClient): Promise<string> {
  return (await post(machine, "token", { grant_type: "client_credentials" })).body.access_token;
}

function revokedRows(): Promise<number> {
  return db().revokedToken.count({ where: { appId: app.id } });
}

async function userInfoStatus(token: string): Promise<number> {
  return (await send(`/o/${app.id}/userinfo`, { bearer: token })).status;
}

describe("the revocation of an access token", () => {
  it("revokes its grant, so every token of it, but no other grant (RFC 7009 §2.1)", async () => {
    const [first, second] = [await getTokens(client, bob), await getTokens(client, bob)];
    const refreshed = (await refreshTokens(client, first.refresh_token)).body;
    const ended = { appId: app.id, clientId: client.id, type: "grant.ended", reason: "revoked_by_client" };
    const before = await db().auditEvent.count({ where: ended });
    await revoke(client, first.access_token);
    await revoke(client, first.access_token);
    for (const token of [first.access_token, refreshed.access_token])
      expect([await meStatus(token), await userInfoStatus(token), await isActive(token)]).toEqual([401, 401, false]);
    expectOAuthError(await refreshTokens(client, first.refresh_token), 400, "invalid_grant");
    expect(await isActive(first.refresh_token)).toBe(false);
    expect(await db().auditEvent.count({ where: ended })).toBe(before + 1);
    expect(await meStatus(second.access_token)).toBe(200);
    expect((await refreshTokens(client, second.refresh_token)).status).toBe(200);
    const userId = await bob.userId();
    expect(await db().consent.count({ where: { appId: app.id, userId, clientId: client.id } })).toBe(1);
  });

  it("revokes the rotated refresh token of a public client too", async () => {
    const { access_token, refresh_token } = await getTokens(spa, bob);
    const next = (await refreshTokens(spa, refresh_token)).body;
    await revoke(spa, access_token);
    expectOAuthError(await refreshTokens(spa, next.refresh_token), 400, "invalid_grant");
    expect(await meStatus(next.access_token)).toBe(401);
  });

  it("that has expired revokes its grant too", async () => {
    const { access_token, refresh_token } = await getTokens(client, bob);
    freezeClock(new Date(Date.now() + 2 * 3600_000));
    try {
      await revoke(client, access_token);
    } finally {
      freezeClock(null);
    }
    expectOAuthError(await refreshTokens(client, refresh_token), 400, "invalid_grant");
  });

  it("prevails over 20 refreshes at the same time: no token works afterwards", async () => {
    const { access_token, refresh_token } = await getTokens(client, bob);
    const refreshes = Array.from({ length: 20 }, () => refreshTokens(client, refresh_token));
    const [, ...answers] = await Promise.all([revoke(client, access_token), ...refreshes]);
    expectOAuthError(await refreshTokens(client, refresh_token), 400, "invalid_grant");
    for (const { status, body } of answers) if (status === 200) expect(await meStatus(body.access_token)).toBe(401);
  });

  it("without a user revokes that token only, with one row that remains until it expires", async () => {
    const machine = await someClient(app, { grant_types: ["client_credentials"], scopes: ["photos:read"] });
    const [first, second] = [await machineToken(machine), await machineToken(machine)];
    const before = await revokedRows();
    await revoke(machine, first);
    await revoke(machine, first);
    expect(await revokedRows()).toBe(before + 1);
    const events = await db().auditEvent.findMany({ where: { appId: app.id, type: "token.revoked" } });
    expect(events).toMatchObject([{ actorType: "client", clientId: machine.id, userId: null }]);
    const claims = JSON.parse(Buffer.from(first.split(".")[1] ?? "", "base64url").toString());
    const row = await db().revokedToken.findUnique({ where: { appId_jti: { appId: app.id, jti: claims.jti } } });
    expect(row?.expiresAt.getTime()).toBe(claims.exp * 1000);
    const seen = await Promise.all([first, second].map((token) => post(machine, "introspect", { token })));
    expect(seen.map(({ body }) => body.active)).toEqual([false, true]);
  });
});

describe("the revocation of a refresh token", () => {
  it("revokes its grant with every token, but not the consent or the grants of other devices", async () => {
    const [first, second] = [await getTokens(client, bob), await getTokens(client, bob)];
    const before = await revokedRows();
    const where = { appId: app.id, clientId: client.id, type: "grant.ended", reason: "revoked_by_client" };
    const ended = await db().auditEvent.count({ where });
    await revoke(client, first.refresh_token);
    expect(await meStatus(first.access_token)).toBe(401);
    expectOAuthError(await refreshTokens(client, first.refresh_token), 400, "invalid_grant");
    expect(await meStatus(second.access_token)).toBe(200);
    expect((await refreshTokens(client, second.refresh_token)).status).toBe(200);
    const userId = await bob.userId();
    expect(await db().consent.count({ where: { appId: app.id, userId, clientId: client.id } })).toBe(1);
    expect(await revokedRows()).toBe(before);
    expect(await db().auditEvent.count({ where })).toBe(ended + 1);
    await revoke(client, first.refresh_token);
  });

  it("also revokes the grant of a public client if the token was already used (RFC 7009 §2.1)", async () => {
    const { refresh_token } = await getTokens(spa, bob);
    const next = (await refreshTokens(spa, refresh_token)).body.refresh_token;
    await revoke(spa, refresh_token);
    expectOAuthError(await refreshTokens(spa, next), 400, "invalid_grant");
  });
});

describe("the revocation endpoint, with the status 200,", () => {
  it("revokes nothing for the tokens of another client, of a public client or of another app (RFC 7009 §2.1)", async () => {
    const tokens = await getTokens(client, bob);
    const before = await revokedRows();
    for (const otherClient of [other, spa, foreign])
      for (const token of [tokens.access_token, tokens.refresh_token]) await revoke(otherClient, token);
    expect(await revokedRows()).toBe(before);
    expect(await meStatus(tokens.access_token)).toBe(200);
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(200);
  });

  it.each(["nonsense", "a.b.c", "fr1-1.aaaaa.grn_0.0.x"])("revokes nothing for %s (RFC 7009 §2.2)", (token) =>
    revoke(client, token),
  );

  it("revokes nothing for the tokens of a direct session, which no client received", async () => {
    const session = await someSession(app.id);
    for (const token of [session.token, session.refreshToken]) await revoke(client, token);
    expect(await meStatus(session.token)).toBe(200);
  });

  it("revokes nothing for an ID token, or for a forged refresh token of an existing grant", async () => {
    const tokens = await getTokens(client, bob);
    await revoke(client, tokens.id_token);
    await revoke(client, tokens.refresh_token.slice(0, -1) + (tokens.refresh_token.endsWith("A") ? "E" : "A"));
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(200);
  });
});

it("the revocation endpoint ignores a wrong token_type_hint (RFC 7009 §2.1)", async () => {
  const { access_token, refresh_token } = await getTokens(client, bob);
  const wrong = { token: refresh_token, token_type_hint: "access_token" };
  expect((await post(client, "revoke", wrong)).status).toBe(200);
  expect(await meStatus(access_token)).toBe(401);
  expect((await post(client, "revoke", { token: "x", token_type_hint: "nonsense" })).status).toBe(200);
});

it("the revocation endpoint responds at all of its paths", async () => {
  for (const at of [`/o/${app.id}/revoke`, `/o/${app.id}/revoke_token`, "/o/revoke", "/o/revoke_token"]) {
    const { access_token } = await getTokens(client, bob);
    expect((await send(at, { form: { token: access_token }, headers: basic(client) })).status).toBe(200);
    expect(await meStatus(access_token)).toBe(401);
  }
});

it("the revocation endpoint rejects a wrong secret with 401 invalid_client, and revokes nothing", async () => {
  const { access_token } = await getTokens(client, bob);
  const headers = basic({ id: client.id, secret: "wrong" });
  expectOAuthError(
    await send("/o/revoke", { form: { token: access_token }, headers, ip: newIpAddress() }),
    401,
    "invalid_client",
  );
  expect(await meStatus(access_token)).toBe(200);
});

it("the revocation endpoint rejects a request without a token with 400 invalid_request", async () =>
  expectOAuthError(await post(client, "revoke", {}), 400, "invalid_request"));

it("20 concurrent revocations revoke a grant once, and record one event (RFC 7009 §2.1)", async () => {
  const { refresh_token, access_token } = await getTokens(client, bob);
  const ended = () => db().auditEvent.count({ where: { appId: app.id, type: "grant.ended" } });
  const before = await ended();
  await Promise.all(Array.from({ length: 20 }, () => revoke(client, refresh_token)));
  expect(await ended()).toBe(before + 1);
  expect(await meStatus(access_token)).toBe(401);
});
