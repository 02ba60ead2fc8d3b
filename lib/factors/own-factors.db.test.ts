/** What users change about their own factors through the API, and what owners reset. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freezeClock, nowMs } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { ask, askAs, isLive, logIn } from "@/test/support/account";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { addTotp, codeOf, firstStep, mfa, nextStep, someTotpUser, wrongCodeOf } from "@/test/support/factors";
import { lastMail } from "@/test/support/mailbox";
import { manage, manageAs } from "@/test/support/manage";

let app: TestApp;
let neighbor: TestApp;
beforeAll(async () => {
  freezeClock(new Date());
  [app, neighbor] = [await someApp(), await someApp("Neighbor")];
});
afterAll(() => freezeClock(null));

const INSUFFICIENT = { status: 403, body: { error: "insufficient_user_authentication", max_age: 600 } };
const twenty = <T>(run: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, run));

function minutesLater(minutes: number) {
  freezeClock(new Date(nowMs() + minutes * 60_000));
}

async function factorsOf(userId: string) {
  const { factors } = await db().user.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: userId } } });
  return factors;
}

function events(userId: string, type: string) {
  return db().auditEvent.findMany({ where: { appId: app.id, userId, type } });
}

describe("an enrollment", () => {
  it("shows the secret, its URI and a QR code, and changes nothing until it is confirmed", async () => {
    const { token, email, userId } = await someSession(app.id);
    const { status, body } = await mfa.enroll(app, { bearer: token });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(["otpauth_uri", "qr_svg", "secret"]);
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body.otpauth_uri).toContain(`secret=${body.secret}`);
    expect(decodeURIComponent(body.otpauth_uri)).toContain(`Test App:${email}`);
    expect(body.qr_svg).toMatch(/^<svg /);
    expect(await factorsOf(userId)).toEqual([]);
    expect((await logIn(app, email)).status).toBe(200);
  });

  it("is confirmed once by twenty at once, with ten recovery codes, an event and an email", async () => {
    const { token, userId, email } = await someSession(app.id);
    const { secret } = (await mfa.enroll(app, { bearer: token })).body;
    const answers = await twenty(() => mfa.confirm(app, { bearer: token, body: { code: codeOf(secret) } }));
    const confirmed = answers.filter(({ status }) => status === 200);
    expect(confirmed).toHaveLength(1);
    expect(Object.keys(confirmed[0]?.body)).toEqual(["recovery_codes"]);
    expect(new Set(confirmed[0]?.body.recovery_codes).size).toBe(10);
    // 403: a request that saw the factor, and the session before it was raised.
    expect(answers.filter(({ status }) => ![200, 401, 403].includes(status))).toEqual([]);
    expect(await db().factor.count({ where: { userId } })).toBe(1);
    expect(await db().recoveryCode.count({ where: { userId } })).toBe(10);
    expect(await factorsOf(userId)).toEqual(["totp"]);
    expect(await events(userId, "user.factor_added")).toHaveLength(1);
    expect((await lastMail(email)).template).toBe("factor_changed");
  });

  it("uses the step of its code up", async () => {
    const { token, ...user } = await someSession(app.id);
    const { secret } = await addTotp(app, { token, ...user });
    const body = { mfa_token: await firstStep(app, user.email), code: codeOf(secret) };
    expect((await mfa.verify(app, body)).body.error).toBe("invalid_code");
  });

  it("stores the secret encrypted", async () => {
    const { userId, secret } = await someTotpUser(app);
    const factor = await db().factor.findFirstOrThrow({ where: { userId } });
    expect(factor.secret).toMatch(/^s1\.\d+\./);
    expect(JSON.stringify(factor)).not.toContain(secret);
  });

  it("is replaced by a newer one, and expires after ten minutes", async () => {
    const { token } = await someSession(app.id);
    const first = (await mfa.enroll(app, { bearer: token })).body.secret;
    const second = (await mfa.enroll(app, { bearer: token })).body.secret;
    const confirm = (secret: string) => mfa.confirm(app, { bearer: token, body: { code: codeOf(secret) } });
    expect((await confirm(first)).body.error).toBe("invalid_code");
    expect((await mfa.confirm(app, { bearer: token, body: { code: wrongCodeOf(second) } })).status).toBe(401);
    minutesLater(9);
    const third = (await mfa.enroll(app, { bearer: token })).body.secret;
    minutesLater(0.9);
    expect((await confirm(third)).status).toBe(200);
    const late = await someSession(app.id);
    const expired = (await mfa.enroll(app, { bearer: late.token })).body.secret;
    await db().oneTimeToken.updateMany({ where: { userId: late.userId }, data: { expiresAt: new Date(nowMs()) } });
    const answer = await mfa.confirm(app, { bearer: late.token, body: { code: codeOf(expired) } });
    expect(answer.body.error).toBe("invalid_code");
  });

  it("belongs to its user and its app", async () => {
    const [bob, carol] = [await someSession(app.id), await someSession(app.id)];
    const { secret } = (await mfa.enroll(app, { bearer: bob.token })).body;
    const body = { code: codeOf(secret) };
    expect((await mfa.confirm(app, { bearer: carol.token, body })).status).toBe(401);
    expect((await mfa.confirm(neighbor, { bearer: bob.token, body })).status).toBe(404);
    expect((await mfa.enroll(neighbor, { bearer: bob.token })).status).toBe(404);
  });

  it("of another authenticator app replaces the former one when it is confirmed", async () => {
    const bob = await someTotpUser(app);
    const { secret } = (await mfa.enroll(app, { bearer: bob.token })).body;
    const old = { mfa_token: await firstStep(app, bob.email), code: codeOf(bob.secret) };
    expect((await mfa.verify(app, old)).status).toBe(200);
    const confirmed = await mfa.confirm(app, { bearer: bob.token, body: { code: codeOf(secret) } });
    expect(confirmed).toMatchObject({ status: 200, body: {} });
    expect(confirmed.body).toEqual({});
    nextStep();
    const codes = [codeOf(bob.secret), codeOf(secret)];
    const answers = [];
    for (const code of codes)
      answers.push((await mfa.verify(app, { mfa_token: await firstStep(app, bob.email), code })).status);
    expect(answers).toEqual([401, 200]);
    expect((await mfa.list(app, bob.token)).body.data).toHaveLength(1);
    // Both events may be of one millisecond.
    const added = (await events(bob.userId, "user.factor_added")).map(({ explanation }) => explanation);
    expect(added).toContainEqual(expect.objectContaining({ replaced: true }));
  });

  it("raises the session: the next change needs no new sign-in, and its next token has acr 2", async () => {
    const bob = await addTotp(app, await someSession(app.id));
    expect((await mfa.renewCodes(app, bob.token)).status).toBe(200);
    const refreshed = await ask(`/api/auth/refresh/${app.id}`, { body: { refresh_token: bob.refreshToken } });
    const claims = JSON.parse(Buffer.from(refreshed.body.token.split(".")[1], "base64url").toString());
    expect(claims).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mfa"] });
  });
});

describe("an enrollment during a sign-in", () => {
  async function required() {
    const own = await someApp();
    const bob = await someSession(own.id);
    await manage(own, "PATCH", "", { body: { settings: { mfa: "required" } } });
    const { status, body } = await logIn(own, bob.email);
    expect({ status, error: body.error }).toEqual({ status: 403, error: "mfa_enrollment_required" });
    return { own, bob, mfa_token: body.mfa_token as string };
  }

  it("completes it, with the recovery codes beside the session", async () => {
    const { own, bob, mfa_token } = await required();
    const { secret } = (await mfa.enroll(own, { body: { mfa_token } })).body;
    const body = { mfa_token, code: codeOf(secret) };
    const answers = await twenty(() => mfa.confirm(own, { body }));
    const [done, ...more] = answers.filter(({ status }) => status === 200);
    expect(more).toEqual([]);
    expect(done?.body).toMatchObject({ token_type: "Bearer", user: { id: bob.userId } });
    expect(done?.body.recovery_codes).toHaveLength(10);
    expect(await isLive(done?.body.token)).toBe(true);
    expect((await mfa.renewCodes(own, done?.body.token)).status).toBe(200);
    expect((await mfa.confirm(own, { body })).body.error).toBe("invalid_token");
  });

  it("abandoned halfway changes nothing: the next sign-in asks again", async () => {
    const { own, bob, mfa_token } = await required();
    await mfa.enroll(own, { body: { mfa_token } });
    minutesLater(6);
    expect((await mfa.enroll(own, { body: { mfa_token } })).body.error).toBe("invalid_token");
    expect((await logIn(own, bob.email)).body.error).toBe("mfa_enrollment_required");
    expect(await db().factor.count({ where: { userId: bob.userId } })).toBe(0);
  });

  it("rejects a wrong code, another app's mfa_token, and a request without credentials", async () => {
    const { own, mfa_token } = await required();
    const { secret } = (await mfa.enroll(own, { body: { mfa_token } })).body;
    expect((await mfa.confirm(own, { body: { mfa_token, code: wrongCodeOf(secret) } })).body.error).toBe(
      "invalid_code",
    );
    expect((await mfa.confirm(app, { body: { mfa_token, code: codeOf(secret) } })).body.error).toBe("invalid_token");
    expect((await mfa.enroll(own, { body: {} })).body.error).toBe("unauthorized");
    expect((await mfa.confirm(own, { body: { code: codeOf(secret) } })).body.error).toBe("unauthorized");
  });

  it("is no way around a factor that the user has", async () => {
    const bob = await someTotpUser(app);
    const mfa_token = await firstStep(app, bob.email);
    const enroll = await mfa.enroll(app, { body: { mfa_token } });
    expect(enroll).toMatchObject({ status: 403, body: { error: "mfa_required", methods: ["totp"] } });
    const confirm = await mfa.confirm(app, { body: { mfa_token, code: "123456" } });
    expect(confirm).toMatchObject({ status: 403, body: { error: "mfa_required" } });
  });
});

describe("a session that isn't fresh", () => {
  it("of a user without a factor must sign in again after ten minutes", async () => {
    const { token } = await someSession(app.id);
    minutesLater(11);
    expect(await mfa.enroll(app, { bearer: token })).toMatchObject({ ...INSUFFICIENT, body: { acr_values: "1" } });
  });

  it("of a user with a factor must use it, also right after a password sign-in before the factor", async () => {
    const { email, token } = await someSession(app.id);
    const stolen = (await logIn(app, email)).body.token;
    const bob = await addTotp(app, { email, token, userId: "", refreshToken: "" });
    const { data } = (await mfa.list(app, bob.token)).body;
    const changes = [
      () => mfa.enroll(app, { bearer: stolen }),
      () => mfa.confirm(app, { bearer: stolen, body: { code: "123456" } }),
      () => mfa.renewCodes(app, stolen),
      () => mfa.remove(app, stolen, data[0].id),
    ];
    for (const change of changes)
      expect(await change()).toMatchObject({ ...INSUFFICIENT, body: { acr_values: "2", max_age: 600 } });
    minutesLater(11);
    expect(await mfa.remove(app, bob.token, data[0].id)).toMatchObject(INSUFFICIENT);
    const body = { mfa_token: await firstStep(app, email), code: codeOf(bob.secret) };
    const fresh = (await mfa.verify(app, body)).body.token;
    expect((await mfa.remove(app, fresh, data[0].id)).status).toBe(204);
  });
});

describe("factors of a user", () => {
  it("are listed without their secrets", async () => {
    const bob = await someTotpUser(app);
    const shown = (await mfa.list(app, bob.token)).body;
    expect(shown).toEqual({
      data: [
        {
          id: expect.stringMatching(/^fac_/),
          type: "totp",
          name: null,
          created_at: expect.any(String),
          last_used_at: expect.any(String),
        },
      ],
    });
    expect((await manage(app, "GET", `/users/${bob.userId}/factors`)).body).toEqual(shown);
  });

  it("are in the account export, without secrets and codes", async () => {
    const bob = await someTotpUser(app);
    const { status, body } = await ask("/api/me/export", { bearer: bob.token });
    expect(status).toBe(200);
    expect(body.factors).toMatchObject([{ type: "totp" }]);
    expect([body.recovery_codes_left, body.remembered_browsers]).toEqual([10, []]);
    expect(body.sessions[0]).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mfa"] });
    const { secret } = await db().factor.findFirstOrThrow({ where: { userId: bob.userId } });
    for (const hidden of [secret, bob.secret, ...bob.recoveryCodes]) expect(JSON.stringify(body)).not.toContain(hidden);
  });

  it("are removed once by twenty at once, with the recovery codes", async () => {
    const bob = await someTotpUser(app);
    const [{ id }] = (await mfa.list(app, bob.token)).body.data;
    const stranger = await someTotpUser(app);
    expect((await mfa.remove(app, stranger.token, id)).status).toBe(404);
    const answers = await twenty(() => mfa.remove(app, bob.token, id));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(await db().recoveryCode.count({ where: { userId: bob.userId } })).toBe(0);
    expect(await events(bob.userId, "user.factor_removed")).toHaveLength(1);
    expect((await logIn(app, bob.email)).status).toBe(200);
  });

  it("are reset by the owner, with an event and an email, and not with a neighbor's key", async () => {
    const bob = await someTotpUser(app);
    const path = `/users/${bob.userId}/factors`;
    expect((await manageAs(neighbor, app, "DELETE", path)).status).toBe(404);
    expect((await manage(neighbor, "DELETE", path)).status).toBe(404);
    const mfa_token = await firstStep(app, bob.email);
    expect((await manage(app, "DELETE", path)).status).toBe(204);
    expect((await mfa.verify(app, { mfa_token, code: codeOf(bob.secret) })).body.error).toBe("invalid_token");
    expect((await logIn(app, bob.email)).status).toBe(200);
    expect(await db().recoveryCode.count({ where: { userId: bob.userId } })).toBe(0);
    expect(await events(bob.userId, "user.factors_reset")).toMatchObject([{ actorType: "key" }]);
    expect((await lastMail(bob.email)).content.text).toContain("were removed");
  });

  it("are removed one by one by the owner", async () => {
    const bob = await someTotpUser(app);
    const [{ id }] = (await manage(app, "GET", `/users/${bob.userId}/factors`)).body.data;
    const other = await someTotpUser(app);
    expect((await manage(app, "DELETE", `/users/${other.userId}/factors/${id}`)).status).toBe(404);
    expect((await manage(app, "DELETE", `/users/${bob.userId}/factors/nonsense`)).status).toBe(404);
    expect((await manage(app, "DELETE", `/users/${bob.userId}/factors/${id}`)).status).toBe(204);
    expect((await manage(app, "DELETE", `/users/${bob.userId}/factors/${id}`)).status).toBe(404);
    expect(await factorsOf(bob.userId)).toEqual([]);
  });
});

describe("recovery codes", () => {
  it("are replaced: ten work after twenty at once, and the former ones don't", async () => {
    const bob = await someTotpUser(app);
    const answers = await twenty(() => mfa.renewCodes(app, bob.token));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await db().recoveryCode.count({ where: { userId: bob.userId } })).toBe(10);
    const former = { mfa_token: await firstStep(app, bob.email), recovery_code: bob.recoveryCodes[0] };
    expect((await mfa.verify(app, former)).body.error).toBe("invalid_code");
    const { recovery_codes } = (await mfa.renewCodes(app, bob.token)).body;
    expect((await mfa.verify(app, { ...former, recovery_code: recovery_codes[0] })).status).toBe(200);
    expect(await events(bob.userId, "user.recovery_codes_replaced")).toHaveLength(21);
  });

  it("need a factor", async () => {
    const { token } = await someSession(app.id);
    expect(await mfa.renewCodes(app, token)).toMatchObject({ status: 409, body: { error: "no_factor" } });
  });
});

it("leaves no factor on an account that the owner of its address claims", async () => {
  const email = someEmail();
  const squatter = await someTotpUser(app, email);
  await askAs(app, `/api/auth/magic-link/${app.id}`, { email });
  const { status, body } = await ask(`/api/auth/verify/${app.id}`, { body: { token: (await lastMail(email)).token } });
  expect({ status, id: body.user?.id }).toEqual({ status: 200, id: squatter.userId });
  expect(await db().factor.count({ where: { userId: squatter.userId } })).toBe(0);
  expect((await logIn(app, email, SOME_PASSWORD)).status).toBe(401);
});
