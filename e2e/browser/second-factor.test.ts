/** The second factor on the hosted pages: enrollment, sign-in, step-up, and the account page. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { manage, type TestApp } from "../support/app";
import { expect, lastMailTo, test } from "../support/fixtures";
import { isSignedIn, signInAt, signUpAt, submitSignUp } from "../support/hosted";
import { authorizePath, nameApp, shortNames } from "../support/hosted-walk";
import { findViolationsInThemes } from "../support/page-checks";
import { newEmail, PASSWORD } from "../support/people";
import { type Authenticator, confirmAuthenticator, enterCode, readRecoveryCodes } from "../support/second-factor";

const set = (app: TestApp, settings: object) => manage(app, "PATCH", "", { settings });

/** A new user whose sign-up adds an authenticator app. */
async function enroll(
  page: Page,
  app: TestApp,
): Promise<{ email: string; authenticator: Authenticator; codes: string[] }> {
  const email = newEmail();
  await submitSignUp(page, app, email);
  await page.getByRole("link", { name: /Authenticator app/ }).click();
  const authenticator = await confirmAuthenticator(page);
  const codes = await readRecoveryCodes(page);
  await page.getByRole("button", { name: "I saved the codes" }).click();
  await page.waitForURL("**/account");
  return { email, authenticator, codes };
}

for (const javaScriptEnabled of [true, false])
  test(`a user of an app that requires a second factor adds one, and uses it ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    openBrowser,
    app,
  }) => {
    await set(app, { mfa: "required" });
    const { page } = await openBrowser({ javaScriptEnabled });
    const email = newEmail();
    await submitSignUp(page, app, email);
    await expect(page.getByRole("heading", { name: "Add a second factor" })).toBeVisible();
    const pending = page.url();
    expect(await isSignedIn(page, app)).toBe(false);
    await page.goto(pending);
    await page.getByRole("link", { name: /Authenticator app/ }).click();
    await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
    const key = await page.locator("code").innerText();
    await enterCode(page, "000000");
    await expect(page.getByText("The code is wrong, expired or already used.")).toBeVisible();
    // The app on the phone has the key already.
    expect(await page.locator("code").innerText()).toBe(key);
    const authenticator = await confirmAuthenticator(page);

    const codes = await readRecoveryCodes(page);
    expect(new Set(codes).size).toBe(10);
    await page.reload();
    expect(await readRecoveryCodes(page)).toEqual(codes);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download" }).click(),
    ]);
    const text = await readFile(await download.path(), "utf8");
    for (const code of codes) expect(text).toContain(code);
    const shown = page.url();
    await page.getByRole("button", { name: "I saved the codes" }).click();
    await page.waitForURL("**/account");
    await page.goto(shown);
    await expect(page.getByRole("heading", { name: "This sign-in has expired" })).toBeVisible();

    const phone = await openBrowser({ javaScriptEnabled });
    await signInAt(phone.page, app, email);
    await expect(phone.page.getByRole("heading", { name: "Confirm it’s you" })).toBeVisible();
    const code = await authenticator.code();
    await enterCode(phone.page, `${code.slice(0, 3)} ${code.slice(3)}`);
    await phone.page.waitForURL("**/account");

    const other = await openBrowser({ javaScriptEnabled });
    await signInAt(other.page, app, email);
    await enterCode(other.page, "000000");
    await expect(other.page.getByText("The code is wrong, expired or already used.")).toBeVisible();
    await other.page.getByRole("link", { name: "Recovery code" }).click();
    await expect(other.page.getByLabel("Recovery code")).toBeVisible();
    await expect(other.page.getByText("The code is wrong, expired or already used.")).toBeHidden();
    await enterCode(other.page, codes[0] ?? "");
    await other.page.waitForURL("**/account");
    await expect(other.page.getByText("9 of 10 codes are left.")).toBeVisible();
  });

test("an emailed code is the second factor of a verified address", async ({ openBrowser, app }) => {
  await set(app, { mfa: "required", mfa_methods: ["email"] });
  const email = newEmail();
  await manage(app, "POST", "/users", { email, password: PASSWORD, email_verified: true });
  const { page } = await openBrowser();
  await signInAt(page, app, email);
  await expect(page.getByText(email)).toBeHidden();
  await page.getByRole("button", { name: "Email me a code" }).click();
  await enterCode(page, "000000");
  await expect(page.getByText("The code is wrong, expired or already used.")).toBeVisible();
  const first = (await lastMailTo(email)).code;
  await page.getByRole("button", { name: "send it again" }).click();
  await expect.poll(async () => (await lastMailTo(email)).code).not.toBe(first);
  await enterCode(page, (await lastMailTo(email)).code);
  await page.waitForURL("**/account");
});

test("two tabs: the sign-in is completed in one, and the other one says so", async ({ openBrowser, app }) => {
  await set(app, { mfa: "required" });
  const { page: first } = await openBrowser();
  const { email, authenticator } = await enroll(first, app);
  const { page } = await openBrowser();
  await signInAt(page, app, email);
  await page.waitForURL("**/second-factor?**");
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await enterCode(page, await authenticator.code());
  await page.waitForURL("**/account");
  await enterCode(tab, "123456");
  await expect(tab.getByRole("heading", { name: "This sign-in has expired" })).toBeVisible();
  await tab.getByRole("link", { name: "Go to your account" }).click();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "This sign-in has expired" })).toBeVisible();
});

test("a client that asks for acr 2 gets the second factor that the user adds, or learns that there is none", async ({
  openBrowser,
  app,
}) => {
  const named = await nameApp(app, shortNames());
  await manage(app, "PATCH", `/clients/${named.clientId}`, { first_party: true });
  const { page } = await openBrowser();
  await page.route(`${named.redirectUri}**`, (route) => route.fulfill({ contentType: "text/html", body: "hello" }));
  const essential = { claims: JSON.stringify({ id_token: { acr: { essential: true, values: ["2"] } } }) };
  const email = await signUpAt(page, app);

  await page.goto(authorizePath(named, { acr_values: "2" }));
  await page.getByRole("button", { name: "Not now" }).click();
  await page.waitForURL(`${named.redirectUri}**`);
  expect(new URL(page.url()).searchParams.get("code")).toBeTruthy();

  await page.goto(authorizePath(named, essential));
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.waitForURL(`${named.redirectUri}**`);
  expect(new URL(page.url()).searchParams.get("error")).toBe("unmet_authentication_requirements");

  await page.goto(authorizePath(named, essential));
  await page.getByRole("link", { name: /Authenticator app/ }).click();
  const authenticator = await confirmAuthenticator(page);
  await page.getByRole("button", { name: "I saved the codes" }).click();
  await page.waitForURL(`${named.redirectUri}**`);
  expect(new URL(page.url()).searchParams.get("code")).toBeTruthy();

  // The session is strong enough now, and a new one asks for the factor itself.
  const response = await page.request.get(authorizePath(named, essential), { maxRedirects: 0 });
  expect(response.headers().location).toContain(`${named.redirectUri}?code=`);
  const other = await openBrowser();
  await other.page.route(`${named.redirectUri}**`, (route) => route.fulfill({ contentType: "text/html", body: "hi" }));
  await other.page.goto(authorizePath(named, { acr_values: "2" }));
  await signInAt(other.page, app, email);
  await enterCode(other.page, await authenticator.code());
  await other.page.waitForURL(`${named.redirectUri}**`);
});

test("the account page adds and removes factors, and asks for the second factor first", async ({
  openBrowser,
  app,
}) => {
  await set(app, { mfa_methods: ["totp", "email"] });
  const { page } = await openBrowser();
  const email = await signUpAt(page, app);
  await page.getByRole("link", { name: "Set up authenticator app" }).click();
  const authenticator = await confirmAuthenticator(page, "Add authenticator app");
  const codes = await readRecoveryCodes(page);
  await page.getByRole("button", { name: "I saved the codes" }).click();
  await expect(page.getByRole("status").getByText("You saved your recovery codes.")).toBeVisible();
  expect((await lastMailTo(email)).subject).toMatch(/^You added a way to confirm your sign-in/);

  await page.getByRole("button", { name: "Turn on emailed codes" }).click();
  await enterCode(page, (await lastMailTo(email)).code, "Turn on emailed codes");
  await expect(page.getByRole("status").getByText("Emailed codes are on.")).toBeVisible();
  await page.getByRole("button", { name: "Turn off emailed codes" }).click();
  await page.getByRole("button", { name: "Create new codes" }).click();
  const renewed = await readRecoveryCodes(page);
  expect(renewed.filter((code) => codes.includes(code))).toEqual([]);
  await page.getByRole("button", { name: "I saved the codes" }).click();

  // A session that signed in without the factor, before there was one, may not remove it.
  const weak = await openBrowser();
  await set(app, { mfa: "off" });
  await signInAt(weak.page, app, email);
  await weak.page.waitForURL("**/account");
  await set(app, { mfa: "optional" });
  await weak.page.getByRole("button", { name: "Remove authenticator app" }).click();
  await weak.page.waitForURL("**/second-factor?**");
  await enterCode(weak.page, await authenticator.code());
  await weak.page.waitForURL("**/account");
  await weak.page.getByRole("button", { name: "Remove authenticator app" }).click();
  await expect(weak.page.getByRole("link", { name: "Set up authenticator app" })).toBeVisible();
  await expect(weak.page.getByText("Recovery codes")).toBeHidden();
});

test("axe finds nothing on the pages of the second factor, and they fit a phone", async ({ openBrowser, app }) => {
  test.setTimeout(120_000);
  await set(app, { mfa: "required", mfa_methods: ["totp", "email"], mfa_remember_days: 30 });
  const { page } = await openBrowser({ viewport: { width: 390, height: 844 } });
  const problems: string[] = [];
  let visited = 0;
  const visit = async () => {
    problems.push(...(await findViolationsInThemes(page, visited++)));
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    if (needed > 390) problems.push(`${page.url()} scrolls sideways`);
  };
  const email = newEmail();
  await submitSignUp(page, app, email);
  await visit();
  await page.getByRole("link", { name: /Authenticator app/ }).click();
  await visit();
  await confirmAuthenticator(page);
  await readRecoveryCodes(page);
  await visit();
  await page.getByRole("button", { name: "I saved the codes" }).click();
  await page.waitForURL("**/account");
  await visit();
  const other = await openBrowser();
  await signInAt(other.page, app, email);
  await other.page.waitForURL("**/second-factor?**");
  problems.push(...(await findViolationsInThemes(other.page, 0)));
  await other.page.getByRole("link", { name: "Recovery code" }).click();
  await expect(other.page.getByLabel("Recovery code")).toBeVisible();
  problems.push(...(await findViolationsInThemes(other.page, 1)));
  expect(problems).toEqual([]);
});
