/** The verification email that an owner of the app sends again. */
import { beforeAll, describe, expect, it } from "vitest";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { type App, getApp } from "../apps/apps";
import { db } from "../database/client";
import { createUser } from "../users/create-user";
import { updateUser } from "../users/update-user";
import { sendVerification } from "./send-verification";
import { verifyEmail } from "./verify-email";

const BY = { type: "developer", id: "usr_alice" } as const;

let made: TestApp;
let app: App;
beforeAll(async () => {
  made = await someApp();
  app = await getApp(made.id);
});

describe("a verification email from the owner of the app", () => {
  it("verifies the email address, and records its sender in the event", async () => {
    const { userId, email } = await someSession(app.id);
    await sendVerification(app, userId, BY);
    expect(await verifyEmail(app, (await lastMail(email)).token)).toMatchObject({ email });
    const event = { appId: app.id, type: "user.verification_sent", userId, actorId: "usr_alice" };
    expect(await db().auditEvent.count({ where: event })).toBe(1);
    await expect(sendVerification(app, userId, BY)).rejects.toMatchObject({ status: 409, code: "verified_already" });
  });

  it("is not sent to a disabled user or to a user without an email address", async () => {
    const { userId } = await someSession(app.id);
    await updateUser(app, userId, { disabled: true }, BY);
    await expect(sendVerification(app, userId, BY)).rejects.toMatchObject({ status: 409, code: "user_disabled" });
    const { id } = await createUser(app, { email: { email: "x@example.com", canonical: "x@example.com" } }, BY);
    await db().user.updateMany({ where: { appId: app.id, id }, data: { email: null, emailCanonical: null } });
    await expect(sendVerification(app, id, BY)).rejects.toMatchObject({ status: 409, code: "no_address" });
  });

  it("is not sent to a user of another app", async () => {
    const otherUser = await someSession((await someApp()).id);
    await expect(sendVerification(app, otherUser.userId, BY)).rejects.toMatchObject({ status: 404 });
  });

  it("is sent five times in ten minutes, then rejected with 429", async () => {
    const { userId } = await someSession(app.id);
    const sent = await Promise.allSettled(Array.from({ length: 20 }, () => sendVerification(app, userId, BY)));
    const rejected = sent.filter((one) => one.status === "rejected").map(({ reason }) => reason.status);
    expect(new Set(rejected)).toEqual(new Set([429]));
    expect(sent.length - rejected.length).toBeLessThanOrEqual(5);
    expect(sent.length - rejected.length).toBeGreaterThan(0);
  });
});
