/** Direct sign-ins and sign-ups while the account changes, and at the same time. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ask, askAs, isLive } from "@/test/support/account";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import { db } from "../database/client";
import * as hashing from "../users/password-hashing";

let app: TestApp;
beforeEach(async () => {
  app = await someApp();
});

const logIn = (email: string) =>
  askAs(app, `/api/auth/credentials/login/${app.id}`, { email, password: SOME_PASSWORD });
const signUp = (email: string, of = app) =>
  askAs(of, `/api/auth/credentials/signup/${of.id}`, { email, password: SOME_PASSWORD, name: "Bob" });

const rows = (appId: string) =>
  Promise.all([
    db().session.count({ where: { appId, revokedAt: null } }),
    db().auditEvent.count({ where: { appId, type: "user.signed_in" } }),
    db().attemptCounter.count({ where: { appId } }),
  ]);

/** Runs `change` while the password is being checked. */
async function logInDuring(email: string, change: () => Promise<unknown>) {
  const { verifyPassword } = hashing;
  const spy = vi.spyOn(hashing, "verifyPassword").mockImplementationOnce(async (password, stored) => {
    const matches = await verifyPassword(password, stored);
    await change();
    return matches;
  });
  const answer = await logIn(email);
  spy.mockRestore();
  return answer;
}

describe("a direct sign-in", () => {
  it("writes one session and one event, updates the user and deletes the count of attempts", async () => {
    const { email, userId } = await someSession(app.id);
    const [sessions, events] = await rows(app.id);
    const answer = await logIn(email);
    expect(answer.status).toBe(200);
    expect(await rows(app.id)).toEqual([(sessions ?? 0) + 1, (events ?? 0) + 1, 0]);
    const event = await db().auditEvent.findFirstOrThrow({
      where: { appId: app.id, type: "user.signed_in" },
      orderBy: { id: "desc" },
    });
    const session = await db().session.findFirstOrThrow({ where: { appId: app.id, id: event.sessionId ?? "" } });
    expect(event).toMatchObject({ userId, actorType: "key", ip: "192.0.2.1", explanation: { method: "password" } });
    expect(session).toMatchObject({ userId, kind: "api", amr: ["pwd"], acr: "1", ip: "192.0.2.1", userAgent: "test" });
    expect(session.salt.length).toBe(16);
    const user = await db().user.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: userId } } });
    expect(user.lastSignInAt).toEqual(session.createdAt);
    expect(await isLive(answer.body.token)).toBe(true);
    const refreshed = await ask(`/api/auth/refresh/${app.id}`, { body: { refresh_token: answer.body.refresh_token } });
    expect(refreshed.status).toBe(200);
  });

  it.each([
    ["disabled", { disabled: true }],
    ["given another password", { password: "another password!" }],
    ["deleted", null],
  ])("fails, without a session, if the user is %s while the password is checked", async (_, body) => {
    const { email, userId } = await someSession(app.id);
    const change = () => manage(app, body ? "PATCH" : "DELETE", `/users/${userId}`, body ? { body } : {});
    const answer = await logInDuring(email, change);
    expect(answer).toMatchObject({ status: 401, body: { error: "invalid_credentials" } });
    expect((await rows(app.id))[0]).toBe(0);
  });

  it("succeeds for each of 20 at once, and leaves no count", async () => {
    const { email } = await someSession(app.id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => logIn(email)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect((await rows(app.id))[2]).toBe(0);
  });
});

describe("a direct sign-up", () => {
  it("succeeds once of 20 at once, also with the email address of a user of another app", async () => {
    const email = someEmail();
    expect((await signUp(email, await someApp())).status).toBe(201);
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(email)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    const count = (model: "user" | "session" | "mail" | "oneTimeToken") =>
      (db()[model] as { count: (of: object) => Promise<number> }).count({ where: { appId: app.id } });
    expect(await Promise.all([count("user"), count("session"), count("mail"), count("oneTimeToken")])).toEqual([
      1, 1, 1, 1,
    ]);
    expect(await db().auditEvent.count({ where: { appId: app.id, type: "user.signed_up" } })).toBe(1);
  });

  it("keeps the user without a session if the email address must be verified first", async () => {
    await manage(app, "PATCH", "", { body: { settings: { require_verified_email: true } } });
    expect(await signUp(someEmail())).toMatchObject({ status: 403, body: { error: "email_not_verified" } });
    expect(await rows(app.id)).toEqual([0, 0, 0]);
    const user = await db().user.findFirstOrThrow({ where: { appId: app.id } });
    expect(user).toMatchObject({ name: "Bob", lastSignInAt: null, metadata: {}, phoneNumberVerified: false });
    expect(await db().mail.count({ where: { appId: app.id, userId: user.id } })).toBe(1);
  });
});
