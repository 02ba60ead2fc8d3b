import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { parseRefreshToken, writeRefreshToken } from "@/lib/refresh/token";
import { call } from "@/test/support/call";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { POST } from "./route";

function refresh(app: TestApp, refreshToken: unknown) {
  return call(POST, { params: { app_id: app.id }, body: { refresh_token: refreshToken } });
}

function sessionOf(app: TestApp, refreshToken: string) {
  const { familyId } = parseRefreshToken(refreshToken) ?? { familyId: "" };
  return { appId_id: { appId: app.id, id: familyId } };
}

describe("200", () => {
  it("returns a new token and the next refresh token of the same session", async () => {
    const app = await someApp();
    const before = await someSession(app.id);
    const { status, body, headers } = await refresh(app, before.refreshToken);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body.refresh_token).not.toBe(before.refreshToken);
    expect(body.user).toMatchObject({ id: before.userId, email: before.email });
    const [old, fresh] = [decodeJwt(before.token), decodeJwt(body.token)];
    expect(fresh).toMatchObject({ sid: old.sid, sub: old.sub, aud: app.id, iss: app.issuer });
    expect(fresh.jti).not.toBe(old.jti);
  });

  it("returns the same successor if the token is repeated within a minute, and records it (RFC 9700 §4.14.2)", async () => {
    const app = await someApp();
    const { refreshToken, userId } = await someSession(app.id);
    const first = await refresh(app, refreshToken);
    const again = await refresh(app, refreshToken);
    expect(again.status).toBe(200);
    expect(again.body.refresh_token).toBe(first.body.refresh_token);
    expect(await db().auditEvent.count({ where: { appId: app.id, userId, type: "session.refresh_repeated" } })).toBe(1);
  });

  it("creates one lineage from 50 refreshes at once", async () => {
    const app = await someApp();
    const { refreshToken } = await someSession(app.id);
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(app, refreshToken)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => answer.body.refresh_token)).size).toBe(1);
    expect(await db().session.findUnique({ where: sessionOf(app, refreshToken) })).toMatchObject({
      counter: 1,
      revokedAt: null,
    });
  });
});

describe("401 invalid_grant", () => {
  it("revokes the family if a token from two refreshes ago is reused (RFC 9700 §4.14.2)", async () => {
    const app = await someApp();
    const { refreshToken, userId } = await someSession(app.id);
    const second = (await refresh(app, refreshToken)).body.refresh_token;
    const third = (await refresh(app, second)).body.refresh_token;
    expect(await refresh(app, refreshToken)).toMatchObject({ status: 401, body: { error: "invalid_grant" } });
    expect((await refresh(app, third)).status).toBe(401);
    expect(await db().session.findUnique({ where: sessionOf(app, third) })).toMatchObject({
      revokedReason: "refresh_reuse",
    });
    const event = await db().auditEvent.findFirst({ where: { appId: app.id, userId, type: "session.refresh_reused" } });
    expect(event?.explanation).toMatchObject({ section: "RFC 9700 §4.14.2" });
  });

  it("revokes the family if the previous token is reused after more than a minute", async () => {
    const app = await someApp();
    const { refreshToken } = await someSession(app.id);
    const second = (await refresh(app, refreshToken)).body.refresh_token;
    await db().session.update({ where: sessionOf(app, second), data: { rotatedAt: new Date(Date.now() - 61_000) } });
    expect((await refresh(app, refreshToken)).status).toBe(401);
    expect((await refresh(app, second)).status).toBe(401);
  });

  it("revokes nothing for a counter that is ahead, a wrong MAC or another app", async () => {
    const app = await someApp();
    const otherApp = await someApp();
    const { refreshToken } = await someSession(app.id);
    const session = await db().session.findUniqueOrThrow({ where: sessionOf(app, refreshToken) });
    const family = { appId: app.id, familyId: session.id, clientId: app.id, salt: session.salt };
    const guesses = [
      writeRefreshToken(family, 7),
      writeRefreshToken({ ...family, clientId: otherApp.id }, 0),
      writeRefreshToken({ ...family, salt: Buffer.alloc(16, 9) }, 0),
      refreshToken.slice(0, -1) + (refreshToken.endsWith("A") ? "B" : "A"),
    ];
    for (const guess of guesses) expect((await refresh(app, guess)).status).toBe(401);
    expect((await refresh(otherApp, refreshToken)).status).toBe(401);
    expect((await refresh(app, refreshToken)).status).toBe(200);
  });

  it.each([
    ["has expired", { expiresAt: new Date(Date.now() - 1000) }],
    ["was idle too long", { idleExpiresAt: new Date(Date.now() - 1000) }],
    ["was revoked", { revokedAt: new Date() }],
  ])("rejects a session that %s", async (_, data) => {
    const app = await someApp();
    const { refreshToken } = await someSession(app.id);
    await db().session.update({ where: sessionOf(app, refreshToken), data });
    expect(await refresh(app, refreshToken)).toMatchObject({ status: 401, body: { error: "invalid_grant" } });
  });

  it("rejects a disabled and a deleted user", async () => {
    const app = await someApp();
    const [disabled, deleted] = [await someSession(app.id), await someSession(app.id)];
    await db().user.update({
      where: { appId_id: { appId: app.id, id: disabled.userId } },
      data: { disabledAt: new Date() },
    });
    await db().user.delete({ where: { appId_id: { appId: app.id, id: deleted.userId } } });
    expect((await refresh(app, disabled.refreshToken)).status).toBe(401);
    expect((await refresh(app, deleted.refreshToken)).status).toBe(401);
  });

  it.each(["nonsense", "fr1-1.a.b.c.d", "x".repeat(400)])("rejects %s", async (token) => {
    expect((await refresh(await someApp(), token)).status).toBe(401);
  });
});

describe("400", () => {
  it.each([undefined, "", 7, ["x"], { a: 1 }, "\0", "x".repeat(501), null])(
    "names the field when it is %j",
    async (token) => {
      const answer = await refresh(await someApp(), token);
      expect(answer).toMatchObject({
        status: 400,
        body: { error: "invalid_request", fields: { refresh_token: expect.any(String) } },
      });
    },
  );
});

it("an app that does not exist is a 404", async () => {
  const answer = await call(POST, { params: { app_id: "app_doesnotexist" }, body: { refresh_token: "x" } });
  expect(answer).toMatchObject({ status: 404, body: { error: "not_found" } });
});
