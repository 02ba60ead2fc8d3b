import { randomBytes } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { logIn } from "@/test/support/account";
import type { Faults } from "@/test/support/authenticator";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { firstStep, mfa, someTotpUser } from "@/test/support/factors";
import { lastMail } from "@/test/support/mailbox";
import { OPERATOR } from "@/test/support/oauth";
import { addPasskey, passkeys, signInWith, someAuthenticator, somePasskeyUser } from "@/test/support/passkeys";

let app: TestApp;

beforeAll(async () => {
  app = await someApp();
});

function cbor(value: unknown): Buffer {
  return Buffer.from(isoCBOR.encode(value as never));
}

describe("creation options", () => {
  it("ask for a discoverable passkey with user verification, without attestation, for this app and user", async () => {
    const { token, userId, email } = await someSession(app.id);
    const { status, body } = await passkeys.creationOptions(app, { bearer: token });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      rp: { id: "localhost", name: "Test App" },
      user: { name: email, id: Buffer.from(`${app.id.slice(4)}.${userId}`).toString("base64url") },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      excludeCredentials: [],
      timeout: 300_000,
    });
    expect(body.pubKeyCredParams.map(({ alg }: { alg: number }) => alg)).toEqual([-7, -8, -257]);
  });

  it("exclude the user's own passkeys", async () => {
    const { token, authenticator } = await somePasskeyUser(app);
    const { body } = await passkeys.creationOptions(app, { bearer: token });
    expect(body.excludeCredentials.map(({ id }: { id: string }) => id)).toEqual([authenticator.id]);
  });

  it("need a user's token of this app", async () => {
    const neighbor = await someApp();
    const { token } = await someSession(neighbor.id);
    expect((await passkeys.creationOptions(app, {})).status).toBe(401);
    expect((await passkeys.creationOptions(app, { bearer: token })).status).toBe(404);
  });
});

describe("registration", () => {
  it("adds the passkey with ten recovery codes, an event and an email; a second one brings no codes", async () => {
    const { token, userId, email } = await someSession(app.id);
    const first = await addPasskey(app, token, someAuthenticator());
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      id: expect.stringMatching(/^fac_/),
      name: "Passkey",
      created_at: expect.any(String),
      recovery_codes: expect.arrayContaining([expect.any(String)]),
    });
    expect(first.body.recovery_codes).toHaveLength(10);
    expect(JSON.stringify((await lastMail(email)).content)).toContain("passkey");
    // Having just registered the first one counts as a strong sign-in.
    const second = await addPasskey(app, token, someAuthenticator({ synced: true }));
    expect(second.status).toBe(201);
    expect(second.body).not.toHaveProperty("recovery_codes");
    const user = await db().user.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: userId } } });
    expect(user.factors).toEqual(["passkey"]);
    const events = await db().auditEvent.count({ where: { appId: app.id, userId, type: "user.factor_added" } });
    expect(events).toBe(2);
  });

  it("names the passkey as the user says, or by its password manager", async () => {
    const { token } = await someSession(app.id);
    const aaguid = "fbfc3007-154e-4ecc-8c0b-6e020557d7bd";
    expect((await addPasskey(app, token, someAuthenticator({ aaguid }))).body.name).toBe("iCloud Keychain");
    const { body: options } = await passkeys.creationOptions(app, { bearer: token });
    const body = { response: someAuthenticator().create(options), name: "Work laptop" };
    expect((await passkeys.register(app, { bearer: token, body })).body.name).toBe("Work laptop");
  });

  const wrong: [string, Faults, string][] = [
    ["an unknown challenge", { challenge: randomBytes(52).toString("base64url") }, "challenge"],
    ["another origin", { origin: "https://evil.example" }, "isn't one of this app's"],
    ["a frame of another site", { crossOrigin: true }, "isn't one of this app's"],
    ["another RP ID", { rpId: "evil.example" }, "another domain"],
    ["the type of a sign-in", { type: "webauthn.get" }, "another operation"],
    ["no user verification", { userVerified: false }, "didn't verify its user"],
    ["CBOR garbage", { attestationObject: Buffer.from("ff".repeat(200), "hex") }, "isn't a valid WebAuthn answer"],
    ["deeply nested CBOR", { attestationObject: Buffer.alloc(11_000, 0x81) }, "isn't a valid WebAuthn answer"],
    ["CBOR of another shape", { attestationObject: cbor(new Map([["fmt", 7]])) }, "attestation"],
    ["no attested key", { authenticatorData: Buffer.alloc(37) }, "another domain"],
    ["a certificate", { format: "packed", statement: new Map([["x5c", []]]) }, "attestation"],
    ["an unknown attestation", { format: "fido-u2f" }, "attestation"],
  ];
  it.each(wrong)("rejects %s", async (_, faults, text) => {
    const { token } = await someSession(app.id);
    const { status, body } = await addPasskey(app, token, someAuthenticator(), faults);
    expect([status, body.error]).toEqual([400, "invalid_passkey"]);
    expect(body.error_description).toContain(text);
    expect((await passkeys.list(app, token)).body.data).toEqual([]);
  });

  it.each([
    ["an unknown algorithm", { algorithm: "ES384" as const }],
    ["an RSA key of 1024 bits", { algorithm: "RS256" as const, modulusLength: 1024 }],
  ])("rejects %s", async (_, options) => {
    const { token } = await someSession(app.id);
    const { status, body } = await addPasskey(app, token, someAuthenticator(options));
    expect([status, body.error]).toEqual([400, "invalid_passkey"]);
    expect(body.error_description).toContain("ES256, EdDSA and RS256");
  });

  it("rejects a challenge of another user, another session, a sign-in or another app", async () => {
    const neighbor = await someApp();
    const [alice, bob, foreign] = [
      await someSession(app.id),
      await someSession(app.id),
      await someSession(neighbor.id),
    ];
    const again = (await logIn(app, alice.email)).body.token;
    const { body: options } = await passkeys.creationOptions(app, { bearer: alice.token });
    const others = [
      (await passkeys.creationOptions(app, { bearer: bob.token })).body.challenge,
      (await passkeys.creationOptions(app, { bearer: again })).body.challenge,
      (await passkeys.creationOptions(neighbor, { bearer: foreign.token })).body.challenge,
      (await passkeys.options(app)).body.challenge,
    ];
    for (const challenge of others) {
      const body = { response: someAuthenticator().create({ ...options, challenge }) };
      const result = await passkeys.register(app, { bearer: alice.token, body });
      expect([result.status, result.body.error]).toEqual([400, "invalid_passkey"]);
    }
  });

  it("accepts one of 20 equal answers at once", async () => {
    const { token } = await someSession(app.id);
    const { body: options } = await passkeys.creationOptions(app, { bearer: token });
    const body = { response: someAuthenticator().create(options) };
    const all = await Promise.all(Array.from({ length: 20 }, () => passkeys.register(app, { bearer: token, body })));
    const statuses = all.map(({ status }) => status);
    const unexpected = all.filter(({ status }) => ![201, 400, 409].includes(status));
    expect(unexpected.map(({ body }) => body)).toEqual([]);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect((await passkeys.list(app, token)).body.data).toHaveLength(1);
  });

  it("rejects a passkey that is registered already, also by another user, and twice at once", async () => {
    const { authenticator } = await somePasskeyUser(app);
    const { token } = await someSession(app.id);
    expect(await addPasskey(app, token, authenticator)).toMatchObject({
      status: 409,
      body: { error: "passkey_exists" },
    });
    const shared = someAuthenticator();
    const tokens = await Promise.all([1, 2, 3, 4].map(async () => (await someSession(app.id)).token));
    const all = await Promise.all(tokens.map((bearer) => addPasskey(app, bearer, shared)));
    expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it("rejects an answer of the wrong shape", async () => {
    const { token: bearer } = await someSession(app.id);
    for (const response of [null, {}, "x", { id: "a", rawId: "a", type: "public-key", response: {} }])
      expect((await passkeys.register(app, { bearer, body: { response } })).status).toBe(400);
  });

  it("is rejected while the app has disabled passkeys", async () => {
    const own = await someApp();
    const { token: bearer } = await someSession(own.id);
    const { body: options } = await passkeys.creationOptions(own, { bearer });
    const response = someAuthenticator().create(options);
    await updateApp(own.id, { settings: { passkeys: false } }, OPERATOR);
    const attempts = [
      await passkeys.creationOptions(own, { bearer }),
      await passkeys.register(own, { bearer, body: { response } }),
    ];
    for (const { status, body } of attempts) expect([status, body.error]).toEqual([403, "method_disabled"]);
  });
});

describe("a sign-in that must add a factor", () => {
  async function enrolling() {
    const own = await someApp();
    const email = someEmail();
    await someSession(own.id, email);
    await updateApp(own.id, { settings: { mfa: "required" } }, OPERATOR);
    const { status, body } = await logIn(own, email, SOME_PASSWORD);
    expect([status, body.error]).toEqual([403, "mfa_enrollment_required"]);
    return { own, email, mfa_token: body.mfa_token as string };
  }

  it("is completed by a passkey: the response is the session too", async () => {
    const { own, mfa_token } = await enrolling();
    const { body: options } = await passkeys.creationOptions(own, { body: { mfa_token } });
    const authenticator = someAuthenticator();
    const body = { mfa_token, response: authenticator.create(options) };
    const added = await passkeys.register(own, { body });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ id: expect.stringMatching(/^fac_/), token_type: "Bearer" });
    expect(added.body.recovery_codes).toHaveLength(10);
    expect(decodeJwt(added.body.token)).toMatchObject({ acr: "phr", amr: ["pwd", "hwk", "user", "mfa"] });
    expect((await passkeys.register(own, { body })).status).toBe(401);
    expect((await signInWith(own, authenticator)).status).toBe(200);
  });

  it("is completed by one of 20 answers at once", async () => {
    const { own, mfa_token } = await enrolling();
    const { body: options } = await passkeys.creationOptions(own, { body: { mfa_token } });
    const body = { mfa_token, response: someAuthenticator().create(options) };
    const all = await Promise.all(Array.from({ length: 20 }, () => passkeys.register(own, { body })));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(all.every(({ status }) => [201, 400, 401, 409].includes(status))).toBe(true);
    expect(await db().session.count({ where: { appId: own.id } })).toBe(2);
  });

  it("isn't helped by the challenge of another pending sign-in, or by another app's token", async () => {
    const [one, other] = [await enrolling(), await enrolling()];
    const second = (await logIn(one.own, one.email)).body.mfa_token;
    const { body: options } = await passkeys.creationOptions(one.own, { body: { mfa_token: one.mfa_token } });
    const response = someAuthenticator().create(options);
    expect((await passkeys.register(one.own, { body: { mfa_token: second, response } })).status).toBe(400);
    expect((await passkeys.creationOptions(one.own, { body: { mfa_token: other.mfa_token } })).status).toBe(401);
  });

  it("can't add a passkey instead of using the factor that the user has", async () => {
    const own = await someApp();
    const { email } = await someTotpUser(own);
    const mfa_token = await firstStep(own, email);
    const { status, body } = await passkeys.creationOptions(own, { body: { mfa_token } });
    expect([status, body.error]).toEqual([403, "mfa_required"]);
    const response = someAuthenticator().create({ challenge: "x", rp: {}, user: { id: "x" } });
    expect((await passkeys.register(own, { body: { mfa_token, response } })).body.error).toBe("mfa_required");
  });
});

describe("a passkey as the second factor", () => {
  async function challenge(target: TestApp, mfa_token: string) {
    const { status, body } = await mfa.challenge(target, { mfa_token, method: "passkey" });
    expect(status).toBe(200);
    return body;
  }

  async function waiting() {
    const own = await someApp();
    const user = await somePasskeyUser(own);
    await updateApp(own.id, { settings: { mfa: "required" } }, OPERATOR);
    return { own, user, mfa_token: await firstStep(own, user.email) };
  }

  it("is asked for with the user's passkeys, and completes the sign-in once", async () => {
    const { own, user, mfa_token } = await waiting();
    const options = await challenge(own, mfa_token);
    expect(options.allowCredentials.map(({ id }: { id: string }) => id)).toEqual([user.authenticator.id]);
    const body = { mfa_token, passkey: user.authenticator.get(options) };
    const all = await Promise.all(Array.from({ length: 20 }, () => mfa.verify(own, body)));
    expect(all.filter(({ status: one }) => one === 200)).toHaveLength(1);
    const [{ body: session } = { body: {} }] = all.filter(({ status: one }) => one === 200);
    expect(decodeJwt(session.token)).toMatchObject({ acr: "phr", amr: ["pwd", "hwk", "user", "mfa"] });
  });

  it("isn't another user's, nor proved by the challenge of a sign-in or of another pending one", async () => {
    const { own, user, mfa_token } = await waiting();
    const foreign = await challenge(own, await firstStep(own, user.email));
    const { body: general } = await passkeys.options(own);
    for (const passkey of [user.authenticator.get(foreign), user.authenticator.get(general), null, "x", {}]) {
      const { status } = await mfa.verify(own, { mfa_token, passkey });
      expect([400, 401]).toContain(status);
    }
  });

  it("of a neighbor app is rejected with a sentence", async () => {
    const { own, mfa_token } = await waiting();
    const neighbor = await someApp();
    const { authenticator } = await somePasskeyUser(neighbor);
    const options = await challenge(own, mfa_token);
    const { status, body } = await mfa.verify(own, { mfa_token, passkey: authenticator.get(options) });
    expect([status, body.error]).toEqual([401, "invalid_code"]);
    expect(body.error_description).toContain("belongs to another app");
  });

  it("can't be asked for by a user without one", async () => {
    const own = await someApp();
    const { email } = await someTotpUser(own);
    const body = { mfa_token: await firstStep(own, email), method: "passkey" };
    expect((await mfa.challenge(own, body)).status).toBe(400);
  });
});
