import { describe, expect, it } from "vitest";
import { POST as refreshRoute } from "@/app/api/auth/refresh/[app_id]/route";
import { GET as me } from "@/app/api/me/route";
import { db } from "@/lib/database/client";
import { type CallOptions, call } from "@/test/support/call";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { repetitions } from "@/test/support/repetitions";
import { POST } from "./route";

function logout(app: TestApp, by: { refreshToken?: string; bearer?: string }) {
  const body = by.refreshToken === undefined ? undefined : { refresh_token: by.refreshToken };
  return call(POST, { params: { app_id: app.id }, method: "POST", body, bearer: by.bearer });
}

function refresh(app: TestApp, refreshToken: string) {
  return call(refreshRoute, { params: { app_id: app.id }, body: { refresh_token: refreshToken } });
}

describe("204", () => {
  it.each(["refresh token", "Bearer token"])("ends the session at once by its %s", async (way) => {
    const app = await someApp();
    const { token, refreshToken, userId } = await someSession(app.id);
    const answer = await logout(app, way === "Bearer token" ? { bearer: token } : { refreshToken });
    expect(answer).toMatchObject({ status: 204, body: "" });
    expect((await call(me, { bearer: token })).status).toBe(401);
    expect((await refresh(app, refreshToken)).status).toBe(401);
    expect(await db().auditEvent.count({ where: { appId: app.id, userId, type: "session.ended" } })).toBe(1);
  });

  it("ends the session of the refresh token, even if the request also has an API key or an old token", async () => {
    const app = await someApp();
    for (const bearer of [app.apiKey, "eyJ.an.old-one"]) {
      const { token, refreshToken } = await someSession(app.id);
      expect((await logout(app, { bearer, refreshToken })).status).toBe(204);
      expect((await call(me, { bearer: token })).status).toBe(401);
    }
    // What the body names ends, not what the Bearer is.
    const [first, second] = [await someSession(app.id), await someSession(app.id)];
    expect((await logout(app, { bearer: first.token, refreshToken: second.refreshToken })).status).toBe(204);
    expect((await call(me, { bearer: first.token })).status).toBe(200);
    expect((await call(me, { bearer: second.token })).status).toBe(401);
  });

  it.each<[string, CallOptions]>([
    ["an empty body that is called JSON", { headers: { "content-type": "application/json" } }],
    ["an empty object", { body: {} }],
    ["a form", { body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } }],
  ])("ends the session of the Bearer token next to %s", async (_, options) => {
    const app = await someApp();
    const { token } = await someSession(app.id);
    const answer = await call(POST, { params: { app_id: app.id }, method: "POST", bearer: token, ...options });
    expect(answer.status).toBe(204);
    expect((await call(me, { bearer: token })).status).toBe(401);
  });

  it("does not touch the user's other session", async () => {
    const app = await someApp();
    const [first, second] = [await someSession(app.id), await someSession(app.id)];
    await logout(app, { refreshToken: first.refreshToken });
    expect((await call(me, { bearer: second.token })).status).toBe(200);
  });

  it("is also the response for a session that was already revoked (RFC 7009 §2.2)", async () => {
    const app = await someApp();
    const { refreshToken } = await someSession(app.id);
    expect((await logout(app, { refreshToken })).status).toBe(204);
    expect((await logout(app, { refreshToken })).status).toBe(204);
  });

  it("prevails over refreshes at the same time: no token works afterwards", async () => {
    const app = await someApp();
    for (let round = 0; round < repetitions(200); round++) {
      const { refreshToken, token } = await someSession(app.id);
      const [refreshed, ended] = await Promise.all([refresh(app, refreshToken), logout(app, { refreshToken })]);
      expect(ended.status).toBe(204);
      expect([200, 401]).toContain(refreshed.status);
      expect((await call(me, { bearer: token })).status).toBe(401);
      if (refreshed.status === 200) {
        expect((await call(me, { bearer: refreshed.body.token })).status).toBe(401);
        expect((await refresh(app, refreshed.body.refresh_token)).status).toBe(401);
      }
    }
  }, 60_000);
});

describe("is rejected", () => {
  it("without either token, with an error that says what to send", async () => {
    expect((await logout(await someApp(), {})).status).toBe(415);
    expect((await call(POST, { params: { app_id: (await someApp()).id }, body: {} })).body).toMatchObject({
      fields: { refresh_token: "is missing" },
    });
  });

  it("rejects a token of another app, whose session stays active", async () => {
    const [app, otherApp] = [await someApp(), await someApp()];
    const { token, refreshToken } = await someSession(otherApp.id);
    expect((await logout(app, { refreshToken })).status).toBe(401);
    expect((await logout(app, { bearer: token })).status).toBe(404);
    expect((await call(me, { bearer: token })).status).toBe(200);
  });

  it("for an API key, which has no user", async () => {
    const app = await someApp();
    expect((await logout(app, { bearer: app.apiKey })).status).toBe(401);
  });
});
