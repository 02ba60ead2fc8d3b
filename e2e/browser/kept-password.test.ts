/** A password that was set before the email address was verified: the page of an emailed link asks whether to keep it. */
import { backend, logIn, manage, signUp, type TestApp } from "../support/app";
import { expect, lastMailTo, test } from "../support/fixtures";
import { requestMagicLink, signUpAt } from "../support/hosted";
import { newEmail, PASSWORD } from "../support/people";

async function requestLink(app: TestApp, email: string): Promise<string> {
  await backend(app, `/api/auth/magic-link/${app.id}`, { body: { email } });
  return (await lastMailTo(email)).link;
}

test("a magic link keeps the password for a user who enters it, without JavaScript", async ({ openBrowser, app }) => {
  const email = newEmail();
  await signUp(app, email);
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.goto(await requestLink(app, email));
  await expect(page.getByText("possibly by another person")).toBeVisible();
  const field = page.getByLabel("Enter the password to keep it");
  await field.fill("wrong horse battery");
  await field.press("Enter");
  await expect(page.getByRole("alert").getByText("The password is wrong.")).toBeVisible();
  await expect(page).toHaveTitle(/^Error: /);
  await field.fill(PASSWORD);
  await field.press("Enter");
  await expect(page.getByRole("heading", { name: "You are signed in" })).toBeVisible();
  expect((await logIn(app, email)).status).toBe(200);
});

test("a magic link removes the password for a user who doesn't know it", async ({ openBrowser, app }) => {
  const email = newEmail();
  await signUp(app, email);
  const { page } = await openBrowser();
  await page.goto(await requestLink(app, email));
  await page.getByRole("button", { name: "Remove the password and sign in" }).click();
  await expect(page.getByRole("heading", { name: "You are signed in" })).toBeVisible();
  expect((await logIn(app, email)).status).toBe(401);
});

test("the browser that signed up keeps the password without entering it again", async ({ openBrowser, app }) => {
  const { page } = await openBrowser();
  const email = await signUpAt(page, app);
  await page.goto(await requestLink(app, email));
  await expect(page.getByText("You signed in with this password in this browser.")).toBeVisible();
  await expect(page.getByLabel("Enter the password to keep it")).toHaveCount(0);
  await page.getByRole("button", { name: "Keep the password and sign in" }).click();
  await expect(page.getByRole("heading", { name: "You are signed in" })).toBeVisible();
  expect((await logIn(app, email)).status).toBe(200);
});

test("the code of the email asks the same, without JavaScript", async ({ openBrowser, app }) => {
  const email = newEmail();
  await signUp(app, email);
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.goto(`/o/${app.id}/account/start`);
  await requestMagicLink(page, email);
  await page.getByLabel("Code").fill((await lastMailTo(email)).code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Keep your password?" })).toBeVisible();
  const field = page.getByLabel("Enter the password to keep it");
  await field.fill("wrong horse battery");
  await field.press("Enter");
  await expect(page.getByText("The password is wrong.")).toBeVisible();
  await field.fill(PASSWORD);
  await field.press("Enter");
  await page.waitForURL("**/account");
  expect((await logIn(app, email)).status).toBe(200);
});

test("an invitation keeps the password for a user who enters it", async ({ openBrowser, app }) => {
  const email = newEmail();
  await manage(app, "POST", "/invitations", { email });
  const { link } = await lastMailTo(email);
  await signUp(app, email);
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.goto(link);
  await page.getByLabel("Existing password").fill("wrong horse battery");
  await page.getByRole("button", { name: "Keep the existing password" }).click();
  await expect(page.getByText("The password is wrong.")).toBeVisible();
  await page.getByLabel("Existing password").fill(PASSWORD);
  await page.getByRole("button", { name: "Keep the existing password" }).click();
  await page.waitForURL("**/account");
  expect((await logIn(app, email)).status).toBe(200);
});

test("an emailed code signs in, pasted with a space and in Arabic digits", async ({ openBrowser, app }) => {
  await manage(app, "PATCH", "", { settings: { methods: { magic_link: false, email_code: true } } });
  for (const write of [
    (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`,
    (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
  ]) {
    const { page } = await openBrowser();
    const email = newEmail();
    await page.goto(`/o/${app.id}/account/start`);
    await requestMagicLink(page, email, "Email me a code instead");
    const { code } = await lastMailTo(email);
    await expect(page.getByLabel("Code")).toHaveAttribute("autocomplete", "one-time-code");
    await expect(page.getByLabel("Code")).toHaveAttribute("inputmode", "numeric");
    await page.getByLabel("Code").fill(write(code));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL("**/account");
    await expect(page.locator("main")).toContainText(email);
  }
});
