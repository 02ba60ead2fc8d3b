/** POST /api/auth/password/change/{app_id}: a user's own password, by their own token and the present one. */
import { beforeAll, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { ask, askAs, isLive, logIn, someResetLink } from "@/test/support/account";
import { expectError } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { Browser, getTokens, OPERATOR, refreshTokens, someClient } from "@/test/support/oauth";

const NEW = "a new horse battery";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp("Photo Blog"), someApp("Other")]);
});

function change(bearer: string | undefined, body: object, appId = app.id) {
  return ask(`/api/auth/password/change/${appId}`, { bearer, body });
}

const RIGHT = { current_password: SOME_PASSWORD, new_password: NEW };

/** A user who has signed in only by magic link. */
async function someoneWithoutPassword() {
  const email = someEmail();
  await askAs(app, `/api/auth/magic-link/${app.id}`, { email });
  const { token } = await lastMail(email);
  const { body } = await ask(`/api/auth/verify/${app.id}`, { body: { token } });
  return { email, token: body.token as string, userId: body.user.id as string };
}

describe("204", () => {
  it("keeps this session, revokes the others and every grant, and notifies the user", async () => {
    const bob = await someSession(app.id);
    const other = (await logIn(app, bob.email)).body.token;
    const answer = await change(bob.token, RIGHT);
    expect([answer.status, answer.body]).toEqual([204, ""]);
    expect([await isLive(bob.token), await isLive(other)]).toEqual([true, false]);
    expect((await logIn(app, bob.email)).status).toBe(401);
    expect((await logIn(app, bob.email, NEW)).status).toBe(200);
    expect((await lastMail(bob.email)).template).toBe("password_changed");
    const where = { appId: app.id, userId: bob.userId, type: "user.password_changed" };
    expect(await db().auditEvent.count({ where })).toBe(1);
  });

  it("revokes the tokens of connected apps", async () => {
    const [client, browser] = [await someClient(app), new Browser(app)];
    const tokens = await getTokens(client, browser);
    await change((await logIn(app, browser.email)).body.token, RIGHT);
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(400);
  });

  it("invalidates an emailed password reset", async () => {
    const bob = await someResetLink(app);
    expect((await change(bob.userToken, RIGHT)).status).toBe(204);
    const answer = await ask(`/api/auth/password/reset/${app.id}`, {
      body: { token: bob.token, password: "other one" },
    });
    expectError(answer, 400, "invalid_link");
  });

  it("sets the first password if the sign-in is at most five minutes old", async () => {
    const bob = await someoneWithoutPassword();
    freezeClock(new Date(now().getTime() + 301_000));
    expectError(await change(bob.token, { new_password: NEW }), 403, "reauthentication_required");
    freezeClock(null);
    expect((await change(bob.token, { new_password: NEW })).status).toBe(204);
    expect((await logIn(app, bob.email, NEW)).status).toBe(200);
    // From now on it is asked for.
    expectError(await change(bob.token, { new_password: "one more horse" }), 400, "invalid_request");
  });
});

describe("400", () => {
  it.each([
    ["a wrong present one", { current_password: "wrong horse" }, "current_password"],
    ["no present one", { current_password: undefined }, "current_password"],
    ["an array for it", { current_password: [SOME_PASSWORD] }, "current_password"],
    ["a short new one", { new_password: "short" }, "new_password"],
    ["a common new one", { new_password: "password1" }, "new_password"],
    ["no new one", { new_password: undefined }, "new_password"],
  ])("for %s, and nothing changes", async (_, changes, field) => {
    const bob = await someSession(app.id);
    const answer = await change(bob.token, { ...RIGHT, ...changes });
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields).toHaveProperty(field);
    expect((await logIn(app, bob.email)).status).toBe(200);
  });
});

it("too many wrong passwords are a 429, even if they are sent at once", async () => {
  const bob = await someSession(app.id);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => change(bob.token, { ...RIGHT, current_password: "wrong horse" })),
  );
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(10);
  expect((await logIn(app, bob.email)).status).toBe(200);
});

it("it requires the token of an active session (401) of this app (404)", async () => {
  const bob = await someSession(app.id);
  const { access_token } = await getTokens(await someClient(app), new Browser(app));
  for (const bearer of [undefined, app.apiKey, access_token, "x"])
    expect((await change(bearer, RIGHT)).status).toBe(401);
  expectError(await change(bob.token, RIGHT, otherApp.id), 404, "not_found");
  await ask(`/api/auth/logout/${app.id}`, { method: "POST", bearer: bob.token });
  expect((await change(bob.token, RIGHT)).status).toBe(401);
  expect((await logIn(app, bob.email)).status).toBe(200);
});

it("an app without passwords rejects it with 403", async () => {
  const without = await someApp();
  const bob = await someSession(without.id);
  await updateApp(without.id, { settings: { methods: { password: false } } }, OPERATOR);
  expectError(await change(bob.token, RIGHT, without.id), 403, "method_disabled");
});
