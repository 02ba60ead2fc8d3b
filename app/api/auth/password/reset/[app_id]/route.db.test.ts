/** POST /api/auth/password/reset/{app_id}: a new password by an emailed link, which works once. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { deleteApp } from "@/lib/apps/delete";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { updateUser } from "@/lib/users/update-user";
import { ask, askAs, isLive, logIn, someResetLink } from "@/test/support/account";
import { BAD_TEXTS } from "@/test/support/bad-input";
import { expectError } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { authorize, Browser, getTokens, OPERATOR, refreshTokens, someClient } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";

const NEW = "a new horse battery";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp("Photo Blog"), someApp("Other")]);
});
beforeEach(() => forgetState("limit/link-redemptions"));

function reset(token: unknown, password: unknown = NEW, appId = app.id, ip?: string) {
  return ask(`/api/auth/password/reset/${appId}`, { body: { token, password }, ip });
}

function user(userId: string) {
  return db().user.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: userId } } });
}

describe("204", () => {
  it("sets the password, verifies the email, notifies the user, and records one event", async () => {
    const bob = await someResetLink(app);
    const answer = await reset(bob.token);
    expect([answer.status, answer.body]).toEqual([204, ""]);
    expect((await logIn(app, bob.email)).status).toBe(401);
    expect((await logIn(app, bob.email, NEW)).body.user).toMatchObject({ id: bob.userId, email_verified: true });
    const told = await lastMail(bob.email);
    expect(told.template).toBe("password_changed");
    expect(told.content.links).toEqual([`${app.issuer}/forgot`]);
    const where = { appId: app.id, userId: bob.userId, type: "user.password_reset" };
    expect(await db().auditEvent.count({ where })).toBe(1);
  });

  it("revokes every session and grant of the user, and no other's", async () => {
    const [client, browser, other] = [await someClient(app), new Browser(app), await someSession(app.id)];
    const tokens = await getTokens(client, browser);
    await db().user.updateMany({
      where: { appId: app.id, id: await browser.userId() },
      data: { emailVerifiedAt: now() },
    });
    const direct = (await logIn(app, browser.email)).body.token;
    await askAs(app, `/api/auth/password/forgot/${app.id}`, { email: browser.email });
    expect((await reset((await lastMail(browser.email)).token)).status).toBe(204);
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(400);
    expect(await isLive(direct)).toBe(false);
    expect((await browser.open(`/o/${app.id}/userinfo`, { bearer: tokens.access_token })).status).toBe(401);
    expect(await isLive(other.token)).toBe(true);
    // What was allowed stays allowed.
    const userId = (await logIn(app, browser.email, NEW)).body.user.id;
    expect(await db().consent.count({ where: { appId: app.id, userId } })).toBe(1);
  });

  it("removes the data of a person who signed up with the unverified email before", async () => {
    const [client, stranger] = [await someClient(app), new Browser(app)];
    await authorize(stranger, client);
    const userId = await stranger.userId();
    await askAs(app, `/api/auth/password/forgot/${app.id}`, { email: stranger.email });
    await reset((await lastMail(stranger.email)).token);
    expect(await db().consent.count({ where: { appId: app.id, userId } })).toBe(0);
    expect(await db().auditEvent.count({ where: { appId: app.id, userId, type: "user.taken_over" } })).toBe(1);
    expect((await user(userId)).emailVerifiedAt).not.toBeNull();
  });

  it("invalidates other emailed links: another reset, a magic link", async () => {
    const bob = await someResetLink(app);
    await askAs(app, `/api/auth/password/forgot/${app.id}`, { email: bob.email });
    const second = await lastMail(bob.email);
    await askAs(app, `/api/auth/magic-link/${app.id}`, { email: bob.email });
    const magic = await lastMail(bob.email);
    expect((await reset(second.token)).status).toBe(204);
    expectError(await reset(bob.token), 400, "invalid_link");
    expectError(await ask(`/api/auth/verify/${app.id}`, { body: { token: magic.token } }), 400, "invalid_link");
  });

  it("sets a password for a user who had none", async () => {
    const email = someEmail();
    await askAs(app, `/api/v1/apps/${app.id}/users`, { email });
    await askAs(app, `/api/auth/password/forgot/${app.id}`, { email });
    expect((await reset((await lastMail(email)).token)).status).toBe(204);
    expect((await logIn(app, email, NEW)).status).toBe(200);
  });
});

describe("400", () => {
  it.each([
    ["too short", "short"],
    ["too common", "password1"],
    ["too long", "a".repeat(1025)],
    ...BAD_TEXTS.filter(([title]) => title !== "too long"),
  ])("for a password that is %s, and the link can still be used", async (_, password) => {
    const bob = await someResetLink(app);
    const answer = await ask(`/api/auth/password/reset/${app.id}`, { body: { token: bob.token, password } });
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields).toHaveProperty("password");
    expect((await reset(bob.token)).status).toBe(204);
  });

  it("link_used for the second use, link_expired after 30 minutes", async () => {
    const [bob, carol] = [await someResetLink(app), await someResetLink(app)];
    await reset(bob.token);
    expectError(await reset(bob.token, "yet another horse"), 400, "link_used");
    freezeClock(new Date(now().getTime() + 30 * 60_000 + 1000));
    expectError(await reset(carol.token), 400, "link_expired");
    // Used is said before expired, so that a replay is seen.
    expectError(await reset(bob.token), 400, "link_used");
    freezeClock(null);
    expect((await logIn(app, bob.email, NEW)).status).toBe(200);
    expect((await logIn(app, carol.email)).status).toBe(200);
  });

  it("invalid_link for a truncated token, another app's, another purpose's and other kinds of tokens", async () => {
    const bob = await someResetLink(app);
    const theirs = await someResetLink(otherApp, bob.email);
    await askAs(app, `/api/auth/verify-email/${app.id}`, { email: bob.email });
    const verification = await lastMail(bob.email);
    await askAs(app, `/api/auth/magic-link/${app.id}`, { email: bob.email });
    const magic = await lastMail(bob.email);
    const [, claims = ""] = bob.token.split(".");
    const unsigned = `${Buffer.from('{"alg":"none","typ":"reset-password+jwt"}').toString("base64url")}.${claims}.`;
    for (const token of [
      bob.token.slice(0, -1),
      bob.token.slice(1),
      `${bob.token}x`,
      theirs.token,
      verification.token,
      magic.token,
      bob.userToken,
      unsigned,
      "x",
    ])
      expectError(await reset(token), 400, "invalid_link");
    expect((await reset(bob.token)).status).toBe(204);
    expect((await logIn(otherApp, bob.email)).status).toBe(200);
  });
});

it("of 20 resets at once, one sets its password and 19 get link_used", async () => {
  const bob = await someResetLink(app);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => reset(bob.token, `${NEW} ${index}`)));
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(answers.filter(({ status, body }) => status === 400 && body.error === "link_used")).toHaveLength(19);
  const winner = answers.findIndex(({ status }) => status === 204);
  expect((await logIn(app, bob.email, `${NEW} ${winner}`)).status).toBe(200);
  const where = { appId: app.id, userId: bob.userId, type: "user.password_reset" };
  expect(await db().auditEvent.count({ where })).toBe(1);
  expect(await db().mail.count({ where: { appId: app.id, userId: bob.userId, template: "password_changed" } })).toBe(1);
});

describe("between sending and using the link", () => {
  it("403 while the user is disabled; once enabled, the link works again", async () => {
    const bob = await someResetLink(app);
    await updateUser(await getApp(app.id), bob.userId, { disabled: true }, OPERATOR);
    expectError(await reset(bob.token), 403, "user_disabled");
    await updateUser(await getApp(app.id), bob.userId, { disabled: false }, OPERATOR);
    expect((await reset(bob.token)).status).toBe(204);
  });

  it("400 once the email or password was changed, or the user was deleted", async () => {
    const [moved, changed, gone] = [await someResetLink(app), await someResetLink(app), await someResetLink(app)];
    const patch = (userId: string, body: object) =>
      askAs(app, `/api/v1/apps/${app.id}/users/${userId}`, body, { method: "PATCH" });
    await patch(moved.userId, { email: someEmail() });
    await patch(changed.userId, { password: "set by the owner" });
    await askAs(app, `/api/v1/apps/${app.id}/users/${gone.userId}`, undefined, { method: "DELETE" });
    for (const { token } of [moved, changed, gone]) expectError(await reset(token), 400, "invalid_link");
  });

  it("404 once the app is deleted, 403 once it disables passwords", async () => {
    const doomed = await someApp();
    const bob = await someResetLink(doomed);
    await updateApp(doomed.id, { settings: { methods: { password: false } } }, OPERATOR);
    expectError(await reset(bob.token, NEW, doomed.id), 403, "method_disabled");
    await deleteApp(doomed.id, OPERATOR);
    expectError(await reset(bob.token, NEW, doomed.id), 404, "not_found");
  });
});

it("60 attempts from one IP address are the limit, except with an API key", async () => {
  const bob = await someResetLink(app);
  const answers = await Promise.all(Array.from({ length: 61 }, () => reset("x", NEW, app.id, "198.51.100.9")));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  const body = { token: bob.token, password: NEW };
  const path = `/api/auth/password/reset/${app.id}`;
  expect((await askAs(app, path, body, { ip: "198.51.100.9" })).status).toBe(204);
  expect((await logIn(app, bob.email, SOME_PASSWORD)).status).toBe(401);
});
