import { beforeAll, describe, expect, it } from "vitest";
import { newSecretToken } from "@/lib/crypto/secret-token";
import { invalidate } from "@/lib/database/cache";
import { db } from "@/lib/database/client";
import { BAD_TEXTS, badBodies } from "@/test/support/bad-input";
import { type CallOptions, call, type TestResponse } from "@/test/support/call";
import { anotherKey, countUsersAndSessions, expectError, rejectedKeys } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, someEmail, type TestApp } from "@/test/support/factories";
import { POST } from "./route";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp("Other")];
});

const signUpBody = () => ({ email: someEmail(), password: SOME_PASSWORD, name: "Bob" });

function signUp(body: unknown, options: CallOptions = {}): Promise<TestResponse> {
  return call(POST, { params: { app_id: app.id }, bearer: app.apiKey, body, ...options });
}

/** Expects that `work` is rejected and creates no user. */
async function refused(work: () => Promise<TestResponse>, status: number, code: string): Promise<TestResponse> {
  const before = await countUsersAndSessions();
  const answer = await work();
  expectError(answer, status, code);
  expect(await countUsersAndSessions()).toEqual(before);
  return answer;
}

const CODES: Record<number, string> = {
  400: "invalid_request",
  413: "payload_too_large",
  415: "unsupported_media_type",
};

describe("400 names the field", () => {
  const cases = (["email", "password", "name"] as const).flatMap((field) =>
    BAD_TEXTS.filter(([, value]) => field !== "name" || (value !== undefined && value !== null)).map(
      ([title, value]) => [field, title, value] as const,
    ),
  );
  it.each(cases)("%s: %s", async (field, _, value) => {
    const answer = await refused(() => signUp({ ...signUpBody(), [field]: value }), 400, "invalid_request");
    expect(answer.body.fields).toEqual({ [field]: expect.any(String) });
    expect(answer.body.error_description).toBe(`${field}: ${answer.body.fields[field]}`);
    expect(JSON.stringify(answer.body)).not.toContain(SOME_PASSWORD);
  });

  it.each([
    ["email", "bob"],
    ["email", "bob@example.com, eve@example.com"],
    ["email", "bob＠example.com"],
    ["email", '"bob"@example.com'],
    ["email", "bøb@example.com"],
    ["password", "short"],
    ["password", "password"],
    ["password", "ä".repeat(600)],
    ["name", "a".repeat(201)],
  ])("%s: %j", async (field, value) => {
    const answer = await refused(() => signUp({ ...signUpBody(), [field]: value }), 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual([field]);
  });

  it("reports every invalid field at once", async () => {
    const answer = await refused(() => signUp({ email: [], password: 7, name: {} }), 400, "invalid_request");
    expect(Object.keys(answer.body.fields).sort()).toEqual(["email", "name", "password"]);
  });
});

describe("400, 413 and 415 for what is no JSON object", () => {
  it.each(badBodies({ email: "bob@example.com", password: SOME_PASSWORD }))("%s: %i", async (_, status, options) => {
    await refused(
      () => call(POST, { params: { app_id: app.id }, bearer: app.apiKey, ...options }),
      status,
      CODES[status] ?? "",
    );
  });

  it("does not read a body of a megabyte to its end", async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(32));
        if (sent > 4_000_000) controller.close();
      },
    });
    await refused(() => signUp(body), 413, "payload_too_large");
    expect(sent).toBeLessThan(500_000);
  });
});

describe("401 for an API key that is none", () => {
  it("for every kind of invalid key, with a WWW-Authenticate header (RFC 6750 §3)", async () => {
    for (const [index, [title, authorization]] of (await rejectedKeys(app)).entries()) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const answer = await refused(
        () => signUp(signUpBody(), { bearer: undefined, headers, ip: `198.51.100.${index}` }),
        401,
        "invalid_api_key",
      );
      expect(answer.body.error_description, title).not.toContain(app.id);
    }
  });

  it("is the same for a revoked and for an unknown one", async () => {
    const [one, other] = [
      await signUp(signUpBody(), { bearer: await anotherKey(app, { revokedAt: new Date() }), ip: "203.0.113.1" }),
      await signUp(signUpBody(), { bearer: newSecretToken("foyer_sk", app.id), ip: "203.0.113.2" }),
    ];
    expect(one.body).toEqual(other.body);
  });

  it("takes effect at once after a revocation", async () => {
    const key = await anotherKey(app);
    expect((await signUp(signUpBody(), { bearer: key })).status).toBe(201);
    await db().apiKey.updateMany({
      where: { appId: app.id, revokedAt: null, prefix: { startsWith: key.slice(0, 28) } },
      data: { revokedAt: new Date() },
    });
    invalidate(app.id);
    await refused(() => signUp(signUpBody(), { bearer: key, ip: "203.0.113.3" }), 401, "invalid_api_key");
  });

  it("is decided before the body is read", async () => {
    await refused(
      () => signUp("{", { bearer: newSecretToken("foyer_sk", app.id), ip: "203.0.113.4" }),
      401,
      "invalid_api_key",
    );
  });

  it("is counted by IP address: the 61st guess in a minute is a 429, even from the same IPv6 /64", async () => {
    const guess = (i: number) =>
      signUp(signUpBody(), { bearer: newSecretToken("foyer_sk", app.id), ip: `2001:db8:9:9::${i.toString(16)}` });
    for (let i = 0; i < 60; i++) expect((await guess(i)).status).toBe(401);
    await refused(() => guess(60), 429, "rate_limited");
    // A genuine key is none of these guesses.
    expect((await signUp(signUpBody(), { ip: "2001:db8:9:9::1" })).status).toBe(201);
    expect((await signUp(signUpBody(), { ip: "2001:db8:9:a::1" })).status).toBe(201);
  });
});

describe("404 for another App", () => {
  it.each([
    ["another app's", () => otherApp.id],
    ["one that does not exist", () => "app_01nowhere00000"],
    ["tenant zero", () => "app_foyer"],
    ["malformed", () => "nonsense"],
    ["empty", () => ""],
    ["with NUL", () => "app_\0"],
    ["with a lone surrogate", () => "app_\ud800"],
    ["a path", () => "../../etc"],
    ["very long", () => "app_".padEnd(100_000, "x")],
    ["upper case", () => app.id.toUpperCase()],
  ])("%s in the path, with a valid key", async (_, appId) => {
    const answer = await refused(() => signUp(signUpBody(), { params: { app_id: appId() } }), 404, "not_found");
    expect(answer.body.fields).toBeUndefined();
  });

  it("is the same, word for word, for one that exists and one that does not", async () => {
    const answers = [];
    for (const id of [otherApp.id, "app_01nowhere00000"])
      answers.push((await signUp(signUpBody(), { params: { app_id: id } })).body);
    expect(answers[0]).toEqual(answers[1]);
  });

  it("is also the response for a disabled app, whose keys are disabled too", async () => {
    const other = await someApp();
    await db().app.update({ where: { id: other.id }, data: { disabledAt: new Date() } });
    invalidate(other.id);
    await refused(
      () => call(POST, { params: { app_id: other.id }, bearer: other.apiKey, body: signUpBody(), ip: "203.0.113.9" }),
      401,
      "invalid_api_key",
    );
  });
});

describe("403 by the App's settings", () => {
  it.each([
    [{ signups: "closed" }, "signup_closed"],
    [{ signups: "invite_only" }, "signup_closed"],
    [{ methods: { password: false } }, "method_disabled"],
    [{ allowed_email_domains: ["example.org"] }, "email_domain_not_allowed"],
  ])("%j", async (settings, code) => {
    const closed = await someApp();
    await db().app.update({ where: { id: closed.id }, data: { settings } });
    invalidate(closed.id);
    await refused(
      () => call(POST, { params: { app_id: closed.id }, bearer: closed.apiKey, body: signUpBody() }),
      403,
      code,
    );
  });

  it("rejects a password shorter than the app's minimum", async () => {
    const strict = await someApp();
    await db().app.update({ where: { id: strict.id }, data: { settings: { password_minimum_bytes: 32 } } });
    invalidate(strict.id);
    const answer = await refused(
      () => call(POST, { params: { app_id: strict.id }, bearer: strict.apiKey, body: signUpBody() }),
      400,
      "invalid_request",
    );
    expect(answer.body.fields).toEqual({ password: "needs at least 32 characters" });
  });
});

describe("409 for an email that is taken", () => {
  it.each([
    ["the same", (email: string) => email],
    ["another case", (email: string) => email.toUpperCase()],
    ["spaces around", (email: string) => `  ${email} `],
    ["full-width letters in the domain", (email: string) => email.replace("example", "ｅｘａｍｐｌｅ")],
  ])("%s", async (_, change) => {
    const body = signUpBody();
    expect((await signUp(body)).status).toBe(201);
    const answer = await refused(() => signUp({ ...body, email: change(body.email) }), 409, "email_taken");
    expect(JSON.stringify(answer.body)).not.toContain(body.email);
  });
});

describe("201", () => {
  it("takes the scheme in any case (RFC 9110 §11.1)", async () => {
    for (const scheme of ["bearer", "BEARER"]) {
      const headers = { authorization: `${scheme} ${app.apiKey}` };
      expect((await signUp(signUpBody(), { bearer: undefined, headers })).status).toBe(201);
    }
  });

  it("takes JSON with a charset, a byte order mark, and unknown fields, which are dropped", async () => {
    const body = {
      ...signUpBody(),
      id: "usr_mine",
      appId: otherApp.id,
      emailVerifiedAt: "2020-01-01",
      role: "owner",
      email_verified: true,
    };
    const answer = await signUp(`\ufeff${JSON.stringify(body)}`, {
      headers: { "content-type": "Application/JSON; charset=utf-8" },
    });
    expect(answer.status).toBe(201);
    expect(answer.body.user).toMatchObject({ email: body.email, email_verified: false });
    expect(answer.body.user.id).not.toBe("usr_mine");
    expect(await db().user.count({ where: { appId: otherApp.id } })).toBe(0);
  });

  it.each([undefined, null])("takes %s for a name", async (name) => {
    const answer = await signUp({ ...signUpBody(), name });
    expect(answer.status).toBe(201);
    expect(answer.body.user.name).toBeNull();
  });

  it.each(['\'; DROP TABLE "User"; --', "<script>alert(1)</script>", "王小明 🦊", "a\nb", "{{7*7}}"])(
    "keeps the name %j as it is",
    async (name) => expect((await signUp({ ...signUpBody(), name })).body.user.name).toBe(name),
  );

  it("creates separate users for the same email in two apps", async () => {
    const body = signUpBody();
    const [one, other] = [
      await signUp(body),
      await call(POST, { params: { app_id: otherApp.id }, bearer: otherApp.apiKey, body }),
    ];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(one.body.user.id).not.toBe(other.body.user.id);
  });

  it("records user.signed_up and user.signed_in with actor, user and origin, but no secret", async () => {
    const body = signUpBody();
    const answer = await signUp(body, { ip: "192.0.2.44" });
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, userId: answer.body.user.id },
      orderBy: { type: "asc" },
    });
    expect(events).toMatchObject([
      { type: "user.signed_in", sessionId: expect.stringMatching(/^ses_/) },
      { type: "user.signed_up" },
    ]);
    for (const event of events) {
      expect(event).toMatchObject({
        outcome: "success",
        actorType: "key",
        actorId: expect.stringMatching(/^key_/),
        requestId: "req_test",
        ip: "192.0.2.44",
        userAgent: "test",
      });
    }
    const trail = JSON.stringify(events);
    for (const secret of [body.password, answer.body.token, answer.body.refresh_token, app.apiKey])
      expect(trail).not.toContain(secret);
  });

  it("stores neither the password nor the key in plain text", async () => {
    const body = signUpBody();
    const { id } = (await signUp(body)).body.user;
    const user = await db().user.findUnique({ where: { appId_id: { appId: app.id, id } } });
    expect(user?.passwordHash).toMatch(/^\$2b\$/);
    expect(JSON.stringify(user)).not.toContain(body.password);
    const keys = await db().apiKey.findMany({ where: { appId: app.id } });
    expect(JSON.stringify(keys)).not.toContain(app.apiKey);
  });
});
