/** The forms of the account page that change second factors and passkeys: who may use them, and when. */
import { beforeEach, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, nowMs } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { creationOptions, registrationBy } from "@/lib/factors/passkey/registration";
import { startTotpEnrollment } from "@/lib/factors/totp/enrollment";
import { SOME_PASSWORD as PASSWORD, someApp, type TestApp } from "@/test/support/factories";
import { codeOf, nextStep } from "@/test/support/factors";
import { lastMail } from "@/test/support/mailbox";
import {
  authorize,
  Browser,
  begin,
  changeClient,
  locationOf,
  OPERATOR,
  screenOf,
  someClient,
} from "@/test/support/oauth";
import { someAuthenticator } from "@/test/support/passkeys";
import { forgetState } from "@/test/support/process-state";
import { flashCookieName, readFlash } from "../flash";

let app: TestApp;
beforeEach(async () => {
  forgetState("limit/email-requests");
  app = await someApp();
});

const set = (settings: Record<string, unknown>) => updateApp(app.id, { settings }, OPERATOR);
const messageOf = (browser: Browser) => readFlash(browser.cookies.get(flashCookieName(app.id)))?.message;
const rows = (userId: string) => db().factor.findMany({ where: { appId: app.id, userId }, orderBy: { id: "asc" } });

async function signedIn(email?: string): Promise<Browser> {
  const browser = new Browser(app, email);
  browser.registered = email !== undefined;
  const client = await someClient(app);
  await changeClient(client, { first_party: true });
  await authorize(browser, client);
  return browser;
}

async function secretOf(browser: Browser): Promise<string> {
  const user = { id: await browser.userId(), email: browser.email };
  return (await startTotpEnrollment(await getApp(app.id), user)).secret;
}

async function withTotp() {
  const browser = await signedIn();
  const secret = await secretOf(browser);
  const added = await browser.submit("account/authenticator", { code: codeOf(secret) });
  expect(screenOf(added)).toBe("account/recovery-codes");
  nextStep();
  return { browser, secret, userId: await browser.userId() };
}

async function newPasskey(browser: Browser, authenticator = someAuthenticator()) {
  const { userId: id, id: sessionId } = await browser.session();
  const user = { id, email: browser.email, name: null };
  const options = await creationOptions(await getApp(app.id), user, registrationBy(id, sessionId));
  return JSON.stringify(authenticator.create(options));
}

const AGO = 11 * 60_000;

describe("an authenticator app", () => {
  it("comes with recovery codes, which the user downloads and confirms", async () => {
    const { browser, userId } = await withTotp();
    const file = await browser.submit("account/recovery-codes/download", {});
    expect(String(file.body).match(/^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/gm)).toHaveLength(10);
    expect(screenOf(await browser.submit("account/recovery-codes", {}))).toBe("account");
    const gone = await browser.submit("account/recovery-codes/download", {});
    expect(screenOf(gone)).toBe("account");
    expect((await rows(userId)).map(({ type }) => type)).toEqual(["totp"]);
  });

  it("shows the codes in the session that created them only", async () => {
    const { browser, secret } = await withTotp();
    const other = new Browser(app, browser.email);
    const client = await someClient(app);
    await changeClient(client, { first_party: true });
    const asked = await other.signIn(await begin(other, client));
    const sign_in = locationOf(asked).searchParams.get("sign_in") ?? "";
    await other.submit("second-factor", { sign_in, code: codeOf(secret) });
    expect(screenOf(await other.submit("account/recovery-codes/download", {}))).toBe("account");
    expect((await browser.submit("account/recovery-codes/download", {})).status).toBe(200);
  });

  it("is removed, with the recovery codes", async () => {
    const { browser, userId } = await withTotp();
    const [factor] = await rows(userId);
    await browser.submit("account/factors/remove", { factor: factor?.id ?? "" });
    expect(messageOf(browser)).toMatch(/removed/);
    expect(await rows(userId)).toEqual([]);
    expect(await db().recoveryCode.count({ where: { appId: app.id, userId } })).toBe(0);
  });

  it("of another user isn't removed", async () => {
    const { userId } = await withTotp();
    const [factor] = await rows(userId);
    const carol = await signedIn();
    await carol.submit("account/factors/remove", { factor: factor?.id ?? "" });
    expect(messageOf(carol)).toMatch(/not found|doesn't exist|does not exist/i);
    expect(await rows(userId)).toHaveLength(1);
  });

  it("is neither removed nor replaced by a session whose second factor is too old", async () => {
    const { browser, secret, userId } = await withTotp();
    freezeClock(new Date(nowMs() + AGO));
    const [factor] = await rows(userId);
    for (const [form, page, fields] of [
      ["account/factors/remove", "account", { factor: factor?.id ?? "" }],
      ["account/recovery-codes/new", "account", {}],
      ["account/authenticator", "account/authenticator", { code: "123456" }],
    ] as const) {
      const answer = await browser.submit(form, fields);
      expect([screenOf(answer), locationOf(answer).searchParams.get("page")], form).toEqual(["step-up", page]);
    }
    // The step-up leads back to the page that asked.
    const asked = await browser.open(`/o/${app.id}/step-up?page=account/authenticator`);
    const sign_in = locationOf(asked).searchParams.get("sign_in") ?? "";
    expect(screenOf(await browser.submit("second-factor", { sign_in, code: codeOf(secret) }))).toBe(
      "account/authenticator",
    );
    await browser.submit("account/factors/remove", { factor: factor?.id ?? "" });
    expect(await rows(userId)).toEqual([]);
  });

  it("isn't added by a session that signed in long ago: it signs in again", async () => {
    const browser = await signedIn();
    const secret = await secretOf(browser);
    freezeClock(new Date(nowMs() + AGO));
    const answer = await browser.submit("account/authenticator", { code: codeOf(secret) });
    expect(screenOf(answer)).toBe("step-up");
    const start = await browser.open(locationOf(answer).href);
    expect([screenOf(start), locationOf(start).search]).toEqual(["account/start", "?again=account%2Fauthenticator"]);
    expect(await rows(await browser.userId())).toEqual([]);
  });
});

describe("emailed codes", () => {
  it("are enabled by a code, and disabled again", async () => {
    await set({ mfa_methods: ["totp", "email"] });
    const browser = await signedIn();
    const sent = await browser.submit("account/email-codes/send", {});
    expect(screenOf(sent)).toBe("account/email-codes");
    await browser.submit("account/email-codes", { code: "000000" });
    expect(messageOf(browser)).toMatch(/wrong/);
    const code = /\b\d{3} ?\d{3}\b/.exec((await lastMail(browser.email)).content.text)?.[0] ?? "";
    expect(screenOf(await browser.submit("account/email-codes", { code }))).toBe("account/recovery-codes");
    const [factor] = await rows(await browser.userId());
    expect(factor?.type).toBe("email");
    await browser.submit("account/factors/remove", { factor: factor?.id ?? "" });
    expect(await rows(await browser.userId())).toEqual([]);
  });

  it("are off where the app doesn't use them", async () => {
    const browser = await signedIn();
    await browser.submit("account/email-codes/send", {});
    expect(messageOf(browser)).toMatch(/doesn't use emailed codes/);
  });
});

describe("a passkey", () => {
  it("is added, renamed and removed", async () => {
    const browser = await signedIn();
    const userId = await browser.userId();
    const answer = await browser.submit("account/passkeys", { passkey: await newPasskey(browser) });
    expect(screenOf(answer)).toBe("account/recovery-codes");
    const [passkey] = await rows(userId);
    await browser.submit("account/passkeys/rename", { passkey: passkey?.id ?? "", name: "My laptop" });
    expect((await rows(userId))[0]?.name).toBe("My laptop");
    await browser.submit("account/factors/remove", { factor: passkey?.id ?? "" });
    expect(await rows(userId)).toEqual([]);
  });

  it.each([["none"], ["{}"], ["[]"], ["null"], [""], [`{"id":"${"x".repeat(2000)}"}`]])(
    "isn't added from %j",
    async (passkey) => {
      const browser = await signedIn();
      await browser.submit("account/passkeys", { passkey });
      expect(messageOf(browser)).toBe("The browser sent no valid passkey. Try again.");
    },
  );

  it("that is the last sign-in method stays, and the page says why", async () => {
    const browser = await signedIn();
    const userId = await browser.userId();
    await browser.submit("account/passkeys", { passkey: await newPasskey(browser) });
    await set({ methods: { password: false, magic_link: false } });
    const [passkey] = await rows(userId);
    await browser.submit("account/factors/remove", { factor: passkey?.id ?? "" });
    expect(messageOf(browser)).toMatch(/only sign-in method/);
    expect(await rows(userId)).toHaveLength(1);
  });
});

describe("the offer of a passkey", () => {
  const month = 31 * 24 * 3_600_000;

  async function signInAgain(browser: Browser, fields: Record<string, string>) {
    const client = await someClient(app);
    await changeClient(client, { first_party: true });
    const again = new Browser(app, browser.email);
    const interaction = await begin(again, client);
    const answer = await again.submit("signin", { interaction, email: browser.email, password: PASSWORD, ...fields });
    return { again, interaction, answer };
  }

  it("follows a sign-in whose device can keep passkeys, at most once a month", async () => {
    const browser = await signedIn();
    expect(screenOf((await signInAgain(browser, {})).answer)).toBeNull();
    const { again, interaction, answer } = await signInAgain(browser, { passkeys: "1" });
    expect(screenOf(answer)).toBe("passkey-offer");
    const declined = await again.submit("passkey-offer", { interaction });
    expect(locationOf(declined).searchParams.get("code")).toBeTruthy();
    expect(screenOf((await signInAgain(browser, { passkeys: "1" })).answer)).toBeNull();
    freezeClock(new Date(nowMs() + month));
    expect(screenOf((await signInAgain(browser, { passkeys: "1" })).answer)).toBe("passkey-offer");
  });

  it("adds a passkey, shows the recovery codes, and continues the request of the client", async () => {
    const { again, interaction } = await signInAgain(await signedIn(), { passkeys: "1" });
    const added = await again.submit("passkey-offer", { interaction, passkey: await newPasskey(again) });
    expect(screenOf(added)).toBe("account/recovery-codes");
    const answer = await again.submit("account/recovery-codes", {});
    expect(locationOf(answer).searchParams.get("code")).toBeTruthy();
    expect((await rows(await again.userId())).map(({ type }) => type)).toEqual(["passkey"]);
  });

  it("isn't shown after a sign-up, to a user who has a passkey, or where the app has them off", async () => {
    const client = await someClient(app);
    await changeClient(client, { first_party: true });
    const fresh = new Browser(app);
    const interaction = await begin(fresh, client);
    const fields = { interaction, email: fresh.email, password: PASSWORD, passkeys: "1" };
    expect(screenOf(await fresh.submit("signup", fields))).toBeNull();
    await set({ passkeys: false });
    expect(screenOf((await signInAgain(fresh, { passkeys: "1" })).answer)).toBeNull();
    await set({ passkeys: true });
    await fresh.submit("account/passkeys", { passkey: await newPasskey(fresh) });
    expect(screenOf((await signInAgain(fresh, { passkeys: "1" })).answer)).toBeNull();
  });

  it("is shown once by twenty sign-ins at once", async () => {
    const browser = await signedIn();
    const all = await Promise.all(Array.from({ length: 20 }, () => signInAgain(browser, { passkeys: "1" })));
    expect(all.filter(({ answer }) => screenOf(answer) === "passkey-offer")).toHaveLength(1);
  });
});
