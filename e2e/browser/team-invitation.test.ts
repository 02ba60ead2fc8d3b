/** Invitations to a team, and sign-ins that return to the page that required them. */
import type { Page } from "playwright/test";
import { foyer } from "../support/cli";
import { signInToDashboard } from "../support/dashboard";
import { type Developer, expect, lastMailTo, test } from "../support/fixtures";
import { findViolations } from "../support/page-checks";
import { newEmail, PASSWORD } from "../support/people";

/** Invites a developer as an administrator. → the link in the email */
async function invite({ page }: Developer, appId: string, email: string): Promise<string> {
  await page.goto(`/dashboard/apps/${appId}/team`);
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: /Invite|Send invitation/ }).click();
  await expect(page.getByRole("cell", { name: email }).or(page.getByText(email)).first()).toBeVisible();
  return (await lastMailTo(email)).link;
}

async function createAccount(page: Page): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
}

for (const javaScriptEnabled of [true, false])
  test(`an invited teammate signs up and is on the team, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    developer,
    openBrowser,
    server,
  }) => {
    const app = await developer.createApp();
    const email = newEmail("carol");
    const link = await invite(developer, app.id, email);
    await foyer(server.environment, "apps", "update", "--app", "app_foyer", "--setting", "signups=closed");
    try {
      const { page } = await openBrowser({ javaScriptEnabled });
      await page.goto("/signup");
      await expect(page.getByRole("heading", { name: "Sign-up is by invitation" })).toBeVisible();
      await page.goto(link);
      await page.getByRole("link", { name: "Create account" }).click();
      await expect(page.getByLabel("Email address")).toHaveValue(email);
      expect(javaScriptEnabled ? await findViolations(page) : []).toEqual([]);
      await createAccount(page);
      await page.waitForURL(`**/dashboard/apps/${app.id}`);
      await page.goto("/dashboard/account");
      await expect(page.getByText(/not verified|isn’t verified/)).toHaveCount(0);
      await page.goto(link);
      await expect(page.getByRole("heading", { name: "This invitation isn’t valid" })).toBeVisible();
    } finally {
      await foyer(server.environment, "apps", "update", "--app", "app_foyer", "--setting", "signups=open");
    }
  });

test("an invited developer signs in and returns to the invitation; another account can change", async ({
  developer,
  openDashboard,
  openBrowser,
}) => {
  const app = await developer.createApp();
  const carol = await openDashboard();
  const link = await invite(developer, app.id, carol.email);

  const { page } = await openBrowser();
  await page.goto(link);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.waitForURL("**/login?next=**");
  await page.getByLabel("Email address").fill(developer.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText(`You’re signed in as ${developer.email}.`)).toBeVisible();
  await page.getByRole("button", { name: "Sign out and continue" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Email address").fill(carol.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Join team" }).click();
  await page.waitForURL(`**/dashboard/apps/${app.id}`);
});

test("a sign-up with another email address doesn't use the invitation", async ({ developer, openBrowser }) => {
  const app = await developer.createApp();
  const link = await invite(developer, app.id, newEmail("carol"));
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.goto(link);
  await page.getByRole("link", { name: "Create account" }).click();
  // What a browser that ignores `readonly` sends.
  await page.getByLabel("Email address").evaluate((field) => field.removeAttribute("readonly"));
  await page.getByLabel("Email address").fill(newEmail("mallory"));
  await createAccount(page);
  await expect(page.getByText("You’re signed in as")).toBeVisible();
  expect((await page.goto(`/dashboard/apps/${app.id}`))?.status()).toBe(404);
});

test("a sign-in returns to the page with its query", async ({ developer, openBrowser }) => {
  const app = await developer.createApp();
  const { page } = await openBrowser();
  await page.goto(`/dashboard/apps/${app.id}/events?outcome=failure&q=bob%40example.com`);
  await page.waitForURL("**/login?next=**");
  await page.getByLabel("Email address").fill(developer.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`**/dashboard/apps/${app.id}/events?outcome=failure&q=bob%40example.com`);
  await page.context().clearCookies();
  await signInToDashboard(page, developer.email);
  await page.waitForURL("**/dashboard");
});
