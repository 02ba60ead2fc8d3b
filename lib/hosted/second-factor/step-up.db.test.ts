/** Step-up of a session whose user has to add a factor: adding one needs a recent sign-in with the strongest factor. */
import { beforeEach, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { freezeClock, nowMs } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { creationOptions, registrationBy } from "@/lib/factors/passkey/registration";
import { startTotpEnrollment } from "@/lib/factors/totp/enrollment";
import type { TestResponse } from "@/test/support/call";
import { someApp, someEmail, type TestApp } from "@/test/support/factories";
import { codeOf, nextStep, someTotpUser } from "@/test/support/factors";
import {
  authorizeUrl,
  Browser,
  begin,
  changeClient,
  locationOf,
  screenOf,
  someClient,
  type TestClient,
} from "@/test/support/oauth";
import { someAuthenticator } from "@/test/support/passkeys";

let app: TestApp;
let client: TestClient;
beforeEach(async () => {
  app = await someApp();
  client = await someClient(app);
  await changeClient(client, { first_party: true });
});

const pendingIdOf = (answer: TestResponse) => locationOf(answer).searchParams.get("sign_in") ?? "";
const later = (minutes: number) => freezeClock(new Date(nowMs() + minutes * 60_000));
const essential = (acr: string) => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values: [acr] } } }),
});
const countFactors = (type: string) => db().factor.count({ where: { appId: app.id, type } });

/** Opens the authorization endpoint and follows the redirects to the page that it leads to. */
async function ask(browser: Browser, changes: Record<string, string>): Promise<TestResponse> {
  const asked = await browser.open(authorizeUrl(client, changes));
  return screenOf(asked) === "step-up" ? browser.open(locationOf(asked).href) : asked;
}

describe("a session without a second factor", () => {
  let browser: Browser;
  beforeEach(async () => {
    browser = new Browser(app, someEmail());
    await browser.signUp(await begin(browser, client));
  });

  it("is asked to sign in again before it adds the factor that a client requires", async () => {
    later(11);
    const answer = await ask(browser, essential("2"));
    expect(screenOf(answer)).toBe("signin");
  });

  it("isn't offered a factor that a client only wishes for", async () => {
    later(11);
    const answer = await ask(browser, { acr_values: "2" });
    expect(locationOf(answer).searchParams.has("code")).toBe(true);
  });

  it("adds no factor after it was revoked", async () => {
    const page = await ask(browser, essential("2"));
    expect(screenOf(page)).toBe("second-factor");
    const user = await db().user.findFirstOrThrow({ where: { appId: app.id, email: browser.email } });
    const { secret } = await startTotpEnrollment(await getApp(app.id), user);
    await db().session.updateMany({
      where: { appId: app.id, userId: user.id },
      data: { revokedAt: new Date(nowMs()) },
    });
    const answer = await browser.submit("second-factor/authenticator", {
      sign_in: pendingIdOf(page),
      code: codeOf(secret),
    });
    expect(answer.status).toBe(400);
    expect(await countFactors("totp")).toBe(0);
  });
});

describe("a session with an authenticator app whose client requires a passkey", () => {
  it("confirms the authenticator app before it adds the passkey", async () => {
    const bob = await someTotpUser(app);
    const browser = new Browser(app, bob.email);
    const first = await browser.signIn(await begin(browser, client));
    await browser.submit("second-factor", { sign_in: pendingIdOf(first), code: codeOf(bob.secret) });
    later(11);
    const page = await ask(browser, essential("phr"));
    const passkey = async (sign_in: string) => {
      const user = { id: bob.userId, email: bob.email, name: null };
      const options = await creationOptions(await getApp(app.id), user, registrationBy(user.id, sign_in));
      return JSON.stringify(someAuthenticator().create(options));
    };
    const sign_in = pendingIdOf(page);
    await browser.submit("second-factor/passkey", { sign_in, way: "passkey", passkey: await passkey(sign_in) });
    expect(await countFactors("passkey")).toBe(0);
    nextStep();
    const confirmed = await browser.submit("second-factor", { sign_in, code: codeOf(bob.secret) });
    expect(screenOf(confirmed)).toBe("step-up");
    const next = pendingIdOf(await browser.open(locationOf(confirmed).href));
    await browser.submit("second-factor/passkey", {
      sign_in: next,
      way: "passkey",
      passkey: await passkey(next),
    });
    expect(await countFactors("passkey")).toBe(1);
  });

  it("takes no recovery code, which would raise it to less than required or add a factor unproved", async () => {
    const bob = await someTotpUser(app);
    const browser = new Browser(app, bob.email);
    const first = await browser.signIn(await begin(browser, client));
    await browser.submit("second-factor", { sign_in: pendingIdOf(first), code: codeOf(bob.secret) });
    const page = await ask(browser, essential("phr"));
    const [code = ""] = bob.recoveryCodes;
    await browser.submit("second-factor", { sign_in: pendingIdOf(page), way: "recovery_code", code });
    expect(await db().recoveryCode.count({ where: { appId: app.id, usedAt: { not: null } } })).toBe(0);
    expect(await countFactors("email")).toBe(0);
  });
});
