/** POST /api/auth/email/change/{app_id} and its link. Both addresses are notified; neither learns about other users. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { ask, askAs, isLive, logIn } from "@/test/support/account";
import { expectError } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { Browser, locationOf, OPERATOR } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp("Photo Blog"), someApp("Other")]);
});
beforeEach(() => forgetState("limit/link-redemptions"));

function change(bearer: string | undefined, body: object, appId = app.id) {
  return ask(`/api/auth/email/change/${appId}`, { bearer, body });
}

function press(token: string, of = app) {
  return new Browser(of).submit("change-email", { token });
}

function mailsTo(email: string) {
  return db().mail.count({ where: { appId: app.id, toCanonical: email } });
}

/** A user who requested the change, and the email to the new address. */
async function someMover() {
  const bob = await someSession(app.id);
  const to = someEmail("moved");
  expect((await change(bob.token, { email: to, password: SOME_PASSWORD })).status).toBe(202);
  return { ...bob, to, link: await lastMail(to) };
}

describe("202", () => {
  it("sends a link to the new email, notifies the old one with the new one masked, and changes nothing yet", async () => {
    const { email, to, link, userId } = await someMover();
    expect(link.content.links[0]).toMatch(new RegExp(`^${app.issuer}/change-email\\?token=[\\w-]{43}$`));
    const told = await lastMail(email);
    expect(told.template).toBe("address_changed");
    expect(told.content.text).toContain(`${to.charAt(0)}•••@example.com`);
    expect(told.content.text).not.toContain(to);
    expect((await logIn(app, email)).status).toBe(200);
    const where = { appId: app.id, userId, type: "user.email_change_asked" };
    expect(await db().auditEvent.count({ where })).toBe(1);
  });

  it("responds alike for another user's email: that user is notified, and no link is sent", async () => {
    const [bob, carol] = [await someSession(app.id), await someSession(app.id)];
    const answer = await change(bob.token, { email: carol.email, password: SOME_PASSWORD });
    expect([answer.status, answer.body]).toEqual([202, { status: "sent" }]);
    const told = await lastMail(carol.email);
    expect(told.template).toBe("account_exists");
    expect(told.content.text).not.toContain(bob.email);
    // Nor does his own mailbox tell him.
    expect((await lastMail(bob.email)).template).toBe("address_changed");
    expect(
      await db().oneTimeToken.count({ where: { appId: app.id, purpose: "change_email", userId: bob.userId } }),
    ).toBe(0);
  });

  it("sends five emails to one address in ten minutes, and silently no sixth", async () => {
    const to = someEmail("flooded");
    for (let round = 0; round < 6; round++) {
      const bob = await someSession(app.id);
      expect((await change(bob.token, { email: to, password: SOME_PASSWORD })).status).toBe(202);
    }
    expect(await mailsTo(to)).toBe(5);
  });
});

describe("the link", () => {
  it("changes the email, verified, keeps the sessions, and notifies the old email", async () => {
    const { email, to, link, token, userId } = await someMover();
    expect(locationOf(await press(link.token)).pathname).toBe(`/o/${app.id}/done/address`);
    expect((await logIn(app, email)).status).toBe(401);
    expect((await logIn(app, to)).body.user).toMatchObject({ id: userId, email: to, email_verified: true });
    expect(await isLive(token)).toBe(true);
    const told = await lastMail(email);
    expect(told.content.subject).toBe("Your email address for Photo Blog was changed");
    expect(told.content.text).not.toContain(to);
    const where = { appId: app.id, userId, type: "user.email_changed" };
    expect(await db().auditEvent.count({ where })).toBe(1);
  });

  it("works once, even if it is submitted 20 times at once", async () => {
    const { link, userId } = await someMover();
    const answers = await Promise.all(Array.from({ length: 20 }, () => press(link.token)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
    const where = { appId: app.id, userId, type: "user.email_changed" };
    expect(await db().auditEvent.count({ where })).toBe(1);
  });

  it("invalidates every link sent to the old email", async () => {
    const { email, link } = await someMover();
    await askAs(app, `/api/auth/password/forgot/${app.id}`, { email });
    const reset = await lastMail(email);
    await askAs(app, `/api/auth/magic-link/${app.id}`, { email });
    const magic = await lastMail(email);
    await press(link.token);
    const body = { token: reset.token, password: "a new horse battery" };
    expectError(await ask(`/api/auth/password/reset/${app.id}`, { body }), 400, "invalid_link");
    expectError(await ask(`/api/auth/verify/${app.id}`, { body: { token: magic.token } }), 400, "invalid_link");
  });

  it("stops working after a newer link, a new password, a day, or once the user is deleted", async () => {
    const [asked, changed, late, gone] = [await someMover(), await someMover(), await someMover(), await someMover()];
    await change(asked.token, { email: someEmail(), password: SOME_PASSWORD });
    const body = { current_password: SOME_PASSWORD, new_password: "a new horse battery" };
    await ask(`/api/auth/password/change/${app.id}`, { bearer: changed.token, body });
    await ask("/api/me", { method: "DELETE", bearer: gone.token, body: { password: SOME_PASSWORD } });
    for (const { link } of [asked, changed, gone]) expect((await press(link.token)).status).toBe(400);
    freezeClock(new Date(now().getTime() + 24 * 3600_000 + 1000));
    expect((await press(late.link.token)).status).toBe(400);
    freezeClock(null);
    for (const { email } of [asked, late]) expect((await logIn(app, email)).status).toBe(200);
  });

  it("is rejected with 409 once another user has the email, and changes nothing", async () => {
    const { email, to, link } = await someMover();
    await someSession(app.id, to);
    const answer = await press(link.token);
    expect([answer.status, answer.body.includes("Another account now has this email address")]).toEqual([409, true]);
    expect((await logIn(app, email)).status).toBe(200);
  });

  it("does not work for another app", async () => {
    const { link, email } = await someMover();
    expect((await press(link.token, otherApp)).status).toBe(400);
    expect((await logIn(app, email)).status).toBe(200);
  });
});

describe("is rejected", () => {
  it.each([
    ["the present address", (own: string) => ({ email: own.toUpperCase() }), "email"],
    ["no address", () => ({ email: "bob" }), "email"],
    ["a wrong password", () => ({ password: "wrong horse" }), "password"],
    ["no password", () => ({ password: undefined }), "password"],
  ])("400 for %s", async (_, changes, field) => {
    const bob = await someSession(app.id);
    const answer = await change(bob.token, { email: someEmail(), password: SOME_PASSWORD, ...changes(bob.email) });
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields).toHaveProperty(field);
  });

  it("rejects a domain that the app does not allow (403), a missing token (401) and another app (404)", async () => {
    const strict = await someApp();
    const bob = await someSession(strict.id);
    await updateApp(strict.id, { settings: { allowed_email_domains: ["example.com"] } }, OPERATOR);
    const body = { email: "bob@elsewhere.example", password: SOME_PASSWORD };
    expectError(await change(bob.token, body, strict.id), 403, "email_domain_not_allowed");
    expect((await change(undefined, body, strict.id)).status).toBe(401);
    expectError(await change(bob.token, body), 404, "not_found");
  });
});
