/** The second step of a sign-in through the API: authenticator apps and recovery codes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { freezeClock, nowMs } from "@/lib/clock";
import { db } from "@/lib/database/client";
import * as attempts from "@/lib/limits/attempts";
import { ask, isLive, logIn } from "@/test/support/account";
import { SOME_PASSWORD, someApp, someSession, type TestApp } from "@/test/support/factories";
import {
  addTotp,
  codeOf,
  firstStep,
  mfa,
  nextStep,
  someTotpUser,
  type TestFactor,
  wrongCodeOf,
} from "@/test/support/factors";
import { lastMail } from "@/test/support/mailbox";
import { manage } from "@/test/support/manage";
import { recordStatements } from "@/test/support/query-plans";

let app: TestApp;
let neighbor: TestApp;
let user: TestFactor;
beforeAll(async () => {
  freezeClock(new Date());
  [app, neighbor] = [await someApp(), await someApp("Neighbor")];
});
beforeEach(async () => {
  user = await someTotpUser(app);
});
afterAll(() => freezeClock(null));

const INVALID_CODE = { status: 401, body: { error: "invalid_code" } };
const INVALID_TOKEN = { status: 401, body: { error: "invalid_token" } };

function claimsOf(token: string) {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

async function refreshed(refresh_token: string) {
  return claimsOf((await ask(`/api/auth/refresh/${app.id}`, { body: { refresh_token } })).body.token);
}

function sessionsOf(userId: string) {
  return db().session.count({ where: { userId } });
}

describe("a password sign-in of a user with an authenticator app", () => {
  it("answers 403 without a session, and the code completes it", async () => {
    const before = await sessionsOf(user.userId);
    const first = await logIn(app, user.email);
    expect(first).toMatchObject({ status: 403, body: { error: "mfa_required", methods: ["totp"] } });
    expect(Object.keys(first.body)).not.toContain("token");
    expect(await sessionsOf(user.userId)).toBe(before);
    const { status, body } = await mfa.verify(app, { mfa_token: first.body.mfa_token, code: codeOf(user.secret) });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", user: { id: user.userId } });
    expect(claimsOf(body.token)).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mfa"], sub: user.userId });
    expect(await isLive(body.token)).toBe(true);
  });

  it.each([
    ["with a space", (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
    ["in Arabic digits", (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))],
    [
      "in full-width digits",
      (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ],
  ])("reads a code %s", async (_, write) => {
    const token = await firstStep(app, user.email);
    expect((await mfa.verify(app, { mfa_token: token, code: write(codeOf(user.secret)) })).status).toBe(200);
  });

  it("accepts the code of one step before and after, and none further", async () => {
    nextStep(3);
    for (const [steps, status] of [
      [-2, 401],
      [-1, 200],
      [2, 401],
      [1, 200],
    ] as const) {
      const token = await firstStep(app, user.email);
      expect((await mfa.verify(app, { mfa_token: token, code: codeOf(user.secret, steps) })).status).toBe(status);
    }
  });

  it("rejects the code of a used step and of an earlier one", async () => {
    const code = codeOf(user.secret);
    await mfa.verify(app, { mfa_token: await firstStep(app, user.email), code });
    for (const used of [code, codeOf(user.secret, -1)])
      expect(await mfa.verify(app, { mfa_token: await firstStep(app, user.email), code: used })).toMatchObject(
        INVALID_CODE,
      );
  });

  it("rejects another user's code", async () => {
    const other = await someTotpUser(app);
    const token = await firstStep(app, user.email);
    expect(await mfa.verify(app, { mfa_token: token, code: codeOf(other.secret) })).toMatchObject(INVALID_CODE);
  });

  it("records a wrong code as an event, and keeps the mfa_token", async () => {
    const token = await firstStep(app, user.email);
    expect(await mfa.verify(app, { mfa_token: token, code: wrongCodeOf(user.secret) })).toMatchObject(INVALID_CODE);
    const where = { appId: app.id, userId: user.userId, type: "user.second_factor_failed" };
    expect(await db().auditEvent.count({ where })).toBeGreaterThan(0);
    expect((await mfa.verify(app, { mfa_token: token, code: codeOf(user.secret) })).status).toBe(200);
  });
});

describe("an mfa_token", () => {
  it("works once", async () => {
    const token = await firstStep(app, user.email);
    expect((await mfa.verify(app, { mfa_token: token, code: codeOf(user.secret) })).status).toBe(200);
    nextStep();
    expect(await mfa.verify(app, { mfa_token: token, code: codeOf(user.secret) })).toMatchObject(INVALID_TOKEN);
  });

  it("belongs to its app", async () => {
    const token = await firstStep(app, user.email);
    expect(await mfa.verify(neighbor, { mfa_token: token, code: codeOf(user.secret) })).toMatchObject(INVALID_TOKEN);
    const twin = await someTotpUser(neighbor, user.email);
    expect(await mfa.verify(neighbor, { mfa_token: token, code: codeOf(twin.secret) })).toMatchObject(INVALID_TOKEN);
  });

  it("expires after five minutes", async () => {
    const token = await firstStep(app, user.email);
    nextStep(10);
    expect(await mfa.verify(app, { mfa_token: token, code: codeOf(user.secret) })).toMatchObject(INVALID_TOKEN);
  });

  it.each(["", "x", "a".repeat(43)])("%j is rejected", async (token) => {
    const { status } = await mfa.verify(app, { mfa_token: token, code: "123456" });
    expect(status).toBe(token === "" ? 400 : 401);
  });

  it("doesn't survive a new password", async () => {
    const bob = await someTotpUser(app);
    const token = await firstStep(app, bob.email);
    nextStep();
    await manage(app, "PATCH", `/users/${bob.userId}`, { body: { password: "a new horse battery" } });
    expect(await mfa.verify(app, { mfa_token: token, code: codeOf(bob.secret) })).toMatchObject(INVALID_TOKEN);
  });

  it("doesn't survive a change of factors", async () => {
    const bob = await someTotpUser(app);
    const token = await firstStep(app, bob.email);
    nextStep();
    await mfa.renewCodes(app, bob.token);
    const moved = await addTotp(app, bob);
    nextStep();
    for (const { secret } of [bob, moved])
      expect(await mfa.verify(app, { mfa_token: token, code: codeOf(secret) })).toMatchObject(INVALID_TOKEN);
  });

  it.each([
    ["disabled", (id: string) => manage(app, "PATCH", `/users/${id}`, { body: { disabled: true } })],
    ["deleted", (id: string) => manage(app, "DELETE", `/users/${id}`)],
  ])("is invalid once the user is %s", async (_, change) => {
    const bob = await someTotpUser(app);
    const token = await firstStep(app, bob.email);
    expect((await change(bob.userId)).status).toBeLessThan(300);
    expect(await mfa.verify(app, { mfa_token: token, code: codeOf(bob.secret) })).toMatchObject(INVALID_TOKEN);
  });

  it("of an app that turned authenticator apps off can't be completed with one", async () => {
    const own = await someApp();
    const bob = await someTotpUser(own);
    const token = await firstStep(own, bob.email);
    await manage(own, "PATCH", "", { body: { settings: { mfa_methods: ["passkey"] } } });
    expect(await mfa.verify(own, { mfa_token: token, code: codeOf(bob.secret) })).toMatchObject(INVALID_CODE);
  });
});

describe("a sign-in with an authenticator app", () => {
  it("takes three statements after the password", async () => {
    const body = { mfa_token: await firstStep(app, user.email), code: codeOf(user.secret) };
    const statements = await recordStatements(() => mfa.verify(app, body));
    expect(statements.map(({ name }) => name)).toEqual(["pending-with-totp", "attempt-count", "totp-sign-in"]);
  });

  it("writes the session, the event and the used step, and deletes the count", async () => {
    const mfa_token = await firstStep(app, user.email);
    await mfa.verify(app, { mfa_token, code: wrongCodeOf(user.secret) });
    const { body } = await mfa.verify(app, { mfa_token, code: codeOf(user.secret) });
    const { sid } = claimsOf(body.token);
    const session = await db().session.findFirstOrThrow({ where: { id: sid } });
    expect(session).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mfa"], kind: "api" });
    expect(session.factorAt).toEqual(session.authTime);
    const event = await db().auditEvent.findFirstOrThrow({ where: { sessionId: sid } });
    expect(event).toMatchObject({ type: "user.signed_in", actorId: user.userId, explanation: { method: "password" } });
    const factor = await db().factor.findFirstOrThrow({ where: { userId: user.userId } });
    expect(factor.lastStep).toBe(Math.floor(nowMs() / 30_000));
    expect(await refreshed(body.refresh_token)).toMatchObject({ acr: "2" });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["gets a new password", () => manage(app, "PATCH", `/users/${user.userId}`, { body: { password: "a new horse" } })],
    ["is disabled", () => manage(app, "PATCH", `/users/${user.userId}`, { body: { disabled: true } })],
    ["is deleted", () => manage(app, "DELETE", `/users/${user.userId}`)],
    ["loses the factors", () => manage(app, "DELETE", `/users/${user.userId}/factors`)],
    ["has used the step", () => db().factor.updateMany({ where: { userId: user.userId }, data: { lastStep: 2e9 } })],
  ])("is rejected if the user %s while the code is checked", async (_, change) => {
    const mfa_token = await firstStep(app, user.email);
    const before = await sessionsOf(user.userId);
    const { countAttempt } = attempts;
    const spy = vi.spyOn(attempts, "countAttempt").mockImplementationOnce(async (key) => {
      await change();
      return countAttempt(key);
    });
    const answer = await mfa.verify(app, { mfa_token, code: codeOf(user.secret) });
    expect(spy).toHaveBeenCalledOnce();
    spy.mockRestore();
    expect(answer).toMatchObject(INVALID_CODE);
    expect(await db().session.count({ where: { userId: user.userId, revokedAt: null } })).toBeLessThanOrEqual(before);
  });
});

describe("twenty at once", () => {
  it("with the same mfa_token and code: one passes", async () => {
    const bob = await someTotpUser(app);
    const token = await firstStep(app, bob.email);
    const before = await sessionsOf(bob.userId);
    const body = { mfa_token: token, code: codeOf(bob.secret) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => mfa.verify(app, body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect([...new Set(answers.map(({ status }) => status))].every((status) => [200, 401, 429].includes(status))).toBe(
      true,
    );
    expect(await sessionsOf(bob.userId)).toBe(before + 1);
  });

  it("with a sign-in each and the same code: one passes", async () => {
    const bob = await someTotpUser(app);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => firstStep(app, bob.email)));
    const code = codeOf(bob.secret);
    const answers = await Promise.all(tokens.map((token) => mfa.verify(app, { mfa_token: token, code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("with the same recovery code: one passes", async () => {
    const bob = await someTotpUser(app);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => firstStep(app, bob.email)));
    const [recovery_code] = bob.recoveryCodes;
    const answers = await Promise.all(tokens.map((token) => mfa.verify(app, { mfa_token: token, recovery_code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await db().recoveryCode.count({ where: { userId: bob.userId, usedAt: null } })).toBe(9);
  });
});

describe("a recovery code", () => {
  it("stands in for the factor once, with an event and an email that says how many are left", async () => {
    const bob = await someTotpUser(app);
    const [recovery_code = ""] = bob.recoveryCodes;
    expect(bob.recoveryCodes).toHaveLength(10);
    const typed = recovery_code.toUpperCase().replaceAll("-", " ").replaceAll("0", "O").replaceAll("1", "l");
    const { status, body } = await mfa.verify(app, {
      mfa_token: await firstStep(app, bob.email),
      recovery_code: typed,
    });
    expect(status).toBe(200);
    expect(claimsOf(body.token).acr).toBe("2");
    expect((await lastMail(bob.email)).content.text).toContain("You have 9 left");
    const where = { appId: app.id, userId: bob.userId, type: "user.recovery_code_used" };
    expect((await db().auditEvent.findFirstOrThrow({ where })).explanation).toEqual({ codes_left: 9 });
    const again = { mfa_token: await firstStep(app, bob.email), recovery_code };
    expect(await mfa.verify(app, again)).toMatchObject(INVALID_CODE);
  });

  it("of another user is wrong, also of the same user at another app", async () => {
    const [bob, carol, twin] = [
      await someTotpUser(app),
      await someTotpUser(app),
      await someTotpUser(neighbor, user.email),
    ];
    const token = await firstStep(app, bob.email);
    for (const recovery_code of [carol.recoveryCodes[0], twin.recoveryCodes[0]])
      expect(await mfa.verify(app, { mfa_token: token, recovery_code })).toMatchObject(INVALID_CODE);
  });
});

describe("failures", () => {
  it("count per account, across sign-ins, and success resets them", async () => {
    const bob = await someTotpUser(app);
    const tokens = [await firstStep(app, bob.email), await firstStep(app, bob.email)];
    const guess = (n: number) => mfa.verify(app, { mfa_token: tokens[n % 2], code: wrongCodeOf(bob.secret) });
    for (let n = 0; n < 5; n++) expect((await guess(n)).status).toBe(401);
    const limited = await guess(5);
    expect(limited).toMatchObject({ status: 429, body: { error: "rate_limited" } });
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    const right = { mfa_token: tokens[0], code: codeOf(bob.secret) };
    expect((await mfa.verify(app, right)).status).toBe(429);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await mfa.verify(app, right)).status).toBe(200);
    nextStep();
    for (let n = 0; n < 5; n++) {
      const token = await firstStep(app, bob.email);
      expect((await mfa.verify(app, { mfa_token: token, code: wrongCodeOf(bob.secret) })).status).toBe(401);
    }
  });
});

describe("the body", () => {
  it.each([
    ["nothing", {}],
    ["no answer", { mfa_token: "x" }],
    ["two answers", { mfa_token: "x", code: "123456", recovery_code: "a" }],
    ["a number", { mfa_token: "x", code: 123456 }],
    ["an unknown member", { mfa_token: "x", code: "123456", otp: "1" }],
  ])("with %s is rejected", async (_, body) => {
    expect(await mfa.verify(app, body)).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });

  it("can come with the app's API key, but not with a wrong one", async () => {
    const token = await firstStep(app, user.email);
    const path = `/api/auth/mfa/verify/${app.id}`;
    const body = { mfa_token: token, code: codeOf(user.secret) };
    expect((await ask(path, { body, bearer: neighbor.apiKey })).status).toBe(404);
    expect((await ask(path, { body, bearer: app.apiKey })).status).toBe(200);
  });
});

it("asks no user while the app's policy is off", async () => {
  const own = await someApp();
  const bob = await someTotpUser(own);
  await manage(own, "PATCH", "", { body: { settings: { mfa: "off" } } });
  expect((await logIn(own, bob.email, SOME_PASSWORD)).status).toBe(200);
  const carol = await someSession(own.id);
  expect((await logIn(own, carol.email)).status).toBe(200);
});
