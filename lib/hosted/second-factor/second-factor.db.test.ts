/**
 * The forms of the second factor on the hosted pages: they complete a sign-in of their browser once,
 * add the first factor where the app requires one, and raise a session.
 */
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import type { AppSettings } from "@/lib/apps/settings";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { factorOptions } from "@/lib/factors/passkey/factor";
import { creationOptions, registrationBy } from "@/lib/factors/passkey/registration";
import { listRememberedDevices } from "@/lib/factors/remembered-devices";
import { startTotpEnrollment } from "@/lib/factors/totp/enrollment";
import { askAs } from "@/test/support/account";
import type { TestResponse } from "@/test/support/call";
import { SOME_PASSWORD, someApp, someEmail, type TestApp } from "@/test/support/factories";
import { codeOf, nextStep, someTotpUser, type TestFactor, wrongCodeOf } from "@/test/support/factors";
import { lastMail } from "@/test/support/mailbox";
import {
  authorizeUrl,
  Browser,
  begin,
  changeClient,
  exchangeCode,
  locationOf,
  OPERATOR,
  screenOf,
  someClient,
  type TestClient,
} from "@/test/support/oauth";
import { someAuthenticator } from "@/test/support/passkeys";
import { forgetState } from "@/test/support/process-state";
import { RETURN_URL } from "@/test/support/social";
import { flashCookieName, readFlash } from "../flash";

let app: TestApp;
let client: TestClient;
beforeEach(async () => {
  forgetState("limit/email-requests");
  app = await someApp();
  client = await someClient(app);
  await changeClient(client, { first_party: true });
});

const set = (settings: Partial<AppSettings>) => updateApp(app.id, { settings }, OPERATOR);
const pendingIdOf = (answer: TestResponse) => locationOf(answer).searchParams.get("sign_in") ?? "";
const flash = (browser: Browser) => readFlash(browser.cookies.get(flashCookieName(app.id)));
const countSessions = (userId: string) => db().session.count({ where: { appId: app.id, userId, kind: "browser" } });

/** The claims of the ID token that a redirect to the client leads to. */
async function claimsOf(answer: TestResponse) {
  const code = locationOf(answer).searchParams.get("code") ?? expect.fail(`no code in ${locationOf(answer)}`);
  return decodeJwt((await exchangeCode(client, code)).body.id_token);
}

/** The first step of a user who has an authenticator app. */
async function passwordProved(bob: TestFactor) {
  const browser = new Browser(app, bob.email);
  const answer = await browser.signIn(await begin(browser, client));
  expect(screenOf(answer)).toBe("second-factor");
  return { browser, sign_in: pendingIdOf(answer) };
}

describe("a sign-in with an authenticator app", () => {
  let bob: TestFactor;
  beforeEach(async () => {
    bob = await someTotpUser(app);
  });

  it.each([
    ["as it is", (code: string) => code],
    ["with a space", (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
    ["in Arabic digits", (code: string) => code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))],
  ])("is complete with the code %s", async (_title, typed) => {
    const { browser, sign_in } = await passwordProved(bob);
    const answer = await browser.submit("second-factor", { sign_in, way: "totp", code: typed(codeOf(bob.secret)) });
    expect(await claimsOf(answer)).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mfa"] });
  });

  it("shows what was wrong beside the field, and starts no session", async () => {
    const { browser, sign_in } = await passwordProved(bob);
    for (const [code, problem] of [
      [wrongCodeOf(bob.secret), "The code is wrong, expired or already used."],
      ["", "Enter the code."],
      ["9".repeat(41), "must have at most 40 characters"],
    ] as const) {
      const answer = await browser.submit("second-factor", { sign_in, way: "totp", code });
      expect([screenOf(answer), locationOf(answer).search]).toEqual(["second-factor", `?sign_in=${sign_in}&way=totp`]);
      expect(flash(browser)).toMatchObject({ ok: false, fields: { code: problem }, form: "totp" });
    }
    expect(await countSessions(bob.userId)).toBe(0);
    expect((await browser.submit("second-factor", { sign_in, code: codeOf(bob.secret) })).status).toBe(303);
    expect(await countSessions(bob.userId)).toBe(1);
  });

  it("says how long to wait after too many wrong codes", async () => {
    const { browser, sign_in } = await passwordProved(bob);
    for (let attempt = 0; attempt < 6; attempt++)
      await browser.submit("second-factor", { sign_in, code: `${wrongCodeOf(bob.secret)}${" ".repeat(attempt)}` });
    expect(flash(browser)?.fields?.code).toMatch(/^Too many attempts\. Try again in \d+ seconds\.$/);
  });

  it("is completed once by twenty submissions at once, which all get its result", async () => {
    const { browser, sign_in } = await passwordProved(bob);
    const fields = { sign_in, way: "totp", code: codeOf(bob.secret) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.submit("second-factor", fields)));
    expect(new Set(answers.map((answer) => answer.headers.get("location"))).size).toBe(1);
    expect(await countSessions(bob.userId)).toBe(1);
  });

  it("is not completed again with a later code: the page says that it was completed", async () => {
    const { browser, sign_in } = await passwordProved(bob);
    await browser.submit("second-factor", { sign_in, code: codeOf(bob.secret) });
    nextStep();
    const again = await browser.submit("second-factor", { sign_in, code: codeOf(bob.secret) });
    expect([again.status, String(again.body)]).toEqual([400, expect.stringContaining("This sign-in has expired")]);
    expect(await countSessions(bob.userId)).toBe(1);
  });

  it("belongs to its browser and its app", async () => {
    const { sign_in } = await passwordProved(bob);
    const fields = { sign_in, code: codeOf(bob.secret) };
    const neighbor = await someApp();
    const { browser } = await passwordProved(bob);
    const elsewhere = new Browser(neighbor);
    elsewhere.cookies.set("foyer-browser", browser.cookies.get("foyer-browser") ?? "");
    expect((await new Browser(app).submit("second-factor", fields)).status).toBe(400);
    expect((await elsewhere.submit("second-factor", fields)).status).toBe(400);
    expect(await countSessions(bob.userId)).toBe(0);
  });

  it("takes a recovery code once", async () => {
    const [code = ""] = bob.recoveryCodes;
    const first = await passwordProved(bob);
    const fields = { way: "recovery_code", code: code.toUpperCase().replaceAll("-", " ") };
    const answer = await first.browser.submit("second-factor", { sign_in: first.sign_in, ...fields });
    expect(await claimsOf(answer)).toMatchObject({ acr: "2" });
    const second = await passwordProved(bob);
    await second.browser.submit("second-factor", { sign_in: second.sign_in, ...fields });
    expect(flash(second.browser)?.fields?.code).toMatch(/already used/);
  });

  it("raises the session that a client's acr asks for, under a new cookie", async () => {
    await set({ mfa: "off" });
    const browser = new Browser(app, bob.email);
    await browser.signIn(await begin(browser, client));
    const { id } = await browser.session();
    const before = new Map(browser.cookies);
    await set({ mfa: "optional" });
    const asked = await browser.open(authorizeUrl(client, { acr_values: "2" }));
    const page = await browser.open(locationOf(asked).href);
    expect(screenOf(page)).toBe("second-factor");
    const answer = await browser.submit("second-factor", { sign_in: pendingIdOf(page), code: codeOf(bob.secret) });
    expect(await claimsOf(answer)).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mfa"] });
    expect((await browser.session()).id).toBe(id);
    expect([...browser.cookies]).not.toEqual([...before]);
  });
});

describe("a sign-in at an app that requires a second factor", () => {
  beforeEach(() => set({ mfa: "required" }));

  async function enrolling() {
    const browser = new Browser(app, someEmail());
    const answer = await browser.signUp(await begin(browser, client));
    expect(screenOf(answer)).toBe("second-factor");
    const user = await db().user.findFirstOrThrow({ where: { appId: app.id, email: browser.email } });
    const { secret } = await startTotpEnrollment(await getApp(app.id), user);
    return { browser, sign_in: pendingIdOf(answer), secret, userId: user.id };
  }

  async function enrolled() {
    const { browser, sign_in, secret, userId } = await enrolling();
    const answer = await browser.submit("second-factor/authenticator", { sign_in, code: codeOf(secret) });
    expect(screenOf(answer)).toBe("second-factor/recovery-codes");
    return { browser, sign_in: pendingIdOf(answer), former: sign_in, secret, userId };
  }

  it("shows the recovery codes between the confirmation and the redirect to the client", async () => {
    const { browser, sign_in, userId } = await enrolled();
    expect(await countSessions(userId)).toBe(0);
    const file = await browser.submit("second-factor/recovery-codes/download", { sign_in });
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="recovery-codes-/);
    const codes = String(file.body).match(/^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/gm) ?? [];
    expect(new Set(codes).size).toBe(10);
    const answer = await browser.submit("second-factor/recovery-codes", { sign_in });
    expect(await claimsOf(answer)).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mfa"] });
    expect(await countSessions(userId)).toBe(1);
    const gone = await browser.submit("second-factor/recovery-codes/download", { sign_in });
    expect(gone.status).toBe(400);
  });

  it("is completed once by twenty confirmations at once, with one set of codes", async () => {
    const { browser, sign_in, secret, userId } = await enrolling();
    const fields = { sign_in, code: codeOf(secret) };
    const confirm = () => browser.submit("second-factor/authenticator", fields);
    const answers = await Promise.all(Array.from({ length: 20 }, confirm));
    expect(new Set(answers.map(pendingIdOf)).size).toBe(1);
    expect(await db().recoveryCode.count({ where: { appId: app.id, userId } })).toBe(10);
    const saved = { sign_in: pendingIdOf(answers[0] as TestResponse) };
    const submit = () => browser.submit("second-factor/recovery-codes", saved);
    const completed = await Promise.all(Array.from({ length: 20 }, submit));
    expect(new Set(completed.map((answer) => answer.headers.get("location"))).size).toBe(1);
    expect(await countSessions(userId)).toBe(1);
  });

  it("is not continued before a factor was added, nor by another browser", async () => {
    const { browser, sign_in, userId } = await enrolling();
    expect((await browser.submit("second-factor/recovery-codes", { sign_in })).status).toBe(400);
    expect((await browser.submit("second-factor/recovery-codes/download", { sign_in })).status).toBe(400);
    expect((await browser.submit("second-factor/decline", { sign_in })).status).toBe(400);
    const added = await enrolled();
    const other = await new Browser(app).submit("second-factor/recovery-codes", { sign_in: added.sign_in });
    expect(other.status).toBe(400);
    expect([await countSessions(userId), await countSessions(added.userId)]).toEqual([0, 0]);
  });

  it("shows a wrong code beside its field, and adds nothing", async () => {
    const { browser, sign_in, secret, userId } = await enrolling();
    await browser.submit("second-factor/authenticator", { sign_in, way: "totp", code: wrongCodeOf(secret) });
    expect(flash(browser)?.fields?.code).toMatch(/wrong/);
    expect(await db().factor.count({ where: { appId: app.id, userId } })).toBe(0);
  });

  it("asks for the factor next time, also if the codes were never confirmed", async () => {
    const { browser, secret } = await enrolled();
    nextStep();
    const again = await browser.signIn(await begin(browser, client));
    const answer = await browser.submit("second-factor", { sign_in: pendingIdOf(again), code: codeOf(secret) });
    expect(await claimsOf(answer)).toMatchObject({ acr: "2" });
  });

  it("doesn't continue after the password was changed meanwhile", async () => {
    const { browser, sign_in, userId } = await enrolled();
    await db().user.update({
      where: { appId_id: { appId: app.id, id: userId } },
      data: { passwordChangedAt: new Date(Date.now() + 1000) },
    });
    expect((await browser.submit("second-factor/recovery-codes", { sign_in })).status).toBe(400);
  });
});

describe("a client that asks for a second factor of a user who has none", () => {
  const essential = { claims: JSON.stringify({ id_token: { acr: { essential: true, values: ["2"] } } }) };

  async function offered(changes: Record<string, string>) {
    const browser = new Browser(app, someEmail());
    await browser.signUp(await begin(browser, client));
    const asked = await browser.open(authorizeUrl(client, changes));
    const page = await browser.open(locationOf(asked).href);
    return { browser, sign_in: pendingIdOf(page) };
  }

  it("gets a code with acr 1 if it only wished for one and the user declines", async () => {
    const { browser, sign_in } = await offered({ acr_values: "2" });
    expect(await claimsOf(await browser.submit("second-factor/decline", { sign_in }))).toMatchObject({ acr: "1" });
  });

  it("gets unmet_authentication_requirements if it required one and the user declines", async () => {
    const { browser, sign_in } = await offered(essential);
    const answer = await browser.submit("second-factor/decline", { sign_in });
    expect(locationOf(answer).searchParams.get("error")).toBe("unmet_authentication_requirements");
  });

  it("gets a code with acr 2 once the user has added one", async () => {
    const { browser, sign_in } = await offered(essential);
    const userId = await browser.userId();
    const { secret } = await startTotpEnrollment(await getApp(app.id), { id: userId, email: browser.email });
    const added = await browser.submit("second-factor/authenticator", { sign_in, code: codeOf(secret) });
    const answer = await browser.submit("second-factor/recovery-codes", { sign_in: pendingIdOf(added) });
    expect(await claimsOf(answer)).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mfa"] });
    expect(await countSessions(userId)).toBe(1);
  });
});

describe("other second factors", () => {
  const codeIn = async (email: string) => /\b\d{3} ?\d{3}\b/.exec((await lastMail(email)).content.text)?.[0] ?? "";

  async function verifiedUser(email = someEmail()) {
    await askAs(app, `/api/v1/apps/${app.id}/users`, { email, password: SOME_PASSWORD, email_verified: true });
    const browser = new Browser(app, email);
    const answer = await browser.signIn(await begin(browser, client));
    return { browser, email, sign_in: pendingIdOf(answer) };
  }

  it("an emailed code is sent by a button, and completes this sign-in only", async () => {
    await set({ mfa: "required", mfa_methods: ["email"] });
    const { browser, email, sign_in } = await verifiedUser();
    const sent = await browser.submit("second-factor/email", { sign_in });
    expect(locationOf(sent).search).toBe(`?sign_in=${sign_in}&way=email&sent=1`);
    const other = new Browser(app, email);
    const second = pendingIdOf(await other.signIn(await begin(other, client)));
    const fields = { way: "email", sent: "1", code: await codeIn(email) };
    await other.submit("second-factor", { sign_in: second, ...fields });
    expect(flash(other)?.fields?.code).toMatch(/wrong/);
    const answer = await browser.submit("second-factor", { sign_in, ...fields });
    expect(await claimsOf(answer)).toMatchObject({ acr: "2", amr: ["pwd", "otp", "mca", "mfa"] });
  });

  it("a session that adds emailed codes for a client keeps them", async () => {
    await set({ mfa_methods: ["email"] });
    const { browser } = await verifiedUser();
    const page = await browser.open(locationOf(await browser.open(authorizeUrl(client, { acr_values: "2" }))).href);
    const sign_in = pendingIdOf(page);
    await browser.submit("second-factor/email", { sign_in });
    const code = await codeIn(browser.email);
    const added = await browser.submit("second-factor", { sign_in, way: "email", sent: "1", code });
    expect(screenOf(added)).toBe("second-factor/recovery-codes");
    const answer = await browser.submit("second-factor/recovery-codes", { sign_in: pendingIdOf(added) });
    expect(await claimsOf(answer)).toMatchObject({ acr: "2" });
    const where = { appId: app.id, userId: await browser.userId() };
    expect((await db().factor.findMany({ where })).map(({ type }) => type)).toEqual(["email"]);
  });

  it("a passkey is added during a sign-in, and used at the next one", async () => {
    await set({ mfa: "required", mfa_methods: ["passkey"] });
    const { browser, email, sign_in } = await verifiedUser();
    const user = await db().user.findFirstOrThrow({ where: { appId: app.id, email } });
    const authenticator = someAuthenticator();
    const created = await creationOptions(await getApp(app.id), user, registrationBy(user.id, sign_in));
    const passkey = JSON.stringify(authenticator.create(created));
    const added = await browser.submit("second-factor/passkey", { sign_in, way: "passkey", passkey });
    expect(screenOf(added)).toBe("second-factor/recovery-codes");
    const first = await browser.submit("second-factor/recovery-codes", { sign_in: pendingIdOf(added) });
    expect(await claimsOf(first)).toMatchObject({ acr: "phr" });

    const again = new Browser(app, email);
    const pendingId = pendingIdOf(await again.signIn(await begin(again, client)));
    const asked = await factorOptions(await getApp(app.id), { userId: user.id, pendingId });
    for (const passkey of ["", "{}", JSON.stringify(someAuthenticator().get(asked))])
      await again.submit("second-factor", { sign_in: pendingId, way: "passkey", passkey });
    expect(flash(again)?.ok).toBe(false);
    const fields = { sign_in: pendingId, way: "passkey", passkey: JSON.stringify(authenticator.get(asked)) };
    expect(await claimsOf(await again.submit("second-factor", fields))).toMatchObject({ acr: "phr" });
  });

  it("a browser that is remembered skips the second factor until the user removes it", async () => {
    await set({ mfa_remember_days: 30 });
    const bob = await someTotpUser(app);
    const { browser, sign_in } = await passwordProved(bob);
    await browser.submit("second-factor", { sign_in, way: "totp", code: codeOf(bob.secret), remember: "1" });
    const signIn = async () => {
      // A session of the same instant would count as fresh.
      nextStep();
      return browser.signIn(await begin(browser, client, { prompt: "login" }));
    };
    expect(await claimsOf(await signIn())).toMatchObject({ acr: "1" });
    const [device] = await listRememberedDevices(await getApp(app.id), bob.userId);
    const carol = new Browser(app);
    await carol.signUp(await begin(carol, client));
    await carol.submit("account/remembered", { device: device?.id ?? "" });
    await carol.submit("account/remembered", { device: "all" });
    expect(await claimsOf(await signIn())).toMatchObject({ acr: "1" });
    await browser.submit("account/remembered", { device: device?.id ?? "" });
    expect(screenOf(await signIn())).toBe("second-factor");
  });
});

describe("a magic link that returns to the app", () => {
  async function openLink(email: string) {
    await askAs(app, `/api/auth/magic-link/${app.id}`, { email, redirect_uri: RETURN_URL, state: "xyz" });
    const { token, path } = await lastMail(email);
    const browser = new Browser(app, email);
    await browser.open(path);
    const answer = await browser.submit("magic-link/link", { token });
    expect(screenOf(answer)).toBe("second-factor");
    return { browser, sign_in: pendingIdOf(answer) };
  }

  it.each(["query", "fragment", "code"] as const)("returns by %s after the second factor", async (delivery) => {
    await set({ return_urls: [RETURN_URL], delivery });
    const bob = await someTotpUser(app);
    // A link to an address that was never verified removes the factors.
    await askAs(app, `/api/v1/apps/${app.id}/users/${bob.userId}`, { email_verified: true }, { method: "PATCH" });
    const { browser, sign_in } = await openLink(bob.email);
    const { href } = locationOf(await browser.submit("second-factor", { sign_in, code: codeOf(bob.secret) }));
    expect(href).toMatch({ query: /\?.*token=/, fragment: /#.*token=/, code: /\?.*code=/ }[delivery]);
    expect(href).toContain("state=xyz");
  });

  it("returns after the user has added the first factor and saved the codes", async () => {
    await set({ return_urls: [RETURN_URL], delivery: "code", mfa: "required" });
    const { browser, sign_in } = await openLink(someEmail());
    const user = await db().user.findFirstOrThrow({ where: { appId: app.id, email: browser.email } });
    const { secret } = await startTotpEnrollment(await getApp(app.id), user);
    const added = await browser.submit("second-factor/authenticator", { sign_in, code: codeOf(secret) });
    expect(await db().oneTimeToken.count({ where: { appId: app.id, purpose: "exchange_code" } })).toBe(0);
    const answer = await browser.submit("second-factor/recovery-codes", { sign_in: pendingIdOf(added) });
    const code = locationOf(answer).searchParams.get("code");
    const { status, body } = await askAs(app, `/api/auth/exchange/${app.id}`, { code });
    expect(status).toBe(200);
    expect(decodeJwt(body.token)).toMatchObject({ sub: user.id, acr: "2", amr: ["otp", "mfa"] });
  });
});

describe("between the steps", () => {
  it.each([
    ["the user is disabled", { disabled: true }],
    ["the password changes", { password: "another horse battery" }],
    ["the user is deleted", null],
  ])("%s, and the sign-in ends", async (_title, change) => {
    const bob = await someTotpUser(app);
    const { browser, sign_in } = await passwordProved(bob);
    const path = `/api/v1/apps/${app.id}/users/${bob.userId}`;
    await askAs(app, path, change ?? undefined, { method: change ? "PATCH" : "DELETE" });
    expect((await browser.submit("second-factor", { sign_in, code: codeOf(bob.secret) })).status).toBe(400);
    expect(await countSessions(bob.userId)).toBe(0);
  });

  it("the app stops using authenticator apps, and the code no longer counts", async () => {
    const bob = await someTotpUser(app);
    const { browser, sign_in } = await passwordProved(bob);
    await set({ mfa_methods: ["email"] });
    await browser.submit("second-factor", { sign_in, code: codeOf(bob.secret) });
    expect(flash(browser)?.ok).toBe(false);
    expect(await countSessions(bob.userId)).toBe(0);
  });
});
