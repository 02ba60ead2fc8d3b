/** DELETE /api/me: a user closes their own account, and proves once more who they are. */
import { beforeAll, describe, expect, it } from "vitest";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { flashCookieName, readFlash } from "@/lib/hosted/flash";
import { ask, askAs, isLive, logIn } from "@/test/support/account";
import { expectError } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { Browser, getTokens, locationOf, refreshTokens, someClient } from "@/test/support/oauth";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

function close(bearer: string | undefined, body?: object) {
  return ask("/api/me", { method: "DELETE", bearer, body });
}

const PROOF = { password: SOME_PASSWORD };

function exists(userId: string) {
  return db().user.findUnique({ where: { appId_id: { appId: app.id, id: userId } } });
}

describe("204", () => {
  it("deletes the user and all their data, keeps the events, and touches no other user", async () => {
    const [client, browser, other] = [await someClient(app), new Browser(app), await someSession(app.id)];
    const tokens = await getTokens(client, browser);
    const userId = await browser.userId();
    const { token } = (await logIn(app, browser.email)).body;
    const answer = await close(token, PROOF);
    expect([answer.status, answer.body]).toEqual([204, ""]);
    expect(await exists(userId)).toBeNull();
    const where = { appId: app.id, userId };
    const left = [db().session.count({ where }), db().grant.count({ where }), db().consent.count({ where })];
    expect(await Promise.all([...left, db().oneTimeToken.count({ where })])).toEqual([0, 0, 0, 0]);
    expect(await isLive(token)).toBe(false);
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(400);
    expect((await logIn(app, browser.email)).status).toBe(401);
    expect((await close(token, PROOF)).status).toBe(401);
    const event = { appId: app.id, userId, type: "user.deleted" };
    expect(await db().auditEvent.findFirstOrThrow({ where: event })).toMatchObject({ actorType: "user" });
    expect(await isLive(other.token)).toBe(true);
    // The address is free again.
    expect((await someSession(app.id, browser.email)).userId).not.toBe(userId);
  });

  it("needs no password from a user without one within five minutes of the sign-in", async () => {
    const email = someEmail();
    await askAs(app, `/api/auth/magic-link/${app.id}`, { email });
    const { body } = await ask(`/api/auth/verify/${app.id}`, { body: { token: (await lastMail(email)).token } });
    freezeClock(new Date(now().getTime() + 301_000));
    expectError(await close(body.token), 403, "reauthentication_required");
    freezeClock(null);
    expect((await close(body.token)).status).toBe(204);
    expect(await exists(body.user.id)).toBeNull();
  });

  it("deletes it once if 20 requests come at once", async () => {
    const bob = await someSession(app.id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => close(bob.token, PROOF)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.every(({ status }) => [204, 401, 404].includes(status))).toBe(true);
    expect(await db().auditEvent.count({ where: { appId: app.id, userId: bob.userId, type: "user.deleted" } })).toBe(1);
  });
});

describe("is rejected, and the user stays", () => {
  it.each([
    ["no body", undefined],
    ["no password", {}],
    ["a wrong one", { password: "wrong horse" }],
    ["an object", { password: { contains: "" } }],
  ])("400 for %s", async (_, body) => {
    const bob = await someSession(app.id);
    const answer = await close(bob.token, body);
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields).toHaveProperty("password");
    expect(await exists(bob.userId)).not.toBeNull();
  });

  it("401 without the user's direct token: none, the app's key, a client's token", async () => {
    const bob = await someSession(app.id);
    const { access_token } = await getTokens(await someClient(app), new Browser(app, bob.email));
    for (const bearer of [undefined, app.apiKey, access_token, "x"])
      expect((await close(bearer, PROOF)).status).toBe(401);
    expect(await exists(bob.userId)).not.toBeNull();
  });
});

describe("at the account page", () => {
  async function signedIn(): Promise<Browser> {
    const browser = new Browser(app);
    await getTokens(await someClient(app), browser);
    return browser;
  }

  it("requires the password, signs this browser out and confirms", async () => {
    const bob = await signedIn();
    const userId = await bob.userId();
    await bob.submit("account/delete", { password: "wrong horse" });
    expect(readFlash(bob.cookies.get(flashCookieName(app.id)))).toMatchObject({
      ok: false,
      fields: { password: expect.any(String) },
    });
    expect(await exists(userId)).not.toBeNull();
    const answer = await bob.submit("account/delete", PROOF);
    expect(locationOf(answer).pathname).toBe(`/o/${app.id}/done/closed`);
    expect(answer.headers.get("set-cookie")).toMatch(/Max-Age=0/);
    expect(await exists(userId)).toBeNull();
    expect(locationOf(await bob.submit("account/delete", PROOF)).pathname).toBe(`/o/${app.id}/account/start`);
  });

  it("is rejected from another site's form", async () => {
    const bob = await signedIn();
    const answer = await bob.submit("account/delete", PROOF, { "sec-fetch-site": "cross-site" });
    expect(answer.status).toBe(403);
    expect(await exists(await bob.userId())).not.toBeNull();
  });

  it("a required sign-in returns to the page that required it, and never elsewhere", async () => {
    const bob = await signedIn();
    const come = async (again: string) => {
      const start = await bob.open(`/o/${app.id}/account/start?again=${encodeURIComponent(again)}`);
      const interaction = locationOf(start).searchParams.get("interaction") ?? "";
      return locationOf(await bob.signIn(interaction)).pathname;
    };
    expect(await come("account/delete")).toBe(`/o/${app.id}/account/delete`);
    for (const again of ["account", "", "//evil.example", "signup", "__proto__"])
      expect(await come(again), again).toBe(`/o/${app.id}/account`);
  });
});
