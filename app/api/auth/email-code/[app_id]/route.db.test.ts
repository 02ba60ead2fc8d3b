/** Sign-in with an emailed code: requested with an API key, redeemed with the email address. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as meRoute } from "@/app/api/me/route";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, nowMs } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { call } from "@/test/support/call";
import { someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { OPERATOR } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";
import { claimsOf } from "@/test/support/social";
import { POST as sendLink } from "../../magic-link/[app_id]/route";
import { POST as verify } from "../../verify/[app_id]/route";
import { POST as send } from "./route";

const CODES_ONLY = { methods: { magic_link: false, email_code: true } };

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp("Photo Blog"), someApp("Other")]);
  for (const { id } of [app, otherApp]) await updateApp(id, { settings: CODES_ONLY }, OPERATOR);
});
beforeEach(() => forgetState("limit/link-redemptions", "limit/email-requests"));

function ask(email: unknown, of = app) {
  return call(send, { params: { app_id: of.id }, bearer: of.apiKey, body: { email } });
}

async function mailedCode(email = someEmail(), of = app): Promise<{ email: string; code: string }> {
  expect(await ask(email, of)).toMatchObject({ status: 202, body: { status: "sent" } });
  return { email, code: (await lastMail(email)).content.code ?? "" };
}

function redeem(body: object, of = app) {
  return call(verify, { params: { app_id: of.id }, body });
}

function mailsTo(email: string, of = app) {
  return db().mail.count({ where: { appId: of.id, toCanonical: email } });
}

async function withSettings(settings: object): Promise<TestApp> {
  const own = await someApp();
  await updateApp(own.id, { settings: { ...CODES_ONLY, ...settings } }, OPERATOR);
  return own;
}

const WRONG = { status: 401, body: { error: "invalid_code" } };
const DISABLED = { status: 403, body: { error: "method_disabled" } };

describe("requesting a code", () => {
  it("responds alike for a known and an unknown address, and creates no user", async () => {
    const known = (await someSession(app.id)).email;
    const unknown = someEmail();
    const [a, b] = [await ask(known), await ask(unknown)];
    expect([a.status, a.body]).toEqual([b.status, b.body]);
    expect(a).toMatchObject({ status: 202, body: { status: "sent" } });
    expect(await db().user.count({ where: { appId: app.id, emailCanonical: unknown } })).toBe(0);
  });

  it("sends 6 digits and no link, and the event names no code", async () => {
    const { email, code } = await mailedCode();
    const { content, template } = await lastMail(email);
    expect(template).toBe("sign_in_code");
    expect(code).toMatch(/^\d{6}$/);
    expect(content.links).toEqual([]);
    expect(content.text).not.toContain("/api/auth/verify");
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, type: "email_code.sent" },
      orderBy: { id: "desc" },
    });
    expect(event).toMatchObject({ targetType: "one_time" });
    expect(JSON.stringify(event)).not.toContain(code);
  });

  it("sends at most five in ten minutes to one address, even if 20 are requested at once", async () => {
    const email = someEmail();
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(email)));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await mailsTo(email)).toBe(5);
  });

  it.each([{ signups: "closed" }, { signups: "invite_only" }, { allowed_email_domains: ["corp.example"] }])(
    "%j: no email goes to new people, and users still get theirs",
    async (settings) => {
      const strict = await withSettings({});
      const { email } = await someSession(strict.id);
      await updateApp(strict.id, { settings }, OPERATOR);
      const stranger = someEmail();
      expect((await ask(stranger, strict)).status).toBe(202);
      expect((await ask(email, strict)).status).toBe(202);
      expect(await mailsTo(stranger, strict)).toBe(0);
      expect(await lastMail(email)).toMatchObject({ template: "sign_in_code" });
    },
  );

  it.each([undefined, "", "bob", 7, "bob@example.com, eve@example.com"])("400 for the email %j", async (email) => {
    expect(await ask(email)).toMatchObject({ status: 400, body: { fields: { email: expect.any(String) } } });
  });

  it("rejects a missing key, another app's key, and an app without the method", async () => {
    const email = someEmail();
    const params = { app_id: app.id };
    expect((await call(send, { params, body: { email } })).status).toBe(401);
    expect((await call(send, { params, body: { email }, bearer: otherApp.apiKey })).status).toBe(404);
    expect(await ask(email, await someApp())).toMatchObject(DISABLED);
  });
});

describe("redeeming a code", () => {
  it("signs a new user in once, with a verified email address", async () => {
    const { email, code } = await mailedCode();
    const answer = await redeem({ email, code });
    expect(answer).toMatchObject({ status: 200, body: { user: { email, email_verified: true } } });
    expect(claimsOf(answer.body.token)).toMatchObject({ amr: ["otp"] });
    expect((await call(meRoute, { bearer: answer.body.token })).body.email).toBe(email);
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, userId: answer.body.user.id },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ type, explanation }) => [type, explanation])).toEqual([
      ["user.signed_up", { method: "email_code" }],
      ["user.signed_in", { method: "email_code" }],
    ]);
    expect(await redeem({ email, code })).toMatchObject(WRONG);
  });

  it("verifies the email address of a user, whose unverified password is removed", async () => {
    const { email, userId } = await someSession(app.id);
    const answer = await redeem(await mailedCode(email));
    expect(answer.body.user).toMatchObject({ id: userId, email_verified: true });
    const user = await db().user.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: userId } } });
    expect(user.passwordHash).toBeNull();
    expect(await lastMail(email)).toMatchObject({ template: "password_removed" });
  });

  it.each([
    ["spaces", (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} `],
    ["Arabic digits", (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))],
    [
      "full-width digits",
      (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ],
  ])("reads a code with %s", async (_title, typed) => {
    const { email, code } = await mailedCode();
    expect((await redeem({ email, code: typed(code) })).status).toBe(200);
  });

  it("works once of 20 at once", async () => {
    const { email, code } = await mailedCode();
    const all = await Promise.all(Array.from({ length: 20 }, () => redeem({ email, code })));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await db().session.count({ where: { appId: app.id, user: { emailCanonical: email } } })).toBe(1);
  });

  it("works no more after five wrong codes, and not for another address, app or time", async () => {
    const { email, code } = await mailedCode();
    const wrong = code === "000000" ? "000001" : "000000";
    for (let time = 0; time < 5; time++) expect(await redeem({ email, code: wrong })).toMatchObject(WRONG);
    expect(await redeem({ email, code })).toMatchObject(WRONG);

    const fresh = await mailedCode();
    expect(await redeem({ ...fresh, email: someEmail() })).toMatchObject(WRONG);
    expect(await redeem(fresh, otherApp)).toMatchObject(WRONG);
    freezeClock(new Date(nowMs() + 15 * 60_000 + 1000));
    expect(await redeem(fresh)).toMatchObject(WRONG);
  });

  it("of each email works only while its method is enabled", async () => {
    const both = await withSettings({ methods: { magic_link: true, email_code: true } });
    const linkEmail = someEmail();
    await call(sendLink, { params: { app_id: both.id }, bearer: both.apiKey, body: { email: linkEmail } });
    const ofLink = { email: linkEmail, code: (await lastMail(linkEmail)).content.code ?? "" };
    const alone = await mailedCode(someEmail(), both);
    const methods = (magic_link: boolean, email_code: boolean) =>
      updateApp(both.id, { settings: { methods: { magic_link, email_code } } }, OPERATOR);

    await methods(false, false);
    expect(await redeem(alone, both)).toMatchObject(DISABLED);
    await methods(true, false);
    expect(await redeem(alone, both)).toMatchObject(WRONG);
    await methods(false, true);
    expect(await redeem(ofLink, both)).toMatchObject(WRONG);
    await methods(true, true);
    expect((await redeem(ofLink, both)).status).toBe(200);
    expect((await redeem(alone, both)).status).toBe(200);
  });

  it("fails for a disabled user, and for a stranger once sign-up is closed", async () => {
    const own = await withSettings({});
    const { email, userId } = await someSession(own.id);
    const ofUser = await mailedCode(email, own);
    const ofStranger = await mailedCode(someEmail(), own);
    await db().user.update({ where: { appId_id: { appId: own.id, id: userId } }, data: { disabledAt: new Date() } });
    await updateApp(own.id, { settings: { signups: "closed" } }, OPERATOR);
    expect(await redeem(ofUser, own)).toMatchObject({ status: 403, body: { error: "user_disabled" } });
    expect(await redeem(ofStranger, own)).toMatchObject({ status: 403, body: { error: "signup_closed" } });
  });
});
