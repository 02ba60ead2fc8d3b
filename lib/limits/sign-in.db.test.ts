/** Each way to sign in or up counts by the end user's IP address, whatever calls the operation. */
import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { emailAddress, SOME_PASSWORD, someApp, someEmail } from "@/test/support/factories";
import { type App, getApp } from "../apps/apps";
import { updateApp } from "../apps/update";
import { type RequestContext, withRequestContext } from "../request-context";
import { signIn, signInWithBrowser } from "../signin/password";
import { signUp, signUpWithBrowser } from "../signin/sign-up";

const KEY = { type: "key" } as const;

let app: App;
beforeAll(async () => {
  const { id } = await someApp();
  // Rejected before a password is hashed, which keeps the test fast.
  await updateApp(id, { settings: { methods: { password: false, magic_link: true } } }, { type: "operator" });
  app = await getApp(id);
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

describe.each([
  ["sign-ins", 20, () => signInWithBrowser(app, credentials()), () => signIn(app, credentials(), KEY)],
  ["sign-ups", 10, () => signUpWithBrowser(app, credentials()), () => signUp(app, credentials(), KEY)],
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

it("limits all API sign-ups of one app to 600 a minute", async () => {
  const other = await getApp((await someApp()).id);
  const closed = { ...other, settings: app.settings };
  expect(await limited(602, { isApiCall: true }, () => signUp(closed, credentials(), KEY))).toBe(2);
});
