/** POST /api/auth/password/forgot/{app_id}: the same for everybody, a mail for whom it concerns. */
import { beforeAll, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { updateUser } from "@/lib/users/update-user";
import { ask, askAs } from "@/test/support/account";
import { BAD_TEXTS } from "@/test/support/bad-input";
import { expectError, rejectedKeys } from "@/test/support/credentials";
import { someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { OPERATOR } from "@/test/support/oauth";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp("Photo Blog"), someApp("Other")]);
});

function forgot(body: unknown, of = app) {
  return askAs(of, `/api/auth/password/forgot/${of.id}`, body);
}

/** Those about a forgotten password only: signing up leaves a mail as well. */
function mails(email: string, appId = app.id) {
  return db().mail.count({ where: { appId, toCanonical: email, template: "reset_password" } });
}

describe("202", () => {
  it("sends a link under the app's issuer, valid for 30 minutes, to the stored email", async () => {
    const { email, userId } = await someSession(app.id);
    expect(await forgot({ email: email.toUpperCase() })).toMatchObject({ status: 202, body: { status: "sent" } });
    const { to, content, path } = await lastMail(email);
    expect(to).toBe(email);
    expect(content.subject).toBe("Reset your password for Photo Blog");
    expect(content.links[0]).toMatch(new RegExp(`^${app.issuer}/reset\\?token=[\\w-]{43}$`));
    expect(content.text).toContain("30 minutes");
    expect(path).toMatch(/^\/o\/app_\w+\/reset\?token=/);
    const event = await db().auditEvent.findFirstOrThrow({
      where: { appId: app.id, userId, type: "user.password_reset_sent" },
    });
    expect(event).toMatchObject({ actorType: "key", outcome: "success" });
    expect(JSON.stringify(event)).not.toContain("eyJ");
  });

  it("responds alike for an unknown, a disabled and another app's user, and sends them no email", async () => {
    const [unknown, disabled, foreign] = [someEmail(), await someSession(app.id), await someSession(otherApp.id)];
    await updateUser(await getApp(app.id), disabled.userId, { disabled: true }, OPERATOR);
    for (const email of [unknown, disabled.email, foreign.email]) {
      const answer = await forgot({ email });
      expect([answer.status, answer.body]).toEqual([202, { status: "sent" }]);
      expect(await mails(email)).toBe(0);
    }
    expect(await mails(foreign.email, otherApp.id)).toBe(0);
    const { count, reason } = await db().auditEvent.findFirstOrThrow({
      where: { appId: app.id, type: "user.password_reset_asked" },
    });
    expect([reason, count >= 1]).toEqual(["unknown_user", true]);
  });

  it("takes equally long for unknown and known users", async () => {
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 8; round++) {
      const { email } = await someSession(app.id);
      for (const [kind, to] of [["known", email] as const, ["unknown", someEmail()] as const]) {
        const start = performance.now();
        await forgot({ email: to });
        times[kind].push(performance.now() - start);
      }
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
    expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(20);
  });

  it("sends five emails to one recipient in ten minutes, and silently no sixth", async () => {
    const { email } = await someSession(app.id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => forgot({ email })));
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`))).toEqual(
      new Set(['202 {"status":"sent"}']),
    );
    expect(await mails(email)).toBe(5);
  });
});

describe("429", () => {
  it("for too many requests from one end user's IP address", async () => {
    const headers = { "foyer-client-ip": "203.0.113.77" };
    const path = `/api/auth/password/forgot/${app.id}`;
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => askAs(app, path, { email: someEmail() }, { headers })),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
    const refused = answers.find(({ status }) => status === 429);
    if (!refused) expect.fail("none was refused");
    expectError(refused, 429, "rate_limited");
  });
});

it.each(BAD_TEXTS)("an email that is %s is rejected with 400", async (_, email) => {
  expectError(await forgot({ email }), 400, "invalid_request");
});

it("a missing API key is rejected with 401, another app's key with 404", async () => {
  for (const [title, authorization] of await rejectedKeys(app)) {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const answer = await ask(`/api/auth/password/forgot/${app.id}`, { body: { email: someEmail() }, headers });
    expect(answer.status, title).toBe(401);
  }
  const path = `/api/auth/password/forgot/${app.id}`;
  expectError(await askAs(otherApp, path, { email: someEmail() }), 404, "not_found");
});

it("an app without passwords rejects it with 403", async () => {
  const without = await someApp();
  await updateApp(without.id, { settings: { methods: { password: false } } }, OPERATOR);
  expectError(await forgot({ email: someEmail() }, without), 403, "method_disabled");
});
