/** Refresh token grant (RFC 6749 §6), reuse and rotation (RFC 9700 §2.2.2, §4.14.2). */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { parseRefreshToken, writeRefreshToken } from "@/lib/refresh/token";
import { raceWith } from "@/test/support/blocked";
import { TEST_SECRET } from "@/test/support/environment";
import { someApp, type TestApp } from "@/test/support/factories";
import { setMasterKeys } from "@/test/support/master-keys";
import {
  authorize,
  Browser,
  changeClient,
  expectOAuthError,
  getTokens,
  grantOf,
  OPENID,
  post,
  refreshTokens,
  send,
  someClient,
  someScopes,
  type TestClient,
  type Tokens,
} from "@/test/support/oauth";

const ALL = `${OPENID} photos:read photos:write`;
const SCOPES = ALL.split(" ");

let app: TestApp;
let client: TestClient;
let spa: TestClient;
let bob: Browser;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  client = await someClient(app, { scopes: SCOPES });
  spa = await someClient(app, { public: true, scopes: SCOPES, redirect_uris: ["https://spa.example/cb"] });
  bob = new Browser(app);
});

function grantWhere(refreshToken: string) {
  return { appId_id: { appId: app.id, id: parseRefreshToken(refreshToken)?.familyId ?? "" } };
}

function change(refreshToken: string, data: object) {
  return db().grant.update({ where: grantWhere(refreshToken), data });
}

async function meStatus(token: string): Promise<number> {
  return (await send("/api/me", { bearer: token })).status;
}

async function expectRejected(of: TestClient, refreshToken: string): Promise<void> {
  expectOAuthError(await refreshTokens(of, refreshToken), 400, "invalid_grant");
}

describe("the refresh token of a confidential client, which needs no rotation (RFC 9700 §2.2.2),", () => {
  it("stays the same, and returns a new access token of the same grant", async () => {
    const before = await getTokens(client, bob);
    const { status, body } = await refreshTokens(client, before.refresh_token);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 600,
      scope: before.scope,
      refresh_token: before.refresh_token,
      id_token: expect.any(String),
    });
    const [old, fresh] = [decodeJwt(before.access_token), decodeJwt(body.access_token)];
    expect(fresh).toMatchObject({ gid: old.gid, sid: old.sid, sub: old.sub });
    expect(fresh.jti).not.toBe(old.jti);
  });

  it("works in 20 concurrent requests", async () => {
    const { refresh_token } = await getTokens(client, bob);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refreshTokens(client, refresh_token)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => answer.body.refresh_token))).toEqual(new Set([refresh_token]));
  });

  it("is issued again under the newest master key, and both spellings work until the old key is removed", async () => {
    const { refresh_token: old } = await getTokens(client, bob);
    setMasterKeys(`2:a-newer-secret-that-stands-in-front-of-it,${TEST_SECRET}`);
    try {
      const { refresh_token: fresh } = (await refreshTokens(client, old)).body;
      expect(fresh).not.toBe(old);
      expect(parseRefreshToken(fresh)).toMatchObject({
        ...parseRefreshToken(old),
        keyVersion: 2,
        mac: expect.anything(),
      });
      for (const token of [old, fresh])
        expect((await refreshTokens(client, token)).body).toMatchObject({ refresh_token: fresh });
    } finally {
      setMasterKeys(TEST_SECRET);
    }
  });

  it("is rotated if rotation is enabled for the client", async () => {
    const rotating = await someClient(app, { refresh: "rotate" });
    const { refresh_token } = await getTokens(rotating, bob);
    expect((await refreshTokens(rotating, refresh_token)).body.refresh_token).not.toBe(refresh_token);
  });

  it("causes no write if it was used within the last minute", async () => {
    const { refresh_token } = await getTokens(client, bob);
    const where = grantWhere(refresh_token);
    const before = await db().grant.findUniqueOrThrow({ where });
    expect((await refreshTokens(client, refresh_token)).status).toBe(200);
    expect(await db().grant.findUniqueOrThrow({ where })).toEqual(before);
    await change(refresh_token, { lastUsedAt: new Date(Date.now() - 61_000) });
    expect((await refreshTokens(client, refresh_token)).status).toBe(200);
    const after = await db().grant.findUniqueOrThrow({ where });
    expect(after.lastUsedAt?.getTime()).toBeGreaterThan(before.lastUsedAt?.getTime() ?? 0);
  });

  it("extends the idle expiry, but never past the maximum lifetime", async () => {
    const { refresh_token } = await getTokens(client, bob);
    const soon = new Date(Date.now() + 5000);
    await change(refresh_token, { idleExpiresAt: soon, expiresAt: new Date(Date.now() + 60_000) });
    await refreshTokens(client, refresh_token);
    const grant = await db().grant.findUniqueOrThrow({ where: grantWhere(refresh_token) });
    expect(grant.idleExpiresAt.getTime()).toBeGreaterThan(soon.getTime());
    expect(grant.idleExpiresAt).toEqual(grant.expiresAt);
  });
});

describe("the refresh token of a public client, which is rotated (RFC 9700 §4.14.2),", () => {
  it("returns a new refresh token on each use", async () => {
    const { refresh_token } = await getTokens(spa, bob);
    const second = await refreshTokens(spa, refresh_token);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(refresh_token);
    const third = await refreshTokens(spa, second.body.refresh_token);
    expect(third.status).toBe(200);
    expect(parseRefreshToken(third.body.refresh_token)?.counter).toBe(2);
  });

  it("returns the same successor if it is reused within 10 seconds, and records the reuse", async () => {
    const { refresh_token } = await getTokens(spa, bob);
    const first = await refreshTokens(spa, refresh_token);
    await change(refresh_token, { rotatedAt: new Date(Date.now() - 8000) });
    const again = await refreshTokens(spa, refresh_token);
    expect(again.status).toBe(200);
    expect(again.body.refresh_token).toBe(first.body.refresh_token);
    const noted = { appId: app.id, clientId: spa.id, type: "grant.refresh_repeated" };
    expect(await db().auditEvent.count({ where: noted })).toBeGreaterThan(0);
  });

  it("revokes the grant if the previous token is reused after more than 10 seconds", async () => {
    const { refresh_token } = await getTokens(spa, bob);
    const { body } = await refreshTokens(spa, refresh_token);
    await change(refresh_token, { rotatedAt: new Date(Date.now() - 11_000) });
    await expectRejected(spa, refresh_token);
    await expectRejected(spa, body.refresh_token);
    expect(await meStatus(body.access_token)).toBe(401);
    expect(await grantOf(spa, body.access_token)).toMatchObject({ revokedReason: "refresh_reused" });
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, clientId: spa.id, type: "grant.refresh_reused" },
    });
    expect(event?.explanation).toMatchObject({ section: "RFC 9700 §4.14.2" });
  });

  it("revokes the grant if a token from two uses ago is reused", async () => {
    const { refresh_token } = await getTokens(spa, bob);
    const second = (await refreshTokens(spa, refresh_token)).body.refresh_token;
    const third = (await refreshTokens(spa, second)).body.refresh_token;
    await expectRejected(spa, refresh_token);
    await expectRejected(spa, third);
  });

  it("has one successor after 50 concurrent requests", async () => {
    const { refresh_token } = await getTokens(spa, bob);
    const answers = await Promise.all(Array.from({ length: 50 }, () => refreshTokens(spa, refresh_token)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => answer.body.refresh_token)).size).toBe(1);
    expect(await db().grant.findUnique({ where: grantWhere(refresh_token) })).toMatchObject({
      counter: 1,
      revokedAt: null,
    });
  });
});

describe("a refresh token that another process uses while the statement runs", () => {
  const write = (refreshToken: string, changes: string) => ({
    text: `UPDATE "Grant" SET ${changes} WHERE "appId" = $1 AND "id" = $2`,
    values: [app.id, parseRefreshToken(refreshToken)?.familyId],
  });

  it("returns the successor that the other process issued", async () => {
    const { refresh_token } = await getTokens(spa, bob);
    const rotate = write(refresh_token, `"counter" = 1, "rotatedAt" = now()`);
    const { status, body } = await raceWith(rotate, () => refreshTokens(spa, refresh_token));
    expect(status).toBe(200);
    expect(parseRefreshToken(body.refresh_token)?.counter).toBe(1);
    expect(await db().grant.findUnique({ where: grantWhere(refresh_token) })).toMatchObject({ counter: 1 });
  });

  it("is rejected when the other process revokes the grant", async () => {
    const { refresh_token } = await getTokens(spa, bob);
    const revoke = write(refresh_token, `"revokedAt" = now(), "salt" = '\\x00'`);
    expectOAuthError(await raceWith(revoke, () => refreshTokens(spa, refresh_token)), 400, "invalid_grant");
    expect(await db().grant.findUnique({ where: grantWhere(refresh_token) })).toMatchObject({ counter: 0 });
  });

  it("revokes the grant when the other process is two uses ahead", async () => {
    const { refresh_token } = await getTokens(spa, bob);
    const rotateTwice = write(refresh_token, `"counter" = 2, "rotatedAt" = now()`);
    expectOAuthError(await raceWith(rotateTwice, () => refreshTokens(spa, refresh_token)), 400, "invalid_grant");
    expect(await db().grant.findUnique({ where: grantWhere(refresh_token) })).toMatchObject({
      revokedReason: "refresh_reused",
    });
  });
});

describe("the scope parameter of a refresh (RFC 6749 §6)", () => {
  it("narrows the scopes of one access token, without narrowing the grant", async () => {
    const { refresh_token } = await getTokens(client, bob, { scope: ALL });
    const narrow = await refreshTokens(client, refresh_token, { scope: "photos:read openid" });
    expect(narrow).toMatchObject({ status: 200, body: { scope: "photos:read openid" } });
    expect(decodeJwt(narrow.body.access_token).scope).toBe("photos:read openid");
    expect((await refreshTokens(client, refresh_token)).body.scope).toBe(ALL);
  });

  it.each(["photos:read", "openid photos:read", "nope", '"', "openid \\"])(
    "with the value %j, which was not granted, is rejected as invalid_scope, and the token stays valid",
    async (scope) => {
      const { refresh_token } = await getTokens(spa, bob, { scope: OPENID });
      expectOAuthError(await refreshTokens(spa, refresh_token, { scope }), 400, "invalid_scope");
      expect(await db().grant.findUnique({ where: grantWhere(refresh_token) })).toMatchObject({ counter: 0 });
    },
  );

  it("does not return a scope that the client is no longer allowed to request", async () => {
    const shrinking = await someClient(app, { scopes: SCOPES });
    const { refresh_token } = await getTokens(shrinking, bob);
    await changeClient(shrinking, { scopes: ["openid", "email"] });
    expect((await refreshTokens(shrinking, refresh_token)).body.scope).toBe("openid email");
    expectOAuthError(await refreshTokens(shrinking, refresh_token, { scope: "profile" }), 400, "invalid_scope");
    await changeClient(shrinking, { scopes: ["photos:read"] });
    expectOAuthError(await refreshTokens(shrinking, refresh_token), 400, "invalid_scope");
  });

  it("does not return a scope that was added to the consent after the grant", async () => {
    const carol = new Browser(app);
    const old = await getTokens(client, carol, { scope: OPENID });
    const wide = await getTokens(client, carol, { scope: ALL });
    expect(wide.scope).toBe(ALL);
    expect((await refreshTokens(client, old.refresh_token)).body.scope).toBe(OPENID);
    expectOAuthError(await refreshTokens(client, old.refresh_token, { scope: "photos:read" }), 400, "invalid_scope");
  });
});

describe("the refresh token grant, with 400 invalid_grant and without revoking anything,", () => {
  it.each<[string, (tokens: Tokens) => Promise<string> | string]>([
    ["a counter that is too high", async ({ refresh_token }) => forge(refresh_token, { counter: 7 })],
    ["the MAC of another client", async ({ refresh_token }) => forge(refresh_token, { clientId: client.id })],
    ["the MAC of another salt", async ({ refresh_token }) => forge(refresh_token, { salt: Buffer.alloc(16, 9) })],
    ["a changed MAC", ({ refresh_token }) => refresh_token.slice(0, -1) + (refresh_token.endsWith("A") ? "E" : "A")],
    ["a changed counter", ({ refresh_token }) => refresh_token.replace(/\.0\.([^.]+\.[^.]+)$/, ".1.$1")],
    ["an access token", ({ access_token }) => access_token],
    ["a malformed token", () => "nonsense"],
  ])("rejects %s", async (_, guess) => {
    const tokens = await getTokens(spa, bob);
    await expectRejected(spa, await guess(tokens));
    expect((await refreshTokens(spa, tokens.refresh_token)).status).toBe(200);
  });

  it("rejects another client of the app, and a client of another app (RFC 6749 §6)", async () => {
    const tokens = await getTokens(client, bob);
    const foreign = await someClient(await someApp());
    for (const otherClient of [spa, await someClient(app), foreign])
      await expectRejected(otherClient, tokens.refresh_token);
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(200);
  });

  it("rejects the refresh token of a direct session", async () => {
    const { someSession } = await import("@/test/support/factories");
    const { refreshToken } = await someSession(app.id);
    await expectRejected(client, refreshToken);
    const answer = await send(`/api/auth/refresh/${app.id}`, {
      method: "POST",
      form: JSON.stringify({ refresh_token: refreshToken }),
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(200);
  });
});

async function forge(refreshToken: string, changes: { counter?: number; clientId?: string; salt?: Uint8Array }) {
  const grant = await db().grant.findUniqueOrThrow({ where: grantWhere(refreshToken) });
  const { counter = grant.counter, clientId = spa.id, salt = grant.salt } = changes;
  return writeRefreshToken({ appId: app.id, familyId: grant.id, clientId, salt }, counter);
}

describe("the end of a grant", () => {
  it.each([
    ["has expired", { expiresAt: new Date(Date.now() - 1000) }],
    ["was idle for too long", { idleExpiresAt: new Date(Date.now() - 1000) }],
    ["was revoked", { revokedAt: new Date() }],
  ])("rejects the refresh token of a grant that %s", async (_, data) => {
    const { refresh_token } = await getTokens(client, bob);
    await change(refresh_token, data);
    await expectRejected(client, refresh_token);
  });

  it("comes for every grant of the client and the user when the user disconnects the app, and for no other grant", async () => {
    const [carol, dave] = [new Browser(app), new Browser(app)];
    const [first, second] = [await getTokens(client, carol), await getTokens(client, carol)];
    const [elsewhere, theirs] = [await getTokens(spa, carol), await getTokens(client, dave)];
    expect((await carol.submit("account/disconnect", { client: client.id })).status).toBe(303);
    for (const { refresh_token, access_token } of [first, second]) {
      await expectRejected(client, refresh_token);
      expect(await meStatus(access_token)).toBe(401);
    }
    expect((await refreshTokens(spa, elsewhere.refresh_token)).status).toBe(200);
    expect((await refreshTokens(client, theirs.refresh_token)).status).toBe(200);
    // The next authorization request asks for consent again.
    const location = await authorize(carol, client, { prompt: "none" });
    expect(location.searchParams.get("error")).toBe("consent_required");
  });

  it("on one device does not affect the grant of the same user on another device", async () => {
    const phone = new Browser(app);
    const first = await getTokens(client, phone);
    const laptop = new Browser(app, phone.email);
    laptop.registered = true;
    const second = await getTokens(client, laptop);
    expect(decodeJwt(second.access_token).sub).toBe(decodeJwt(first.access_token).sub);
    expect((await post(client, "revoke", { token: first.refresh_token })).status).toBe(200);
    await expectRejected(client, first.refresh_token);
    expect((await refreshTokens(client, second.refresh_token)).status).toBe(200);
  });

  it("comes with the end of the session without offline_access, but not with it (OIDC Core §11)", async () => {
    const carol = new Browser(app);
    const offline = await getTokens(client, carol);
    const online = await getTokens(client, carol, { scope: "email" });
    expect((await refreshTokens(client, online.refresh_token)).status).toBe(200);
    await carol.submit("account/signout", {});
    await expectRejected(client, online.refresh_token);
    expect(await meStatus(online.access_token)).toBe(401);
    expect((await refreshTokens(client, offline.refresh_token)).status).toBe(200);
    expect(await meStatus(offline.access_token)).toBe(200);
  });

  it("comes if the session expired, was idle too long, was revoked, or was deleted", async () => {
    for (const end of [
      { expiresAt: new Date(Date.now() - 1000) },
      { idleExpiresAt: new Date(Date.now() - 1000) },
      { revokedAt: new Date() },
      null,
    ]) {
      const carol = new Browser(app);
      const { refresh_token, access_token } = await getTokens(client, carol, { scope: "email" });
      const { id } = await carol.session();
      const where = { appId_id: { appId: app.id, id } };
      if (end) await db().session.update({ where, data: end });
      else await db().session.delete({ where });
      await expectRejected(client, refresh_token);
      expect(await meStatus(access_token)).toBe(401);
    }
  });

  it("comes if the user is disabled or deleted", async () => {
    const [carol, dave] = [new Browser(app), new Browser(app)];
    const [hers, his] = [await getTokens(client, carol), await getTokens(client, dave)];
    const where = async (browser: Browser) => ({ appId_id: { appId: app.id, id: await browser.userId() } });
    await db().user.update({ where: await where(carol), data: { disabledAt: new Date() } });
    await db().user.delete({ where: await where(dave) });
    for (const { refresh_token, access_token } of [hers, his]) {
      await expectRejected(client, refresh_token);
      expect(await meStatus(access_token)).toBe(401);
    }
  });

  it("comes for a first-party client without consent when the client is no longer first-party", async () => {
    const own = await someClient(app, { first_party: true });
    const { refresh_token } = await getTokens(own, bob);
    expect(await db().consent.count({ where: { appId: app.id, clientId: own.id } })).toBe(0);
    expect((await refreshTokens(own, refresh_token)).status).toBe(200);
    await changeClient(own, { first_party: false });
    await expectRejected(own, refresh_token);
  });
});

it("the ID token of a refresh has no nonce, the same sub, and the auth_time of the sign-in (OIDC Core §12.2)", async () => {
  const before = await getTokens(client, bob);
  const { body } = await refreshTokens(client, before.refresh_token);
  const [old, fresh] = [decodeJwt(before.id_token), decodeJwt(body.id_token)];
  expect(fresh).not.toHaveProperty("nonce");
  expect(fresh).toMatchObject({ iss: old.iss, sub: old.sub, aud: old.aud, auth_time: old.auth_time, sid: old.sid });
});

it("the refresh token grant rejects a request without refresh_token with 400 invalid_request", async () => {
  expectOAuthError(await post(client, "token", { grant_type: "refresh_token" }), 400, "invalid_request");
});
