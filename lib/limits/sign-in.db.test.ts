/** Each way to sign in or up counts by the end user's IP address, whatever calls the operation. */
import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { emailAddress, SOME_PASSWORD, someApp, someEmail, someSession } from "@/test/support/factories";
import { forgetState } from "@/test/support/process-state";
import { someBrowser } from "@/test/support/sign-in";
import { type App, getApp } from "../apps/apps";
import { type RequestContext, withRequestContext } from "../request-context";
import { signIn, signInWithBrowser } from "../signin/password";
import { signUp, signUpWithBrowser } from "../signin/sign-up";

const KEY = { type: "key" } as const;

let app: App;
let taken: string;
beforeAll(async () => {
  app = await getApp((await someApp()).id);
  taken = (await someSession(app.id)).email;
});

const credentials = () => ({ email: emailAddress(someEmail()), password: SOME_PASSWORD, name: null });
const someIp = () => `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}::1`;

/** How many of so many attempts are rejected with 429. */
async function limited(attempts: number, context: Partial<RequestContext>, operation: () => Promise<unknown>) {
  const attempt = () =>
    withRequestContext({ requestId: "req_test", ip: null, userAgent: null, ...context }, operation).catch(
      (error) => error.status,
    );
  const statuses = await Promise.all(Array.from({ length: attempts }, attempt));
  return statuses.filter((status) => status === 429).length;
}

// Rejected before a password is hashed, which keeps the test fast.
const takenEmail = () => ({ ...credentials(), email: emailAddress(taken) });

describe.each([
  [
    "wrong passwords",
    20,
    () => signInWithBrowser(app, credentials(), someBrowser()),
    () => signIn(app, credentials(), KEY),
  ],
  [
    "sign-ups in ten minutes",
    5,
    () => signUpWithBrowser(app, takenEmail(), someBrowser()),
    () => signUp(app, takenEmail(), KEY),
  ],
])("%s are limited to %i by the end user's IP address", (_, limit, inBrowser, byApi) => {
  it("on the hosted pages", async () => {
    const ip = someIp();
    expect(await limited(limit + 2, { ip }, inBrowser)).toBe(2);
    expect(await limited(1, { ip: someIp() }, inBrowser)).toBe(0);
  });

  it("in the API with Foyer-Client-IP, and not without it", async () => {
    const userIp = someIp();
    expect(await limited(limit + 2, { ip: userIp, isApiCall: true, userIp }, byApi)).toBe(2);
    expect(await limited(limit + 2, { ip: someIp(), isApiCall: true }, byApi)).toBe(0);
  });
});

describe("one IP address", () => {
  it("may sign in any number of users with the right passwords, one after the other and at once", async () => {
    const ip = someIp();
    const users = await Promise.all(Array.from({ length: 25 }, () => someSession(app.id)));
    const enter = (email: string) => () =>
      signInWithBrowser(app, { email: emailAddress(email), password: SOME_PASSWORD }, someBrowser());
    for (const { email } of users) expect(await limited(1, { ip }, enter(email))).toBe(0);
    const again = users.map(({ email }) => limited(1, { ip }, enter(email)));
    expect((await Promise.all(again)).filter(Boolean)).toEqual([]);
  });

  it("is rejected with a right password after 20 wrong ones", async () => {
    const ip = someIp();
    await limited(20, { ip }, () => signInWithBrowser(app, credentials(), someBrowser()));
    const right = { email: emailAddress(taken), password: SOME_PASSWORD };
    expect(await limited(1, { ip }, () => signInWithBrowser(app, right, someBrowser()))).toBe(1);
    expect(await limited(1, { ip: someIp() }, () => signInWithBrowser(app, right, someBrowser()))).toBe(0);
  });

  it("signs up ten users in an hour, and a rejected form doesn't count", async () => {
    const ip = someIp();
    const weak = { ...credentials(), password: "short" };
    expect(await limited(10, { ip }, () => signUpWithBrowser(app, weak, someBrowser()))).toBe(0);
    expect(await limited(7, { ip }, () => signUpWithBrowser(app, takenEmail(), someBrowser()))).toBe(2);
    forgetState("limit/sign-up-burst");
    expect(await limited(7, { ip }, () => signUpWithBrowser(app, takenEmail(), someBrowser()))).toBe(2);
    forgetState("limit/sign-up-burst");
    expect(await limited(1, { ip }, () => signUpWithBrowser(app, takenEmail(), someBrowser()))).toBe(1);
  });
});

it("limits all API sign-ups of one app to 600 a minute", async () => {
  const other = await getApp((await someApp()).id);
  const { email } = await someSession(other.id);
  const again = () => signUp(other, { ...credentials(), email: emailAddress(email) }, KEY);
  expect(await limited(602, { isApiCall: true }, again)).toBe(2);
});
