/** The mail that verifies an address: at sign-up, again, and its two answers. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { askAs, isLive, logIn } from "@/test/support/account";
import { expectError } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import {
  Browser,
  begin,
  getTokens,
  locationOf,
  OPERATOR,
  refreshTokens,
  screenOf,
  someClient,
} from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";

let app: TestApp;
let otherApp: TestApp;
let strict: TestApp;
beforeAll(async () => {
  [app, otherApp, strict] = await Promise.all([someApp("Photo Blog"), someApp("Other"), someApp("Strict")]);
  await updateApp(strict.id, { settings: { require_verified_email: true, verify_email_on_signup: false } }, OPERATOR);
});
beforeEach(() => forgetState("limit/link-redemptions"));

function sendAgain(email: string, of = app) {
  return askAs(of, `/api/auth/verify-email/${of.id}`, { email });
}

function press(token: string, decision: string, of = app, browser = new Browser(of)) {
  return browser.submit("verify", { token, decision });
}

function mails(email: string, appId = app.id) {
  return db().mail.count({ where: { appId, toCanonical: email, template: "verify_email" } });
}

function userOf(email: string, appId = app.id) {
  return db().user.findUnique({ where: { appId_emailCanonical: { appId, emailCanonical: email } } });
}

async function someNewcomer() {
  const user = await someSession(app.id);
  return { ...user, userToken: user.token, ...(await lastMail(user.email)) };
}

describe("signing up with a password", () => {
  it("sends a verification link, in the transaction of the sign-up", async () => {
    const { template, content, to, email } = await someNewcomer();
    expect([template, to]).toEqual(["verify_email", email]);
    expect(content.links[0]).toMatch(new RegExp(`^${app.issuer}/verify\\?token=[\\w-]{43}$`));
    expect(content.text).toContain("24 hours");
  });

  it("sends no email if the email is taken or the app has disabled it", async () => {
    const { email } = await someNewcomer();
    const body = { email, password: SOME_PASSWORD };
    expectError(await askAs(app, `/api/auth/credentials/signup/${app.id}`, body), 409, "email_taken");
    expect(await mails(email)).toBe(1);
    const quiet = await someApp();
    await updateApp(quiet.id, { settings: { verify_email_on_signup: false } }, OPERATOR);
    expect(await mails((await someSession(quiet.id)).email, quiet.id)).toBe(0);
  });

  it("creates the user but responds 403 if the app requires a verified email, until the link is used", async () => {
    const email = someEmail();
    const body = { email, password: SOME_PASSWORD };
    expectError(await askAs(strict, `/api/auth/credentials/signup/${strict.id}`, body), 403, "email_not_verified");
    expect(await db().session.count({ where: { appId: strict.id } })).toBe(0);
    expectError(await logIn(strict, email), 403, "email_not_verified");
    expectError(await askAs(strict, `/api/auth/credentials/signup/${strict.id}`, body), 409, "email_taken");
    expect((await press((await lastMail(email)).token, "mine", strict)).status).toBe(303);
    expect((await logIn(strict, email)).status).toBe(200);
  });

  it("on the hosted page leads to a page that waits for the link, which continues the interaction", async () => {
    const [client, browser] = [await someClient(strict), new Browser(strict)];
    const interaction = await begin(browser, client);
    const answer = await browser.submit("signup", { interaction, email: browser.email, password: SOME_PASSWORD });
    expect(screenOf(answer)).toBe("verify/pending");
    expect(screenOf(await browser.signIn(interaction))).toBe("verify/pending");
    const again = await browser.submit("verify/resend", { interaction });
    expect(screenOf(again)).toBe("verify/pending");
    expect(await mails(browser.email, strict.id)).toBe(2);
    const { token } = await lastMail(browser.email);
    const verified = await press(token, "mine", strict, browser);
    expect(screenOf(verified)).toBe("signin");
    const { form } = await db().authorizationRequest.findFirstOrThrow({ where: { appId: strict.id, id: interaction } });
    expect(form).toMatchObject({ email: browser.email, notice: expect.stringContaining("verified") });
    expect(screenOf(await browser.signIn(interaction))).toBe("consent");
  });
});

describe("202 for another mail", () => {
  it("goes to unverified users, with the same response for all", async () => {
    const [bob, done] = [await someNewcomer(), await someNewcomer()];
    await press(done.token, "mine");
    const foreign = await someSession(otherApp.id);
    const before = await mails(done.email);
    for (const email of [bob.email, done.email, foreign.email, someEmail()]) {
      const answer = await sendAgain(email);
      expect([answer.status, answer.body]).toEqual([202, { status: "sent" }]);
    }
    expect([await mails(bob.email), await mails(done.email), await mails(foreign.email)]).toEqual([2, before, 0]);
  });

  it("silently stops after five to one email", async () => {
    const bob = await someNewcomer();
    await Promise.all(Array.from({ length: 8 }, () => sendAgain(bob.email)));
    expect(await mails(bob.email)).toBe(6);
  });

  it("rejects another app's key with 404 and a missing email with 400", async () => {
    const path = `/api/auth/verify-email/${app.id}`;
    expectError(await askAs(otherApp, path, { email: someEmail() }), 404, "not_found");
    expectError(await askAs(app, path, {}), 400, "invalid_request");
  });
});

describe("“Yes, this is my address”", () => {
  it("verifies the email once, and changes nothing else", async () => {
    const bob = await someNewcomer();
    const answer = await press(bob.token, "mine");
    expect([answer.status, locationOf(answer).pathname]).toEqual([303, `/o/${app.id}/done/verified`]);
    expect(await isLive(bob.userToken)).toBe(true);
    expect((await logIn(app, bob.email)).body.user.email_verified).toBe(true);
    expect((await press(bob.token, "mine")).status).toBe(400);
    const where = { appId: app.id, userId: bob.userId, type: "user.email_verified" };
    expect(await db().auditEvent.count({ where })).toBe(1);
  });

  it("disables “it was not me” in every other verification email", async () => {
    const bob = await someNewcomer();
    await sendAgain(bob.email);
    const second = await lastMail(bob.email);
    await press(bob.token, "mine");
    expect((await press(second.token, "not_mine")).status).toBe(400);
    expect((await logIn(app, bob.email)).status).toBe(200);
  });
});

describe("“It was not me”", () => {
  it("removes the access of the person who created the account, and frees the email", async () => {
    const [client, stranger] = [await someClient(app), new Browser(app)];
    const tokens = await getTokens(client, stranger);
    const session = await logIn(app, stranger.email);
    const { token } = await lastMail(stranger.email);
    const answer = await press(token, "not_mine");
    expect(locationOf(answer).pathname).toBe(`/o/${app.id}/done/disowned`);
    expect(await userOf(stranger.email)).toBeNull();
    expect((await logIn(app, stranger.email)).status).toBe(401);
    expect(await isLive(session.body.token)).toBe(false);
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(400);
    expect((await press(token, "not_mine")).status).toBe(400);
    // Its owner may come whenever they like.
    expect((await someSession(app.id, stranger.email)).email).toBe(stranger.email);
  });

  it("keeps the user if the app has stored data with it, with no sign-in method except by email", async () => {
    const bob = await someNewcomer();
    await askAs(app, `/api/v1/apps/${app.id}/users/${bob.userId}`, { external_id: "crm-7" }, { method: "PATCH" });
    await press(bob.token, "not_mine");
    const row = await userOf(bob.email);
    expect(row).toMatchObject({ id: bob.userId, passwordHash: null, emailVerifiedAt: null, externalId: "crm-7" });
    expect((await logIn(app, bob.email)).status).toBe(401);
    const event = await db().auditEvent.findFirstOrThrow({
      where: { appId: app.id, type: "user.disowned", userId: bob.userId },
    });
    expect(event.explanation).toEqual({ user: "kept" });
  });

  it("and “yes” at once: exactly one of them takes effect", async () => {
    const bob = await someNewcomer();
    const decisions = Array.from({ length: 20 }, (_, index) => (index % 2 ? "mine" : "not_mine"));
    const answers = await Promise.all(decisions.map((decision) => press(bob.token, decision)));
    const won = answers.flatMap((answer, index) => (answer.status === 303 ? [decisions[index]] : []));
    expect(won).toHaveLength(1);
    const row = await userOf(bob.email);
    expect(won[0] === "mine" ? row?.emailVerifiedAt : row).toEqual(won[0] === "mine" ? expect.any(Date) : null);
  });
});

it("the link does not work after a day, for another app or without a decision", async () => {
  const bob = await someNewcomer();
  expect((await press(bob.token, "mine", otherApp)).status).toBe(400);
  expect((await press(bob.token, "perhaps")).status).toBe(400);
  freezeClock(new Date(now().getTime() + 24 * 3600_000 + 1000));
  for (const decision of ["mine", "not_mine"]) expect((await press(bob.token, decision)).status).toBe(400);
  freezeClock(null);
  expect(await userOf(bob.email)).toMatchObject({ emailVerifiedAt: null });
  expect((await press(bob.token, "mine")).status).toBe(303);
});
