import { randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, nowMs } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { isLive } from "@/test/support/account";
import type { Authenticator, Faults } from "@/test/support/authenticator";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { OPERATOR } from "@/test/support/oauth";
import { type PasskeyUser, passkeys, signInWith, someAuthenticator, somePasskeyUser } from "@/test/support/passkeys";

let app: TestApp;

beforeAll(async () => {
  app = await someApp();
});

function factorOf(user: PasskeyUser) {
  return db().factor.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: user.passkeyId } } });
}

function failures(reason: string, target = app) {
  return db().auditEvent.count({ where: { appId: target.id, type: "user.sign_in_failed", reason } });
}

const garbage = Buffer.from("ff".repeat(60), "hex");

describe("request options", () => {
  it("are the same for every caller: a challenge, the RP ID and no list of passkeys", async () => {
    await somePasskeyUser(app);
    const { status, body } = await passkeys.options(app);
    expect(status).toBe(200);
    expect(body).toEqual({
      rpId: "localhost",
      challenge: expect.stringMatching(/^[\w-]{70}$/),
      timeout: 300_000,
      userVerification: "required",
    });
  });

  it("write no row", async () => {
    const before = await db().usedToken.count({ where: { appId: app.id } });
    await passkeys.options(app);
    expect(await db().usedToken.count({ where: { appId: app.id } })).toBe(before);
  });
});

describe("sign-in", () => {
  it.each(["ES256", "EdDSA", "RS256"] as const)("works with %s and is two factors by itself", async (algorithm) => {
    const user = await somePasskeyUser(app, someAuthenticator({ algorithm }));
    const { status, body } = await signInWith(app, user.authenticator);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", user: { id: user.userId, email: user.email } });
    expect(decodeJwt(body.token)).toMatchObject({ sub: user.userId, acr: "phr", amr: ["hwk", "user", "mfa"] });
    expect(await isLive(body.token)).toBe(true);
    expect(await factorOf(user)).toMatchObject({ counter: 1n, lastUsedAt: expect.any(Date), synced: false });
  });

  it("says that a synced passkey isn't bound to a device, and accepts a counter that stays 0", async () => {
    const user = await somePasskeyUser(app, someAuthenticator({ synced: true }));
    for (let times = 0; times < 2; times++) {
      const { body } = await signInWith(app, user.authenticator);
      expect(decodeJwt(body.token).amr).toEqual(["swk", "user", "mfa"]);
    }
    expect(await factorOf(user)).toMatchObject({ counter: 0n, synced: true });
  });

  it("needs no second factor where the app requires one", async () => {
    const user = await somePasskeyUser(app);
    const before = await updateApp(app.id, { settings: { mfa: "required" } }, OPERATOR);
    expect(before.settings.mfa).toBe("required");
    expect((await signInWith(app, user.authenticator)).status).toBe(200);
    await updateApp(app.id, { settings: { mfa: "optional" } }, OPERATOR);
  });

  it("rejects the same answer again", async () => {
    const { authenticator } = await somePasskeyUser(app);
    const { body: options } = await passkeys.options(app);
    const answer = authenticator.get(options);
    expect((await passkeys.signIn(app, answer)).status).toBe(200);
    expect(await passkeys.signIn(app, answer)).toMatchObject({ status: 401, body: { error: "invalid_passkey" } });
  });

  it.each([true, false])("accepts one of 20 equal answers at once (synced: %s)", async (synced) => {
    const { authenticator } = await somePasskeyUser(app, someAuthenticator({ synced }));
    const { body: options } = await passkeys.options(app);
    const answer = authenticator.get(options);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => passkeys.signIn(app, answer, `198.51.100.${n}`)),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
  });

  it("accepts 20 different answers of a synced passkey at once", async () => {
    const { authenticator } = await somePasskeyUser(app, someAuthenticator({ synced: true }));
    const all = await Promise.all(Array.from({ length: 20 }, () => signInWith(app, authenticator)));
    expect(all.map(({ status }) => status)).toEqual(Array(20).fill(200));
  });

  it("of two answers at once with one counter, as of a copied passkey, accepts one and reports the other", async () => {
    const own = await someApp();
    const { authenticator } = await somePasskeyUser(own);
    const options = await Promise.all(Array.from({ length: 20 }, () => passkeys.options(own)));
    const answers = options.map(({ body }) => authenticator.get(body, { counter: 7 }));
    const all = await Promise.all(answers.map((answer, n) => passkeys.signIn(own, answer, `198.51.100.${n}`)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    await expect.poll(() => failures("passkey_counter", own)).toBeGreaterThan(0);
  });

  it("rejects a counter that goes back with an event, and keeps the higher one", async () => {
    const own = await someApp();
    const { authenticator, userId } = await somePasskeyUser(own);
    await signInWith(own, authenticator, { counter: 9 });
    for (const counter of [9, 8, 0]) {
      const { status, body } = await signInWith(own, authenticator, { counter });
      expect([status, body.error]).toEqual([401, "invalid_passkey"]);
      expect(body.error_description).toContain("counter went back");
    }
    await expect.poll(() => failures("passkey_counter", own)).toBe(1);
    const [event] = await db().auditEvent.findMany({ where: { appId: own.id, reason: "passkey_counter" } });
    expect(event).toMatchObject({ userId, count: 3 });
    const [factor] = await db().factor.findMany({ where: { appId: own.id } });
    expect(factor?.counter).toBe(9n);
  });

  it("a wrong signature can't report a copied passkey", async () => {
    const own = await someApp();
    const { authenticator } = await somePasskeyUser(own);
    await signInWith(own, authenticator, { counter: 9 });
    await signInWith(own, authenticator, { counter: 1, signature: randomBytes(70) });
    await expect.poll(() => failures("passkey_signature", own)).toBe(1);
    expect(await failures("passkey_counter", own)).toBe(0);
  });

  const wrong: [string, Faults, string][] = [
    ["an unknown challenge", { challenge: randomBytes(52).toString("base64url") }, "challenge"],
    ["an empty challenge", { challenge: "" }, "challenge"],
    ["another origin", { origin: "https://evil.example" }, "isn't one of this app's"],
    ["a subdomain of the origin", { origin: "http://evil.localhost" }, "isn't one of this app's"],
    ["a frame of another site", { crossOrigin: true }, "isn't one of this app's"],
    ["another RP ID", { rpId: "evil.example" }, "another domain"],
    ["the type of a registration", { type: "webauthn.create" }, "another operation"],
    ["no user verification", { userVerified: false }, "didn't verify its user"],
    ["a wrong signature", { signature: randomBytes(70) }, "signature"],
    ["no user handle", { userHandle: null }, "isn't registered"],
    ["garbage as authenticator data", { authenticatorData: garbage }, "isn't a valid WebAuthn answer"],
    ["short authenticator data", { authenticatorData: Buffer.alloc(3) }, "isn't a valid WebAuthn answer"],
  ];
  it.each(wrong)("rejects %s", async (_, faults, text) => {
    const { authenticator } = await somePasskeyUser(app);
    const { status, body } = await signInWith(app, authenticator, faults);
    expect([status, body.error]).toEqual([401, "invalid_passkey"]);
    expect(body.error_description).toContain(text);
    // Nothing was used up.
    expect((await signInWith(app, authenticator)).status).toBe(200);
  });

  it("rejects client data that is no JSON object", async () => {
    const { authenticator } = await somePasskeyUser(app);
    const { body: options } = await passkeys.options(app);
    for (const text of ["nonsense", "null", "[]", '"x"', "{}", '{"type":"webauthn.get","challenge":{}}']) {
      const answer = authenticator.get(options);
      answer.response.clientDataJSON = Buffer.from(text).toString("base64url");
      expect(await passkeys.signIn(app, answer)).toMatchObject({ status: 401, body: { error: "invalid_passkey" } });
    }
  });

  it("rejects an answer of the wrong shape, and one of 1 MB", async () => {
    for (const response of [null, "x", [], {}, { id: "a" }, { id: 7, rawId: "a", type: "public-key", response: {} }])
      expect((await passkeys.signIn(app, response)).status).toBe(400);
    const { authenticator } = await somePasskeyUser(app);
    const answer = authenticator.get((await passkeys.options(app)).body);
    answer.response.signature = "A".repeat(1_000_000);
    expect((await passkeys.signIn(app, answer)).status).toBe(413);
    answer.response.signature = "A".repeat(50_000);
    expect((await passkeys.signIn(app, answer)).status).toBe(400);
  });

  it("rejects a passkey of another user's handle", async () => {
    const [alice, bob] = [await somePasskeyUser(app), await somePasskeyUser(app)];
    const faults = { userHandle: bob.authenticator.userHandle };
    expect((await signInWith(app, alice.authenticator, faults)).body.error).toBe("invalid_passkey");
  });

  it("rejects another app's passkey with a sentence, whatever the challenge", async () => {
    const neighbor = await someApp();
    const { authenticator } = await somePasskeyUser(neighbor);
    const { status, body } = await signInWith(app, authenticator);
    expect([status, body.error]).toEqual([401, "invalid_passkey"]);
    expect(body.error_description).toContain("belongs to another app");
    const foreign = authenticator.get((await passkeys.options(neighbor)).body);
    expect((await passkeys.signIn(app, foreign)).body.error_description).toContain("belongs to another app");
  });

  it("rejects a challenge of another app", async () => {
    const neighbor = await someApp();
    const { authenticator } = await somePasskeyUser(app);
    const { body: options } = await passkeys.options(neighbor);
    const { status, body } = await passkeys.signIn(app, authenticator.get(options));
    expect(status).toBe(401);
    expect(body.error_description).toContain("challenge");
  });

  it("rejects a challenge of a registration", async () => {
    const { authenticator, token } = await somePasskeyUser(app);
    const { body: options } = await passkeys.creationOptions(app, { bearer: token });
    expect((await passkeys.signIn(app, authenticator.get({ challenge: options.challenge }))).status).toBe(401);
  });

  it("rejects a challenge after 5 minutes", async () => {
    const { authenticator } = await somePasskeyUser(app);
    const { body: options } = await passkeys.options(app);
    const answer = authenticator.get(options);
    freezeClock(new Date(nowMs() + 301_000));
    const late = await passkeys.signIn(app, answer);
    freezeClock(null);
    expect(late).toMatchObject({ status: 401, body: { error: "invalid_passkey" } });
  });

  it("rejects a removed passkey, a deleted user and a disabled user", async () => {
    const removed = await somePasskeyUser(app);
    await passkeys.remove(app, removed.token, removed.passkeyId);
    expect((await signInWith(app, removed.authenticator)).status).toBe(401);
    const deleted = await somePasskeyUser(app);
    await db().user.delete({ where: { appId_id: { appId: app.id, id: deleted.userId } } });
    expect((await signInWith(app, deleted.authenticator)).status).toBe(401);
    const disabled = await somePasskeyUser(app);
    const where = { appId_id: { appId: app.id, id: disabled.userId } };
    await db().user.update({ where, data: { disabledAt: new Date() } });
    expect(await signInWith(app, disabled.authenticator)).toMatchObject({
      status: 403,
      body: { error: "user_disabled" },
    });
    await db().user.update({ where, data: { disabledAt: null } });
    // The rejected sign-in used nothing up.
    expect((await signInWith(app, disabled.authenticator)).status).toBe(200);
  });

  it("is rejected while the app has disabled passkeys", async () => {
    const own = await someApp();
    const { authenticator } = await somePasskeyUser(own);
    const answer = authenticator.get((await passkeys.options(own)).body);
    await updateApp(own.id, { settings: { passkeys: false } }, OPERATOR);
    for (const { status, body } of [await passkeys.options(own), await passkeys.signIn(own, answer)])
      expect([status, body.error]).toEqual([403, "method_disabled"]);
  });

  it("works on the app's own pages with its own domain, and on no others", async () => {
    const own = await someApp();
    const settings = { passkey_rp_id: "example.com", passkey_origins: ["https://login.example.com"] };
    await updateApp(own.id, { settings }, OPERATOR);
    const authenticator = Object.assign(someAuthenticator(), { origin: "https://login.example.com" }) as Authenticator;
    await somePasskeyUser(own, authenticator);
    expect((await passkeys.options(own)).body.rpId).toBe("example.com");
    expect((await signInWith(own, authenticator)).status).toBe(200);
    expect((await signInWith(own, authenticator, { origin: "https://example.com" })).status).toBe(401);
  });
});

describe("a user's passkeys", () => {
  it("are listed, renamed and removed by their user, with events", async () => {
    const user = await somePasskeyUser(app);
    const { body } = await passkeys.list(app, user.token);
    expect(body.data).toEqual([
      { id: user.passkeyId, name: "Passkey", created_at: expect.any(String), last_used_at: null },
    ]);
    const renamed = await passkeys.rename(app, user.token, user.passkeyId, { name: " My phone " });
    expect(renamed).toMatchObject({ status: 200, body: { id: user.passkeyId, name: "My phone" } });
    expect((await passkeys.remove(app, user.token, user.passkeyId)).status).toBe(204);
    expect((await passkeys.list(app, user.token)).body.data).toEqual([]);
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, userId: user.userId },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["user.factor_added", "user.factor_renamed", "user.factor_removed"]),
    );
  });

  it("aren't another user's or another app's", async () => {
    const [alice, bob] = [await somePasskeyUser(app), await somePasskeyUser(app)];
    expect((await passkeys.rename(app, bob.token, alice.passkeyId, { name: "x" })).status).toBe(404);
    expect((await passkeys.remove(app, bob.token, alice.passkeyId)).status).toBe(404);
    const neighbor = await someApp();
    expect((await passkeys.list(neighbor, bob.token)).status).toBe(404);
  });

  it("the last sign-in method stays", async () => {
    const own = await someApp();
    await updateApp(own.id, { settings: { methods: { magic_link: false } } }, OPERATOR);
    const user = await somePasskeyUser(own);
    await db().user.update({ where: { appId_id: { appId: own.id, id: user.userId } }, data: { passwordHash: null } });
    const { status, body } = await passkeys.remove(own, user.token, user.passkeyId);
    expect([status, body.error]).toEqual([409, "last_way_in"]);
  });

  it("a session without a recent strong sign-in can't change them", async () => {
    const user = await somePasskeyUser(app);
    freezeClock(new Date(nowMs() + 601_000));
    const attempts = [
      await passkeys.creationOptions(app, { bearer: user.token }),
      await passkeys.rename(app, user.token, user.passkeyId, { name: "x" }),
      await passkeys.remove(app, user.token, user.passkeyId),
    ];
    freezeClock(null);
    for (const { status, body } of attempts)
      expect([status, body.error, body.acr_values]).toEqual([403, "insufficient_user_authentication", "2"]);
    const { token } = await someSession(app.id);
    expect((await passkeys.list(app, token)).status).toBe(200);
  });
});
