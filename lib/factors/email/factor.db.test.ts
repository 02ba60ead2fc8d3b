/** Emailed codes as a second factor, through the API. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { ask, askAs, logIn } from "@/test/support/account";
import { someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { codeOf, firstStep, mfa, nextStep, someTotpUser } from "@/test/support/factors";
import { lastMail } from "@/test/support/mailbox";
import { manage } from "@/test/support/manage";

let app: TestApp;
beforeAll(async () => {
  freezeClock(new Date());
  app = await someApp();
  await set(app, { mfa: "required", mfa_methods: ["totp", "email"] });
});
afterAll(() => freezeClock(null));

const INVALID_CODE = { status: 401, body: { error: "invalid_code" } };
const INVALID_TOKEN = { status: 401, body: { error: "invalid_token" } };

function set(where: TestApp, settings: object) {
  return manage(where, "PATCH", "", { body: { settings } });
}

/** A user with a verified address, without a factor. */
async function someVerified(where: TestApp, email = someEmail()) {
  const body = { email, email_verified: true, password: "correct horse battery" };
  const user = (await manage(where, "POST", "/users", { body })).body;
  return { userId: user.id as string, email };
}

async function emailedCode(email: string): Promise<string> {
  const { template, content } = await lastMail(email);
  expect(template).toBe("second_factor_code");
  return /\b\d{6}\b/.exec(content.text)?.[0] ?? "";
}

async function challenged(where: TestApp, email: string): Promise<{ token: string; code: string }> {
  const token = await firstStep(where, email);
  const answer = await mfa.challenge(where, { mfa_token: token, method: "email" });
  expect(answer).toMatchObject({ status: 202, body: { status: "sent" } });
  return { token, code: await emailedCode(email) };
}

function claimsOf(token: string) {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

describe("an emailed code under a policy that requires a second factor", () => {
  it("serves a verified address without enrollment, once", async () => {
    const { email } = await someVerified(app);
    expect((await logIn(app, email)).body).toMatchObject({ error: "mfa_required", methods: ["email"] });
    const { token, code } = await challenged(app, email);
    const { status, body } = await mfa.verify(app, { mfa_token: token, code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(status).toBe(200);
    expect(claimsOf(body.token)).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mca", "mfa"] });
    expect(await mfa.verify(app, { mfa_token: token, code })).toMatchObject(INVALID_TOKEN);
    expect(await mfa.verify(app, { mfa_token: await firstStep(app, email), code })).toMatchObject(INVALID_CODE);
  });

  it("verifies an address that wasn't verified, and completes the sign-up", async () => {
    const email = someEmail();
    const signedUp = await askAs(app, `/api/auth/credentials/signup/${app.id}`, {
      email,
      password: "correct horse battery",
    });
    expect(signedUp.body).toMatchObject({ error: "mfa_enrollment_required", methods: ["totp", "email"] });
    const mfa_token = signedUp.body.mfa_token;
    expect((await mfa.challenge(app, { mfa_token, method: "email" })).status).toBe(202);
    const { status, body } = await mfa.verify(app, { mfa_token, code: await emailedCode(email) });
    expect(status).toBe(200);
    expect(body.user).toMatchObject({ email, email_verified: true });
    expect((await ask("/api/me", { bearer: body.token })).body.email_verified).toBe(true);
  });

  it("belongs to its sign-in, its user and its app", async () => {
    const neighbor = await someApp();
    await set(neighbor, { mfa: "required", mfa_methods: ["email"] });
    const { email } = await someVerified(app);
    const twin = await someVerified(neighbor, email);
    const [first, second, other] = [
      await challenged(app, email),
      await challenged(app, email),
      await challenged(app, (await someVerified(app)).email),
    ];
    const foreign = await challenged(neighbor, twin.email);
    for (const { code } of [second, other, foreign].filter(({ code }) => code !== first.code))
      expect(await mfa.verify(app, { mfa_token: first.token, code })).toMatchObject(INVALID_CODE);
    expect((await mfa.verify(app, { mfa_token: first.token, code: first.code })).status).toBe(200);
  });

  it("passes once for twenty at once", async () => {
    const { email, userId } = await someVerified(app);
    const { token, code } = await challenged(app, email);
    const answers = await Promise.all(Array.from({ length: 20 }, () => mfa.verify(app, { mfa_token: token, code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await db().session.count({ where: { appId: app.id, userId } })).toBe(1);
  });

  it("is invalid after five attempts, and after ten minutes", async () => {
    const { email } = await someVerified(app);
    const { token, code } = await challenged(app, email);
    await db().oneTimeToken.updateMany({ where: { purpose: "factor_code", email }, data: { attempts: 5 } });
    expect(await mfa.verify(app, { mfa_token: token, code })).toMatchObject(INVALID_CODE);
    const late = await challenged(app, email);
    await db().oneTimeToken.updateMany({ where: { purpose: "factor_code", email }, data: { expiresAt: new Date(0) } });
    expect(await mfa.verify(app, { mfa_token: late.token, code: late.code })).toMatchObject(INVALID_CODE);
  });

  it("doesn't follow an emailed code or link", async () => {
    const { email } = await someVerified(app);
    await askAs(app, `/api/auth/magic-link/${app.id}`, { email });
    const { token } = await lastMail(email);
    const { status, body } = await ask(`/api/auth/verify/${app.id}`, { body: { token } });
    expect({ status, error: body.error, methods: body.methods }).toEqual({
      status: 403,
      error: "mfa_enrollment_required",
      methods: ["totp"],
    });
    const challenge = await mfa.challenge(app, { mfa_token: body.mfa_token, method: "email" });
    expect(challenge).toMatchObject({
      status: 400,
      body: { error: "invalid_request", fields: { method: expect.any(String) } },
    });
  });

  it("is sent at most five times in ten minutes, without telling the caller", async () => {
    const { email } = await someVerified(app);
    const token = await firstStep(app, email);
    const challenge = () => mfa.challenge(app, { mfa_token: token, method: "email" });
    for (let n = 0; n < 7; n++) expect((await challenge()).status).toBe(202);
    expect(await db().mail.count({ where: { appId: app.id, toCanonical: email } })).toBe(5);
  });

  it("stands beside an authenticator app: either code completes the sign-in", async () => {
    const own = await someApp();
    const user = await someTotpUser(own);
    await set(own, { mfa: "required", mfa_methods: ["totp", "email"] });
    await manage(own, "PATCH", `/users/${user.userId}`, { body: { email_verified: true } });
    expect((await logIn(own, user.email)).body.methods).toEqual(["totp", "email"]);
    const { token, code } = await challenged(own, user.email);
    expect((await mfa.verify(own, { mfa_token: token, code })).status).toBe(200);
    nextStep();
    const again = { mfa_token: await firstStep(own, user.email), code: codeOf(user.secret) };
    expect((await mfa.verify(own, again)).status).toBe(200);
  });
});

describe("a challenge", () => {
  it.each([
    ["an unknown mfa_token", { mfa_token: "x", method: "email" }, 401],
    ["an unknown method", { mfa_token: "x", method: "sms" }, 400],
    ["no method", { mfa_token: "x" }, 400],
  ])("with %s is rejected", async (_, body, status) => {
    expect((await mfa.challenge(app, body)).status).toBe(status);
  });

  it("of another app's sign-in is rejected", async () => {
    const { email } = await someVerified(app);
    const body = { mfa_token: await firstStep(app, email), method: "email" };
    expect(await mfa.challenge(await someApp(), body)).toMatchObject(INVALID_TOKEN);
  });
});

describe("emailed codes where the second factor is optional", () => {
  const start = (where: TestApp, bearer: string) => ask(`/api/auth/mfa/email/${where.id}`, { method: "POST", bearer });
  const confirm = (where: TestApp, bearer: string, code: string) =>
    ask(`/api/auth/mfa/email/${where.id}/confirm`, { bearer, body: { code } });

  it("serve the users who enabled them with a code, which brings recovery codes", async () => {
    const own = await someApp();
    await set(own, { mfa_methods: ["email"] });
    const { email, token, userId } = await someSession(own.id);
    expect((await logIn(own, email)).status).toBe(200);
    expect((await start(own, token)).status).toBe(202);
    const code = await emailedCode(email);
    expect((await confirm(own, (await someSession(own.id)).token, code)).status).toBe(401);
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(own, token, code)));
    const done = answers.filter(({ status }) => status === 200);
    expect(done).toHaveLength(1);
    expect(done[0]?.body.recovery_codes).toHaveLength(10);
    expect((await mfa.list(own, token)).body.data).toMatchObject([{ type: "email" }]);
    expect(await db().recoveryCode.count({ where: { userId } })).toBe(10);
    const signIn = await challenged(own, email);
    expect((await mfa.verify(own, { mfa_token: signIn.token, code: signIn.code })).status).toBe(200);
  });

  it("need the app's setting and an address", async () => {
    const own = await someApp();
    const { token } = await someSession(own.id);
    expect((await start(own, token)).body.error).toBe("method_disabled");
    expect((await confirm(own, token, "123456")).body.error).toBe("method_disabled");
  });
});
