/** Each operation that sends an email at a user's request counts it, whatever calls it. */
import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import {
  emailAddress,
  SOME_PASSWORD,
  someApp,
  someEmail,
  someSession,
  type TestSession,
} from "@/test/support/factories";
import { requestEmailChange } from "../account/change-email";
import { requestPasswordReset } from "../account/forgot-password";
import { requestVerification } from "../account/send-verification";
import { type App, getApp } from "../apps/apps";
import { db } from "../database/client";
import { type RequestContext, withRequestContext } from "../request-context";
import { sendMagicLink } from "../signin/send-magic-link";
import { limitEmailsTo, mayEmail } from "./email";

const BY = { type: "user" } as const;

let app: App;
let bob: TestSession;
beforeAll(async () => {
  app = await getApp((await someApp()).id);
  bob = await someSession(app.id);
});

const OPERATIONS: [string, () => Promise<unknown>][] = [
  ["sendMagicLink", () => sendMagicLink(app, { email: emailAddress(someEmail()) }, BY)],
  ["askPasswordReset", () => requestPasswordReset(app, emailAddress(someEmail()), BY)],
  ["askVerification", () => requestVerification(app, emailAddress(someEmail()), BY)],
  [
    "askEmailChange",
    () =>
      requestEmailChange(app, {
        userId: bob.userId,
        sessionId: "",
        email: emailAddress(someEmail()),
        password: SOME_PASSWORD,
      }),
  ],
];

/** An IPv6 network that no other test uses. */
const someIp = () => `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}::1`;

/** How many of twelve requests at once are rejected with 429. */
async function rejectedOfTwelve(context: Partial<RequestContext> | null, operation: () => Promise<unknown>) {
  const attempt = () => {
    const caller = { requestId: "req_test", ip: null, userAgent: null, ...context };
    return (context ? withRequestContext(caller, operation) : operation()).then(
      () => 200,
      (error) => (error.status === 429 ? 429 : Promise.reject(error)),
    );
  };
  const statuses = await Promise.all(Array.from({ length: 12 }, attempt));
  return statuses.filter((status) => status === 429).length;
}

describe.each(OPERATIONS)("%s", (_, operation) => {
  it("rejects the 11th request of a browser within ten minutes", async () => {
    expect(await rejectedOfTwelve({ ip: someIp() }, operation)).toBe(2);
  });

  it("counts the calls of an app's backend by Foyer-Client-IP, and none without it", async () => {
    const userIp = someIp();
    expect(await rejectedOfTwelve({ ip: userIp, isApiCall: true, userIp }, operation)).toBe(2);
    expect(await rejectedOfTwelve({ ip: someIp(), isApiCall: true }, operation)).toBe(0);
  });
});

it("counts nothing outside a request", async () => {
  expect(await rejectedOfTwelve(null, () => sendMagicLink(app, { email: emailAddress(someEmail()) }, BY))).toBe(0);
});

describe("emails to one recipient", () => {
  it("are limited to five in ten minutes, also when they are requested at once", async () => {
    const recipient = someEmail();
    const all = await Promise.all(Array.from({ length: 20 }, () => mayEmail(app.id, recipient)));
    expect(all.filter(Boolean)).toHaveLength(5);
    await expect(limitEmailsTo(app.id, recipient)).rejects.toMatchObject({ status: 429 });
    expect(await mayEmail(app.id, someEmail())).toBe(true);
    const other = await someApp();
    expect(await mayEmail(other.id, recipient)).toBe(true);
  });

  it("are limited to twenty a day", async () => {
    const recipient = someEmail();
    const { id: appId } = await someApp();
    let sent = 0;
    for (let i = 0; i < 25; i++) {
      if (await mayEmail(appId, recipient)) sent++;
      await db().attemptCounter.deleteMany({ where: { appId, kind: "mail-10m" } });
    }
    expect(sent).toBe(20);
  });
});
