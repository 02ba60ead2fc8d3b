/** Forms that are submitted twice while the response is on its way, as impatient users do. */
import type { Locator, Page } from "playwright/test";
import { expect, lastMailTo, test } from "../support/fixtures";
import { requestMagicLink } from "../support/hosted";
import { newEmail } from "../support/people";

/**
 * Holds back the response of every form, not its request, until `expected` requests have arrived: on
 * a busy machine the second click may be late. → the number of submissions
 */
async function delayResponses(page: Page, milliseconds: number, expected = 1): Promise<{ count: number }> {
  const submissions = { count: 0 };
  await page.route(/\/submit$|\/api\/auth\/verify\//, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    submissions.count++;
    const response = await route.fetch({ maxRedirects: 0 });
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await expect.poll(() => submissions.count).toBeGreaterThanOrEqual(expected);
    // The browser has sent the form again and dropped this request.
    await route.fulfill({ response }).catch(() => undefined);
  });
  return submissions;
}

/** Clicks without Playwright's waiting for the navigation that the first click begins. */
async function clickTwice(page: Page, button: Locator, after: number): Promise<void> {
  const box = await button.boundingBox();
  const center = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2] as const;
  await page.mouse.click(...center);
  await new Promise((resolve) => setTimeout(resolve, after));
  await page.mouse.click(...center);
}

test("a second click does nothing while the first response is on its way", async ({ openBrowser, app }) => {
  const { page } = await openBrowser();
  await page.goto(`/o/${app.id}/account/start`);
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  const submissions = await delayResponses(page, 700);
  await page.getByLabel("Email address").fill(newEmail());
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery staple");
  await clickTwice(page, page.getByRole("button", { name: "Create account" }), 100);
  await page.waitForURL("**/account");
  expect(submissions.count).toBe(1);
});

for (const delay of [100, 700]) {
  test(`without JavaScript, a form sent again after ${delay} ms succeeds`, async ({ openBrowser, app }) => {
    const { page } = await openBrowser({ javaScriptEnabled: false });
    await page.goto(`/o/${app.id}/account/start`);
    await page.getByRole("link", { name: "Create an account" }).click();
    const submissions = await delayResponses(page, delay * 2, 2);
    await page.getByLabel("Email address").fill(newEmail());
    await page.getByLabel("Password", { exact: true }).fill("correct horse battery staple");
    await clickTwice(page, page.getByRole("button", { name: "Create account" }), delay);
    // Not waitForURL, which fails when the second click aborts the first navigation.
    await expect(page).toHaveURL(/\/account$/);
    expect(submissions.count).toBe(2);
  });
}

test("a magic link's button works when it is pressed twice without JavaScript", async ({ openBrowser, app }) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const email = newEmail();
  await page.goto(`/o/${app.id}/account/start`);
  await requestMagicLink(page, email);
  await page.goto((await lastMailTo(email)).link);
  await delayResponses(page, 600, 2);
  await clickTwice(page, page.getByRole("button", { name: "Sign in", exact: true }), 200);
  await expect(page).toHaveURL(/\/account$/);
});
