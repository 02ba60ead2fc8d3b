/** Each operation that uses an emailed link or code counts the attempt, whatever calls it. */
import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { emailAddress, SOME_PASSWORD, someApp, someEmail } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { proveByInvitation } from "../account/accept-invitation";
import { confirmEmailChange } from "../account/change-email";
import { disownEmail } from "../account/disown-email";
import { resetPassword } from "../account/reset-password";
import { verifyEmail } from "../account/verify-email";
import { type App, getApp } from "../apps/apps";
import { type RequestContext, withRequestContext } from "../request-context";
import { completeSignIn } from "../signin/complete";
import { proveByEmailedCode } from "../signin/emailed-code";
import { peekMagicLink, proveByMagicLink } from "../signin/magic-link";
import { sendMagicLink } from "../signin/send-magic-link";
import { limitLinkRedemption } from "./link-redemption";

let app: App;
beforeAll(async () => {
  app = await getApp((await someApp()).id);
});

const TOKEN = "not-a-token";
const OPERATIONS: [string, () => Promise<unknown>][] = [
  ["peekMagicLink", () => peekMagicLink(app, TOKEN)],
  ["proveByLink", () => proveByMagicLink(app, TOKEN)],
  ["proveByCode", () => proveByEmailedCode(app, { email: emailAddress(someEmail()), code: "123456" })],
  ["proveByInvitation", () => proveByInvitation(app, TOKEN, { name: null, password: SOME_PASSWORD })],
  ["resetPassword", () => resetPassword(app, TOKEN, SOME_PASSWORD)],
  ["confirmEmailChange", () => confirmEmailChange(app, TOKEN)],
  ["verifyAddress", () => verifyEmail(app, TOKEN)],
  ["disownAddress", () => disownEmail(app, TOKEN)],
];

const someIp = () => `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}::1`;

/** The statuses of 62 attempts, each in a request of its own. */
function statuses(context: Partial<RequestContext>, operation: () => Promise<unknown>): Promise<number[]> {
  const attempt = () =>
    withRequestContext({ requestId: "req_test", ip: null, userAgent: null, ...context }, operation).then(
      () => 200,
      (error) => error.status,
    );
  return Promise.all(Array.from({ length: 62 }, attempt));
}

describe.each(OPERATIONS)("%s", (_, operation) => {
  it("rejects the 61st attempt from one IP address within five minutes", async () => {
    const all = await statuses({ ip: someIp() }, operation);
    expect(all.filter((status) => status === 429)).toHaveLength(2);
  });

  it("counts no attempt of an app's backend", async () => {
    expect(await statuses({ ip: someIp(), isApiCall: true }, operation)).not.toContain(429);
  });
});

it("counts a request once, even if it looks at a link and then uses it", async () => {
  const twice = () => limitLinkRedemption().then(limitLinkRedemption);
  expect((await statuses({ ip: someIp() }, twice)).filter((status) => status === 429)).toHaveLength(2);
});

it("rejects every operation of a request that was over the limit", async () => {
  const ip = someIp();
  await statuses({ ip }, limitLinkRedemption);
  const again = () => limitLinkRedemption().catch(limitLinkRedemption);
  expect(new Set(await statuses({ ip }, again))).toEqual(new Set([429]));
});

describe("a link or code that works", () => {
  async function mailed() {
    const email = emailAddress(someEmail());
    await sendMagicLink(app, { email }, { type: "key" });
    const { token, content } = await lastMail(email.email);
    return { email, token, code: content.code ?? "" };
  }

  it("isn't counted: a whole class may use theirs through one IP address", async () => {
    const context = { requestId: "req_test", ip: someIp(), userAgent: null };
    for (let user = 0; user < 22; user++) {
      const { email, token, code } = await mailed();
      await withRequestContext({ ...context }, () => peekMagicLink(app, token));
      await withRequestContext({ ...context }, () => peekMagicLink(app, token));
      await (user % 2 === 0
        ? withRequestContext({ ...context }, async () => completeSignIn(app, await proveByMagicLink(app, token)))
        : withRequestContext({ ...context }, async () =>
            completeSignIn(app, await proveByEmailedCode(app, { email, code })),
          ));
    }
    expect(
      (await statuses(context, OPERATIONS[0]?.[1] as () => Promise<unknown>)).filter((s) => s === 429),
    ).toHaveLength(2);
  });
});
