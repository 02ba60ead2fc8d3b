/** Magic links: an email signs the user in, by link or by code, at the app's own site or on the hosted pages. */
import { createRemoteJWKSet, jwtVerify } from "jose";
import { backend, manage } from "../support/app";
import { expect, lastMailTo, test } from "../support/fixtures";
import { requestMagicLink } from "../support/hosted";
import { newEmail } from "../support/people";

const RETURN_URL = "https://blog.example.com/signed-in";

test("a link that the app's backend requested returns to the app with a JWT", async ({ openBrowser, app }) => {
  await manage(app, "PATCH", "", { settings: { return_urls: [RETURN_URL] } });
  const email = newEmail();
  const body = { email, redirect_uri: RETURN_URL, state: "xyz" };
  expect((await backend(app, `/api/auth/magic-link/${app.id}`, { body })).status).toBe(202);
  const { link } = await lastMailTo(email);
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.route(`${RETURN_URL}**`, (route) => route.fulfill({ contentType: "text/html", body: "hello" }));
  await page.goto(link);
  await expect(page.getByText(email)).toBeVisible();
  // Opening the page does not use the link up.
  await page.reload();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`${RETURN_URL}**`);
  const returned = new URL(page.url());
  expect(returned.searchParams.get("state")).toBe("xyz");
  const keys = createRemoteJWKSet(new URL(`${app.issuer}/jwks`));
  const { payload } = await jwtVerify(returned.searchParams.get("token") ?? "", keys, {
    issuer: app.issuer,
    audience: app.id,
    typ: "at+jwt",
  });
  expect(payload.sub).toMatch(/^usr_/);
  await page.goto(link);
  await expect(page.getByText("This link was already used.")).toBeVisible();
});

test("a link that the user requested signs in without JavaScript", async ({ openBrowser, app }) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const email = newEmail();
  await page.goto(`/o/${app.id}/account/start`);
  await requestMagicLink(page, email);
  await page.goto((await lastMailTo(email)).link);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/account");
  await expect(page.locator("main")).toContainText(email);
});

test("the code of the email signs in where it was requested", async ({ openBrowser, app }) => {
  const { page } = await openBrowser();
  const email = newEmail();
  await page.goto(`/o/${app.id}/account/start`);
  await requestMagicLink(page, email);
  await page.getByLabel("Code").fill("123");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").getByText("The code is wrong")).toBeVisible();
  await page.getByLabel("Code").fill((await lastMailTo(email)).code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/account");
});

test("a link that is opened on the phone leaves the code to the computer", async ({ openBrowser, app }) => {
  const [computer, phone] = [await openBrowser(), await openBrowser({ javaScriptEnabled: false })];
  const email = newEmail();
  await computer.page.goto(`/o/${app.id}/account/start`);
  await requestMagicLink(computer.page, email);
  const { link, code } = await lastMailTo(email);
  await phone.page.goto(link);
  await expect(phone.page.getByRole("button", { name: "Sign in here" })).toBeVisible();
  await phone.page.getByRole("link", { name: "Continue there with the code in the email" }).click();
  await expect(phone.page.getByRole("heading", { name: "Continue in your other browser" })).toBeVisible();
  await computer.page.getByLabel("Code").fill(code);
  await computer.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await computer.page.waitForURL("**/account");
});
