/** The bot check on the hosted pages: the proof of work, and a widget in place of Turnstile's. */
import type { Page } from "playwright/test";
import { manage, type TestApp } from "../support/app";
import { expect, test } from "../support/fixtures";
import { fillCredentials, openPasswordReset, requestMagicLink, requestPasswordReset } from "../support/hosted";
import { newEmail } from "../support/people";

const TURNSTILE = "https://challenges.cloudflare.com";

function withCheck(app: TestApp, settings: object, more: object = {}) {
  return manage(app, "PATCH", "", { settings, ...more });
}

async function openSignUp(page: Page, app: TestApp): Promise<void> {
  await page.goto(`/o/${app.id}/account/start`);
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  // The script holds the form back, so it must have started.
  await page.waitForLoadState("networkidle");
}

test("the browser solves a proof of work by itself", async ({ openBrowser, app }) => {
  await withCheck(app, { bot_check: "altcha" });
  const { page, consoleErrors } = await openBrowser();
  await openSignUp(page, app);
  await fillCredentials(page, newEmail());
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/account");
  const { page: other, consoleErrors: otherErrors } = await openBrowser();
  await other.goto(`/o/${app.id}/account/start`, { waitUntil: "networkidle" });
  await requestMagicLink(other, newEmail());
  await openPasswordReset(other, app);
  await other.waitForLoadState("networkidle");
  await requestPasswordReset(other, newEmail());
  expect([...consoleErrors, ...otherErrors]).toEqual([]);
});

test("without JavaScript, the page says what is missing", async ({ openBrowser, app }) => {
  await withCheck(app, { bot_check: "altcha" });
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await openSignUp(page, app);
  await expect(page.getByText("which needs JavaScript")).toBeVisible();
  await fillCredentials(page, newEmail());
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert").first()).toHaveText(/Confirm that you’re not a robot/);
});

test("a challenge that can't be fetched is reported, and the form can be sent again", async ({ openBrowser, app }) => {
  await withCheck(app, { bot_check: "altcha" });
  const { page } = await openBrowser();
  await openSignUp(page, app);
  await page.route("**/bot-check?**", (route) => route.abort());
  await fillCredentials(page, newEmail());
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("We couldn’t check that you’re not a robot")).toBeVisible();
  await page.unroute("**/bot-check?**");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/account");
});

/**
 * As Turnstile's script: it renders a frame of its host, and gives a token after a while. The frame
 * takes no room unless the user has to do something.
 */
const WIDGET = `window.turnstile = {
  render(element, options) {
    const frame = document.createElement("iframe");
    frame.src = "${TURNSTILE}/widget";
    frame.hidden = true;
    element.append(frame);
    setTimeout(() => options.callback("token of " + options.action + " for " + options.sitekey), 500);
    return "1";
  }, reset() {}, remove() {} };`;

test("only pages with the check allow the provider, and send its token", async ({ openBrowser, app }) => {
  const settings = { bot_check: "turnstile", bot_check_site_key: "the-site-key" };
  await withCheck(app, settings, { bot_check_secret: "the-secret" });
  const { page, consoleErrors } = await openBrowser();
  await page.route(`${TURNSTILE}/**`, (route) =>
    route.request().url().endsWith("/widget")
      ? route.fulfill({ contentType: "text/html", body: "<p>widget" })
      : route.fulfill({ contentType: "text/javascript", body: WIDGET }),
  );
  await openSignUp(page, app);
  const policyOf = async (path: string) => (await page.request.get(path)).headers()["content-security-policy"];
  expect(await policyOf(page.url())).toContain(`frame-src ${TURNSTILE};`);
  expect(await policyOf(`/o/${app.id}/done/signed-out`)).not.toContain(TURNSTILE);
  expect(await policyOf("/login")).not.toContain(TURNSTILE);
  await fillCredentials(page, newEmail());
  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.url().endsWith("/signup/submit")),
    page.getByRole("button", { name: "Create account" }).click(),
  ]);
  expect(new URLSearchParams(request.postData() ?? "").get("bot_check")).toBe("token of signup for the-site-key");
  expect(consoleErrors).toEqual([]);
});
