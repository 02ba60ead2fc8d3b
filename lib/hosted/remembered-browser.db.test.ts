/** Browsers that skip the second factor: which, how long, and until what. */
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import type { AppSettings } from "@/lib/apps/settings";
import { updateApp } from "@/lib/apps/update";
import { freezeClock, nowMs } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { forgetDevice, listRememberedDevices } from "@/lib/factors/remembered-devices";
import { removeExpired } from "@/lib/operations/cleanup";
import { ask, askAs } from "@/test/support/account";
import type { TestResponse } from "@/test/support/call";
import { someApp, type TestApp } from "@/test/support/factories";
import { addTotp, codeOf, firstStep, mfa, nextStep, someTotpUser, type TestFactor } from "@/test/support/factors";
import { lastMail } from "@/test/support/mailbox";
import { manage } from "@/test/support/manage";
import {
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
import { deviceCookieName } from "./remembered-browser";

const DAYS = 30;

let app: TestApp;
let client: TestClient;
let bob: TestFactor;
beforeAll(() => freezeClock(new Date()));
afterAll(() => freezeClock(null));
beforeEach(async () => {
  app = await someApp();
  await set({ mfa_remember_days: DAYS });
  client = await someClient(app);
  await changeClient(client, { first_party: true });
  bob = await someTotpUser(app);
});

const set = (settings: Partial<AppSettings>) => updateApp(app.id, { settings }, OPERATOR);
const cookieOf = (browser: Browser) => browser.cookies.get(deviceCookieName(app.id));

async function signIn(browser: Browser): Promise<TestResponse> {
  // A session is newer than the request that asks for it.
  nextStep();
  return browser.signIn(await begin(browser, client, { prompt: "login" }));
}

/** A browser in which Bob used the second factor, and chose to skip it from now on. */
async function rememberedBrowser(fields: Record<string, string> = { remember: "1" }): Promise<Browser> {
  const browser = new Browser(app, bob.email);
  const sign_in = locationOf(await signIn(browser)).searchParams.get("sign_in") ?? "";
  await browser.submit("second-factor", { sign_in, code: codeOf(bob.secret), ...fields });
  nextStep();
  return browser;
}

async function isAsked(browser: Browser): Promise<boolean> {
  const answer = await signIn(browser);
  if (locationOf(answer).searchParams.has("code")) return false;
  expect(screenOf(answer)).toBe("second-factor");
  return true;
}

describe("a remembered browser", () => {
  it("skips the second factor, with a session of one factor", async () => {
    const browser = await rememberedBrowser();
    const code = locationOf(await signIn(browser)).searchParams.get("code") ?? "";
    const { id_token } = (await exchangeCode(client, code)).body;
    expect(decodeJwt(id_token)).toMatchObject({ acr: "1", amr: ["pwd"] });
    await set({ mfa: "required" });
    expect(await isAsked(browser)).toBe(false);
  });

  it("is one whose user chose that, at an app that allows it", async () => {
    const browser = await rememberedBrowser({});
    expect(cookieOf(browser)).toBeUndefined();
    expect(await isAsked(browser)).toBe(true);
    await set({ mfa_remember_days: 0 });
    expect(cookieOf(await rememberedBrowser())).toBeUndefined();
  });

  it("is no other browser, user or app", async () => {
    const browser = await rememberedBrowser();
    expect(await isAsked(new Browser(app, bob.email))).toBe(true);
    const carol = await someTotpUser(app);
    const value = cookieOf(browser) ?? "";
    const other = new Browser(app, carol.email);
    other.cookies.set(deviceCookieName(app.id), value);
    expect(await isAsked(other)).toBe(true);
    const forged = new Browser(app, bob.email);
    forged.cookies.set(deviceCookieName(app.id), `${value.slice(0, -1)}${value.endsWith("A") ? "B" : "A"}`);
    expect(await isAsked(forged)).toBe(true);
    const neighbor = await someApp();
    await updateApp(neighbor.id, { settings: { mfa_remember_days: DAYS } }, OPERATOR);
    const twin = await someTotpUser(neighbor, bob.email);
    const there = new Browser(neighbor, twin.email);
    there.cookies.set(deviceCookieName(neighbor.id), value);
    const one = await someClient(neighbor);
    expect(screenOf(await there.signIn(await begin(there, one)))).toBe("second-factor");
  });

  it("has its cookie on the app's pages and at the return from a sign-in provider, and nowhere else", async () => {
    const lines = (await rememberedBrowser()).received.filter((line) => line.startsWith(deviceCookieName(app.id)));
    expect(lines.map((line) => /; Path=([^;]+)/.exec(line)?.[1])).toEqual(["/api/auth/callback", `/o/${app.id}`]);
  });

  it("is stored as a hash, in a cookie of the app's pages", async () => {
    const [, secret = ""] = cookieOf(await rememberedBrowser())?.split(".") ?? [];
    const row = await db().rememberedDevice.findFirstOrThrow({ where: { userId: bob.userId } });
    expect(Buffer.from(row.secretHash)).toHaveLength(32);
    expect(JSON.stringify(row)).not.toContain(secret);
  });

  it("is asked again after the days of the setting, also if they become fewer", async () => {
    const browser = await rememberedBrowser();
    freezeClock(new Date(nowMs() + 2 * 86_400_000));
    expect(await isAsked(browser)).toBe(false);
    await set({ mfa_remember_days: 1 });
    expect(await isAsked(browser)).toBe(true);
    await set({ mfa_remember_days: DAYS });
    expect(await isAsked(browser)).toBe(false);
    freezeClock(new Date(nowMs() + (DAYS - 1) * 86_400_000));
    expect(await isAsked(browser)).toBe(true);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      "a new password",
      () => manage(app, "PATCH", `/users/${bob.userId}`, { body: { password: "correct horse battery" } }),
    ],
    [
      "a password reset",
      async () => {
        // An unverified account would lose its factors, too.
        await db().user.updateMany({ where: { appId: app.id }, data: { emailVerifiedAt: new Date(0) } });
        await askAs(app, `/api/auth/password/forgot/${app.id}`, { email: bob.email });
        const { token } = await lastMail(bob.email);
        await ask(`/api/auth/password/reset/${app.id}`, { body: { token, password: "correct horse battery" } });
      },
    ],
    [
      "another authenticator app",
      async () => {
        const body = { mfa_token: await firstStep(app, bob.email), code: codeOf(bob.secret) };
        const { token } = (await mfa.verify(app, body)).body;
        bob = await addTotp(app, { ...bob, token });
        nextStep();
      },
    ],
    ["the policy of 0 days", () => set({ mfa_remember_days: 0 }).then(() => set({ mfa_remember_days: DAYS }))],
    [
      "its removal from the list",
      async () => {
        const [device] = await listRememberedDevices(await getApp(app.id), bob.userId);
        await forgetDevice(await getApp(app.id), bob.userId, device?.id ?? "");
      },
    ],
  ])("is asked again after %s", async (_, change) => {
    const browser = await rememberedBrowser();
    await change();
    expect(await isAsked(browser)).toBe(true);
    expect(await listRememberedDevices(await getApp(app.id), bob.userId)).toEqual([]);
  });

  it("is listed, is no neighbor's to remove, and is deleted with all factors and once it expired", async () => {
    await rememberedBrowser();
    const [own, other] = [await getApp(app.id), await getApp((await someApp()).id)];
    const [device, ...more] = await listRememberedDevices(own, bob.userId);
    expect(more).toEqual([]);
    expect(device?.id).toMatch(/^dev_/);
    await expect(forgetDevice(other, bob.userId, device?.id ?? "")).rejects.toMatchObject({ status: 404 });
    const carol = await someTotpUser(app);
    await expect(forgetDevice(own, carol.userId, device?.id ?? "")).rejects.toMatchObject({ status: 404 });
    await manage(app, "DELETE", `/users/${bob.userId}/factors`);
    expect(await db().rememberedDevice.count({ where: { appId: app.id } })).toBe(0);
    bob = await someTotpUser(app);
    await rememberedBrowser();
    await db().rememberedDevice.updateMany({ where: { appId: app.id }, data: { expiresAt: new Date(0) } });
    await removeExpired();
    expect(await db().rememberedDevice.count({ where: { appId: app.id } })).toBe(0);
  });
});
