import { beforeAll, describe, expect, it } from "vitest";
import { POST as signup } from "@/app/api/auth/credentials/signup/[app_id]/route";
import { freezeClock } from "@/lib/clock";
import { invalidate } from "@/lib/database/cache";
import { db } from "@/lib/database/client";
import { BAD_TEXTS, badBodies } from "@/test/support/bad-input";
import { type CallOptions, call, type TestResponse } from "@/test/support/call";
import { countUsersAndSessions, expectError, rejectedKeys } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, someEmail, type TestApp } from "@/test/support/factories";
import { POST } from "./route";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp("Other")];
});

function logIn(body: unknown, options: CallOptions = {}): Promise<TestResponse> {
  return call(POST, { params: { app_id: app.id }, bearer: app.apiKey, body, ...options });
}

async function someUser(of = app): Promise<{ id: string; email: string }> {
  const email = someEmail();
  const answer = await call(signup, {
    params: { app_id: of.id },
    bearer: of.apiKey,
    body: { email, password: SOME_PASSWORD },
  });
  expect(answer.status).toBe(201);
  return { id: answer.body.user.id, email };
}

async function refused(work: () => Promise<TestResponse>, status: number, code: string): Promise<TestResponse> {
  const before = await countUsersAndSessions();
  const answer = await work();
  expectError(answer, status, code);
  expect(await countUsersAndSessions()).toEqual(before);
  return answer;
}

describe("200", () => {
  it("creates a new session for each sign-in, regardless of the email's case", async () => {
    const user = await someUser();
    const answers = [
      await logIn({ email: user.email, password: SOME_PASSWORD }),
      await logIn({ email: ` ${user.email.toUpperCase()} `, password: SOME_PASSWORD }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(Object.keys(answer.body).sort()).toEqual(["expires_in", "refresh_token", "token", "token_type", "user"]);
      expect(answer.body.user).toMatchObject({ id: user.id, email: user.email });
    }
    expect(answers[0]?.body.refresh_token).not.toBe(answers[1]?.body.refresh_token);
    // The sign-up's and these two.
    expect(await db().session.count({ where: { appId: app.id, userId: user.id } })).toBe(3);
  });

  it("stores the time and one event with its session, in one transaction", async () => {
    const user = await someUser();
    const at = new Date("2030-01-02T03:04:05Z");
    freezeClock(at);
    await logIn({ email: user.email, password: SOME_PASSWORD });
    const where = { appId: app.id, userId: user.id, createdAt: at };
    const [session] = await db().session.findMany({ where });
    const events = await db().auditEvent.findMany({ where });
    expect(events).toMatchObject([
      { type: "user.signed_in", sessionId: session?.id, explanation: { method: "password" } },
    ]);
    const found = await db().user.findUnique({ where: { appId_id: { appId: app.id, id: user.id } } });
    expect(found?.lastSignInAt).toEqual(at);
  });

  it("accepts a password of 1,024 bytes, but not its first 72", async () => {
    const email = someEmail();
    const password = `${"long ".repeat(200)}${"x".repeat(24)}`;
    await call(signup, { params: { app_id: app.id }, bearer: app.apiKey, body: { email, password } });
    expect((await logIn({ email, password })).status).toBe(200);
    for (const wrong of [password.slice(0, 72), password.slice(0, -1), `${password.slice(0, -1)}y`]) {
      await refused(() => logIn({ email, password: wrong }), 401, "invalid_credentials");
    }
  });
});

describe("401 invalid_credentials", () => {
  it("is the same for an unknown email, a wrong password and a user without one", async () => {
    const [user, without] = [await someUser(), await someUser()];
    await db().user.update({ where: { appId_id: { appId: app.id, id: without.id } }, data: { passwordHash: null } });
    const answers = [];
    for (const email of [user.email, someEmail(), without.email]) {
      answers.push(await refused(() => logIn({ email, password: "not the password" }), 401, "invalid_credentials"));
    }
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(answers[2]?.body).toEqual(answers[0]?.body);
    const headers = answers.map((answer) => [...answer.headers]);
    expect(headers[1]).toEqual(headers[0]);
    expect(headers[2]).toEqual(headers[0]);
  });

  it("is what a user of App A gets in App B, also with App B's own key", async () => {
    const user = await someUser(app);
    await refused(
      () =>
        call(POST, {
          params: { app_id: otherApp.id },
          bearer: otherApp.apiKey,
          body: { email: user.email, password: SOME_PASSWORD },
        }),
      401,
      "invalid_credentials",
    );
  });

  it("separates two users with the same email in two apps", async () => {
    const email = someEmail();
    const passwords = ["the password of the first", "the password of the second"];
    const ids: string[] = [];
    for (const [index, of] of [app, otherApp].entries()) {
      const answer = await call(signup, {
        params: { app_id: of.id },
        bearer: of.apiKey,
        body: { email, password: passwords[index] },
      });
      ids.push(answer.body.user.id);
    }
    const [one, other] = [
      await logIn({ email, password: passwords[0] }),
      await call(POST, {
        params: { app_id: otherApp.id },
        bearer: otherApp.apiKey,
        body: { email, password: passwords[1] },
      }),
    ];
    expect([one.body.user.id, other.body.user.id]).toEqual(ids);
    await refused(() => logIn({ email, password: passwords[1] }), 401, "invalid_credentials");
  });

  it("is one audit event with a count per reason and user", async () => {
    freezeClock(new Date("2031-01-02T03:04:05Z"));
    const user = await someUser();
    for (let i = 0; i < 3; i++) await logIn({ email: user.email, password: "not the password" });
    await Promise.all([1, 2, 3].map(() => logIn({ email: someEmail("unknown"), password: "not the password" })));
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, type: "user.sign_in_failed", createdAt: new Date("2031-01-02T03:04:05Z") },
      orderBy: { reason: "asc" },
    });
    expect(events).toMatchObject([
      { reason: "unknown_user", userId: null, count: 3, outcome: "failure" },
      { reason: "wrong_password", userId: user.id, count: 3, outcome: "failure", actorType: "key" },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/not the password|@example\.com/);
  });
});

describe("403", () => {
  it("for a disabled user, and only with the right password", async () => {
    const user = await someUser();
    await db().user.update({ where: { appId_id: { appId: app.id, id: user.id } }, data: { disabledAt: new Date() } });
    await refused(() => logIn({ email: user.email, password: "not the password" }), 401, "invalid_credentials");
    await refused(() => logIn({ email: user.email, password: SOME_PASSWORD }), 403, "user_disabled");
  });

  it("for an unverified email if the app requires a verified one", async () => {
    const strict = await someApp();
    const user = await someUser(strict);
    await db().app.update({ where: { id: strict.id }, data: { settings: { require_verified_email: true } } });
    invalidate(strict.id);
    const body = { email: user.email, password: SOME_PASSWORD };
    const attempt = () => call(POST, { params: { app_id: strict.id }, bearer: strict.apiKey, body });
    await refused(attempt, 403, "email_not_verified");
    await db().user.update({
      where: { appId_id: { appId: strict.id, id: user.id } },
      data: { emailVerifiedAt: new Date() },
    });
    expect((await attempt()).body.user.email_verified).toBe(true);
  });

  it("if the app does not use passwords", async () => {
    const other = await someApp();
    await db().app.update({ where: { id: other.id }, data: { settings: { methods: { password: false } } } });
    invalidate(other.id);
    await refused(
      () =>
        call(POST, {
          params: { app_id: other.id },
          bearer: other.apiKey,
          body: { email: someEmail(), password: SOME_PASSWORD },
        }),
      403,
      "method_disabled",
    );
  });
});

describe("404", () => {
  it.each(["another app", "app_01nowhere00000", "nonsense", "", "app_\0"])(
    "for the App %j with a valid key of another",
    async (id) => {
      const appId = id === "another app" ? otherApp.id : id;
      await refused(
        () => logIn({ email: someEmail(), password: SOME_PASSWORD }, { params: { app_id: appId } }),
        404,
        "not_found",
      );
    },
  );
});

describe("bad input", () => {
  const cases = (["email", "password"] as const).flatMap((field) =>
    BAD_TEXTS.map(([title, value]) => [field, title, value] as const),
  );
  it.each(cases)("400: %s %s", async (field, _, value) => {
    const body = { email: someEmail(), password: SOME_PASSWORD, [field]: value };
    const answer = await refused(() => logIn(body), 400, "invalid_request");
    expect(answer.body.fields).toEqual({ [field]: expect.any(String) });
  });

  it.each(badBodies({ email: "bob@example.com", password: SOME_PASSWORD }))("%s: %i", async (_, status, options) => {
    const code = { 400: "invalid_request", 413: "payload_too_large", 415: "unsupported_media_type" }[status] ?? "";
    await refused(() => call(POST, { params: { app_id: app.id }, bearer: app.apiKey, ...options }), status, code);
  });

  it("401 for each API key that is none", async () => {
    const user = await someUser();
    for (const [index, [, authorization]] of (await rejectedKeys(app)).entries()) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const options = { bearer: undefined, headers, ip: `198.51.100.${index}` };
      await refused(() => logIn({ email: user.email, password: SOME_PASSWORD }, options), 401, "invalid_api_key");
    }
  });
});
