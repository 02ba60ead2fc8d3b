/** The users of an app in the dashboard: filters, emails to users, invitations, notices. */
import { logIn, manage } from "../support/app";
import { expect, lastMailTo, test } from "../support/fixtures";
import { findViolations } from "../support/page-checks";
import { newEmail, PASSWORD } from "../support/people";

test("filters narrow the list, stay in the URL, and are cleared", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp("Sorted");
  await manage(app, "POST", "/users", { email: "bob@example.com", email_verified: true, password: PASSWORD });
  await manage(app, "POST", "/users", { email: "carol@example.com", disabled: true });
  await logIn(app, "bob@example.com");
  await page.goto(`/dashboard/apps/${app.id}/users`);
  const table = page.getByRole("table", { name: "Users" });
  const rows = page.locator("tbody tr");
  const pick = async (filter: string, choice: string, email: string, url: RegExp) => {
    await page.getByRole("combobox", { name: filter }).selectOption(choice);
    await page.waitForURL(url);
    await expect(table.getByText(email).first()).toBeVisible();
    await expect(rows).toHaveCount(1);
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(rows).toHaveCount(2);
  };
  await pick("Email verification", "Email verified", "bob@example.com", /email_verified=true/);
  await pick("Status", "Disabled", "carol@example.com", /disabled=true/);
  await pick("Password", "Without password", "carol@example.com", /has_password=false/);
  await pick("Last sign-in", "Never signed in", "carol@example.com", /signed_in=never/);
  await pick("Last sign-in", "Signed in: last 24 hours", "bob@example.com", /signed_in=day/);
  await page.getByRole("combobox", { name: "Status" }).selectOption("Disabled");
  await page.waitForURL(/disabled=true/);
  await page.getByRole("combobox", { name: "Password" }).selectOption("With password");
  await expect(page.getByText("No users found")).toBeVisible();
});

test("a developer sends a user the password reset and the verification", async ({ developer, openBrowser }) => {
  const { page } = developer;
  const app = await developer.createApp("Post");
  const { id, email } = await manage(app, "POST", "/users", { email: newEmail() });
  await page.goto(`/dashboard/apps/${app.id}/users/${id}`);
  await page.getByRole("button", { name: "Send password reset" }).click();
  await expect(page.getByText("Password reset email sent").first()).toBeVisible();
  expect((await lastMailTo(email)).link).toContain("/reset?token=");
  await page.getByRole("button", { name: "Send verification email" }).click();
  await expect(page.getByText("Verification email sent").first()).toBeVisible();
  const visitor = await openBrowser();
  await visitor.page.goto((await lastMailTo(email)).link);
  await visitor.page.getByRole("button", { name: "Yes, verify my email address" }).click();
  await expect(visitor.page.getByRole("heading", { name: "Your email address is verified" })).toBeVisible();
  await page.reload();
  await expect(page.locator("header").getByText("Verified", { exact: true })).not.toHaveCount(0);
  await expect(page.getByRole("button", { name: "Send verification email" })).toHaveCount(0);
});

test("a developer invites users, revokes an invitation, and cannot invite a user", async ({
  developer,
  openBrowser,
}) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp("By Invitation");
  const [bob, eve] = [newEmail(), newEmail("eve")];
  const invite = async (email: string) => {
    await page.getByLabel("Email address").fill(email);
    await page.getByRole("button", { name: "Send invitation" }).click();
  };
  await page.goto(`/dashboard/apps/${app.id}/users`);
  await page.getByRole("link", { name: "Invite" }).click();
  for (const email of [bob, eve]) {
    await invite(email);
    await expect(page.getByRole("row", { name: new RegExp(email) })).toBeVisible();
  }
  expect(await findViolations(page)).toEqual([]);
  const visitor = await openBrowser();
  await visitor.page.goto((await lastMailTo(bob)).link);
  await visitor.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await visitor.page.getByRole("button", { name: "Accept invitation" }).click();
  await visitor.page.waitForURL("**/account");
  await page.getByRole("button", { name: `Revoke invitation for ${eve}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke invitation" }).click();
  await expect(page.getByText("Invitation revoked").first()).toBeVisible();
  await expect(page.getByText(eve)).toHaveCount(0);
  await invite(bob);
  await expect(page.getByText(/already exists/).first()).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test("the email about a new sign-in is disabled for an app", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp("Quiet");
  await page.goto(`/dashboard/apps/${app.id}/methods`);
  const box = page.getByRole("switch", { name: "New sign-in" });
  await expect(box).toBeChecked();
  await box.uncheck();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Settings saved").first()).toBeVisible();
  expect((await manage(app, "GET", "")).settings.mail_new_sign_in).toBe(false);
  await page.reload();
  await expect(box).not.toBeChecked();
});

test("the menu of a row signs out, disables and enables a user", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp();
  await manage(app, "POST", "/users", { email: "bob@example.com", email_verified: true, password: PASSWORD });
  await page.goto(`/dashboard/apps/${app.id}/users`);
  const open = () => page.getByRole("button", { name: "Actions for bob@example.com" }).click();
  await open();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Send password reset" }).click();
  await expect(page.getByText("Password reset email sent", { exact: true })).toBeVisible();
  await open();
  await page.getByRole("button", { name: "Disable user" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable user" }).click();
  await expect(page.getByRole("table").getByText("Disabled")).toBeVisible();
  await open();
  await page.getByRole("button", { name: "Enable user" }).click();
  await expect(page.getByRole("table").getByText("Disabled")).toHaveCount(0);
  await expect(page.getByText("1 user", { exact: true })).toBeVisible();
});
