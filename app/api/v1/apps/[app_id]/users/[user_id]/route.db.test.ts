import { describe, expect, it } from "vitest";
import { POST as login } from "@/app/api/auth/credentials/login/[app_id]/route";
import { POST as refresh } from "@/app/api/auth/refresh/[app_id]/route";
import { GET as me } from "@/app/api/me/route";
import { db } from "@/lib/database/client";
import { call } from "@/test/support/call";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { DELETE, GET, PATCH } from "./route";

function on(app: TestApp, userId: string, key = app.apiKey) {
  const options = { params: { app_id: app.id, user_id: userId }, bearer: key };
  return {
    get: () => call(GET, options),
    patch: (body: unknown) => call(PATCH, { ...options, method: "PATCH", body }),
    delete: () => call(DELETE, { ...options, method: "DELETE" }),
  };
}

function signIn(app: TestApp, email: string, password: string) {
  return call(login, { params: { app_id: app.id }, bearer: app.apiKey, body: { email, password } });
}

it("a user is returned as in the list", async () => {
  const app = await someApp();
  const { userId, email } = await someSession(app.id);
  expect(await on(app, userId).get()).toMatchObject({ status: 200, body: { id: userId, email } });
});

describe("PATCH", () => {
  it("changes the given fields, clears those that are null, and keeps the others", async () => {
    const app = await someApp();
    const { userId, email } = await someSession(app.id);
    await on(app, userId).patch({ name: "Bob", nickname: "bobby", metadata: { a: 1 } });
    const { status, body } = await on(app, userId).patch({ name: "Robert", nickname: null, public_metadata: { b: 2 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ email, name: "Robert", metadata: { a: 1 }, public_metadata: { b: 2 } });
    expect(body).not.toHaveProperty("nickname");
  });

  it("leaves a new email unverified unless the request says that it is verified", async () => {
    const app = await someApp();
    const { userId } = await someSession(app.id);
    expect((await on(app, userId).patch({ email_verified: true })).body.email_verified).toBe(true);
    expect((await on(app, userId).patch({ email: someEmail() })).body.email_verified).toBe(false);
    expect((await on(app, userId).patch({ email: someEmail(), email_verified: true })).body.email_verified).toBe(true);
    expect((await on(app, userId).patch({ email_verified: false })).body.email_verified).toBe(false);
  });

  it("disables the user: sessions are revoked at once and sign-in is rejected until the user is enabled", async () => {
    const app = await someApp();
    const { userId, email, token, refreshToken } = await someSession(app.id);
    expect((await on(app, userId).patch({ disabled: true })).body.disabled).toBe(true);
    expect((await call(me, { bearer: token })).status).toBe(401);
    expect((await call(refresh, { params: { app_id: app.id }, body: { refresh_token: refreshToken } })).status).toBe(
      401,
    );
    expect(await signIn(app, email, SOME_PASSWORD)).toMatchObject({ status: 403, body: { error: "user_disabled" } });
    expect(await signIn(app, email, "a wrong password")).toMatchObject({
      status: 401,
      body: { error: "invalid_credentials" },
    });
    await on(app, userId).patch({ disabled: false });
    expect((await signIn(app, email, SOME_PASSWORD)).status).toBe(200);
    expect((await call(me, { bearer: token })).status).toBe(401);
  });

  it("sets a new password and revokes every session; null removes the password", async () => {
    const app = await someApp();
    const { userId, email, token } = await someSession(app.id);
    await on(app, userId).patch({ password: "another good one" });
    expect((await call(me, { bearer: token })).status).toBe(401);
    expect((await signIn(app, email, SOME_PASSWORD)).status).toBe(401);
    expect((await signIn(app, email, "another good one")).status).toBe(200);
    await on(app, userId).patch({ password: null });
    expect((await signIn(app, email, "another good one")).status).toBe(401);
  });

  it("rejects another user's email with 409 and invalid values with 400, and changes nothing", async () => {
    const app = await someApp();
    const [bob, carol] = [await someSession(app.id), await someSession(app.id)];
    expect((await on(app, bob.userId).patch({ name: "X", email: carol.email })).status).toBe(409);
    expect((await on(app, bob.userId).patch({ name: "X", password: "short" })).status).toBe(400);
    expect((await on(app, bob.userId).patch({ name: "X", metadata: "x" })).body.fields).toHaveProperty("metadata");
    expect((await on(app, bob.userId).get()).body).toMatchObject({ email: bob.email, name: null });
  });
});

describe("DELETE", () => {
  it("deletes the user and all their data, keeps the audit trail, and frees the email", async () => {
    const app = await someApp();
    const { userId, token, email } = await someSession(app.id);
    await db().oneTimeToken.create({
      data: { appId: app.id, id: "ott_1", purpose: "x", secretHash: Buffer.from("x"), userId, expiresAt: new Date() },
    });
    expect((await on(app, userId).delete()).status).toBe(204);
    expect((await on(app, userId).get()).status).toBe(404);
    expect((await on(app, userId).delete()).status).toBe(404);
    expect((await call(me, { bearer: token })).status).toBe(401);
    const where = { appId: app.id, userId };
    expect([await db().session.count({ where }), await db().oneTimeToken.count({ where })]).toEqual([0, 0]);
    const types = (await db().auditEvent.findMany({ where })).map((event) => event.type);
    expect(types).toEqual(expect.arrayContaining(["user.signed_up", "user.deleted"]));
    expect((await someSession(app.id, email)).userId).not.toBe(userId);
  });
});

describe("404 across Apps", () => {
  it("for a user of app A with app B's key, under either app's path", async () => {
    const [app, otherApp] = [await someApp(), await someApp()];
    const { userId } = await someSession(app.id);
    for (const attempt of [on(otherApp, userId), on(app, userId, otherApp.apiKey)]) {
      expect((await attempt.get()).status).toBe(404);
      expect((await attempt.patch({ name: "stolen" })).status).toBe(404);
      expect((await attempt.delete()).status).toBe(404);
    }
    expect((await on(app, userId).get()).body.name).toBeNull();
  });

  it.each(["usr_0", "me", "..", "%00", "usr_ABCDEFGHIJKLMNOPQRSTUVWXYZ"])("for the malformed ID %s", async (userId) => {
    expect((await on(await someApp(), userId).get()).status).toBe(404);
  });
});
