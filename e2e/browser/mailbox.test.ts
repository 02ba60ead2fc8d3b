/** The emails of an app in the dashboard: rendered in the theme of the dashboard, and as text. */
import { backend } from "../support/app";
import { expect, test } from "../support/fixtures";
import { newEmail } from "../support/people";

// The scripts that record DOM snapshots do not run in the sandboxed frame of an email, which Chromium reports.
test.use({ trace: { mode: "retain-on-failure", snapshots: false } });

for (const [colorScheme, background] of [
  ["light", "rgb(255, 253, 251)"],
  ["dark", "rgb(33, 30, 27)"],
] as const) {
  test(`an email is rendered ${colorScheme}, from the list and when its page is loaded`, async ({ openDashboard }) => {
    const { page, consoleErrors, createApp } = await openDashboard({ colorScheme });
    const app = await createApp();
    const asked = await backend(app, `/api/auth/magic-link/${app.id}`, { body: { email: newEmail() } });
    expect(asked.status).toBe(202);
    await page.goto(`/dashboard/apps/${app.id}/mails`);
    const sheet = page.frameLocator("iframe").locator(".sheet");
    await page.locator("tbody").getByRole("link").first().click();
    await expect(sheet.getByRole("link", { name: "Sign in" })).toBeVisible();
    await expect(sheet).toHaveCSS("background-color", background);
    await page.reload();
    await expect(sheet.getByRole("link", { name: "Sign in" })).toBeVisible();
    await expect(sheet).toHaveCSS("background-color", background);
    expect(consoleErrors).toEqual([]);
  });
}
