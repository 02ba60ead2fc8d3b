/** The import and export of users in the dashboard, with their password hashes. */
import { readFile } from "node:fs/promises";
import bcrypt from "bcrypt";
import type { Page } from "playwright/test";
import { logIn, manage } from "../support/app";
import { foyer } from "../support/cli";
import { signUpInDashboard } from "../support/dashboard";
import { expect, test } from "../support/fixtures";
import { findViolations } from "../support/page-checks";
import { newEmail, PASSWORD } from "../support/people";
import { OLD_PASSWORD, usersCsv } from "../support/user-files";

async function chooseFile(page: Page, text: string, name = "users.csv"): Promise<void> {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
}

/** Clicks a button that downloads a file. → its name and text */
async function download(page: Page, button: string) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

const figures = (page: Page) => page.getByRole("region", { name: "Result" }).locator("dl");

test.describe("the import", () => {
  test("is checked first, names invalid rows, keeps old passwords, and may be repeated", async ({ developer }) => {
    const { page, consoleErrors } = developer;
    const app = await developer.createApp("Moved In");
    const csv = await usersCsv();
    await page.goto(`/dashboard/apps/${app.id}/users`);
    await page.getByRole("link", { name: "Import" }).click();
    await chooseFile(page, csv);
    await page.getByRole("button", { name: "Check 5 users" }).click();
    await expect(page.getByRole("button", { name: "Import 2 users" })).toBeVisible();
    await expect(figures(page)).toHaveText(
      /Would be created\s*2\s*Already exist\s*0\s*Duplicates in the file\s*1\s*Invalid\s*2/,
    );
    const row = (name: RegExp) => page.getByRole("table", { name: "Rows with problems" }).getByRole("row", { name });
    await expect(row(/^4 /)).toContainText("email is the same as in row 3; remove one of the two");
    await expect(row(/^5 /)).toContainText("email must be one email address");
    await expect(row(/^6 /)).toContainText("encrypted_password must be a bcrypt hash");
    await expect(page.getByText("Ignored columns:")).toContainText("shoe_size");
    expect(await findViolations(page)).toEqual([]);
    expect((await logIn(app, "bob@example.com", { password: OLD_PASSWORD })).status).toBe(401);

    await page.getByRole("button", { name: "Import 2 users" }).click();
    await expect(page.getByRole("link", { name: "View users" })).toBeVisible();
    await expect(figures(page)).toHaveText(/Created\s*2/);
    const result = await download(page, "Download all results");
    expect(result.name).toBe("users-result.csv");
    expect(result.text).toMatch(/\r\n2,created,bob@example\.com,1,usr_\w+,\r\n/);
    const response = await logIn(app, "bob@example.com", { password: OLD_PASSWORD });
    expect(response.status).toBe(200);
    expect((await response.json()).user).toMatchObject({ name: 'Bob "the Builder"', email_verified: true });

    await chooseFile(page, csv);
    await page.getByRole("button", { name: "Check 5 users" }).click();
    await expect(page.getByRole("button", { name: "No users to import" })).toBeVisible();
    await expect(figures(page)).toHaveText(/Already exist\s*2/);
    await page.goto(`/dashboard/apps/${app.id}/users?signed_in=never`);
    const users = page.getByRole("table", { name: "Users" });
    await expect(users).toContainText("carol@example.com");
    await expect(users).not.toContainText("bob@example.com");
    expect(consoleErrors).toEqual([]);
  });

  test("rejects a file that does not list users, beside the field", async ({ developer }) => {
    const { page } = developer;
    const app = await developer.createApp("Picky");
    await page.goto(`/dashboard/apps/${app.id}/users/import`);
    await chooseFile(page, "who,what\n1,2\n");
    await expect(page.getByText("column names, including email")).toBeVisible();
    await chooseFile(page, '[{"email": "bob@example.com"', "users.json");
    await expect(page.getByText("The file is not valid JSON")).toBeVisible();
    await expect(page.locator("input[type=file]")).toHaveAttribute("aria-invalid", "true");
    expect(await findViolations(page)).toEqual([]);
  });

  test("is rejected after the developer's role was lowered", async ({ openDashboard, server }) => {
    const [alice, eve] = [await openDashboard(), await openDashboard()];
    const app = await alice.createApp("Shared");
    const member = (verb: string, role: string) =>
      foyer(server.environment, "members", verb, "--app", app.id, "--email", eve.email, "--role", role);
    await member("add", "admin");
    await eve.page.goto(`/dashboard/apps/${app.id}/users/import`);
    await chooseFile(eve.page, await usersCsv());
    await member("role", "viewer");
    await eve.page.getByRole("button", { name: "Check 5 users" }).click();
    await expect(eve.page.getByText("This requires the role admin")).toBeVisible();
    for (const path of ["import", "export", "invitations"]) {
      expect((await eve.page.goto(`/dashboard/apps/${app.id}/users/${path}`))?.status(), path).toBe(404);
    }
  });
});

test("the export contains every user, hashes only after the developer's password, and is recorded", async ({
  developer,
}) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp("Moving Out");
  await manage(app, "POST", "/users", { email: "bob@example.com", password: OLD_PASSWORD, name: "=1+1" });
  await page.goto(`/dashboard/apps/${app.id}/users`);
  await page.getByRole("link", { name: "Export" }).click();
  const { text: csv } = await download(page, "Export users");
  expect(csv).toContain("bob@example.com");
  // A spreadsheet would run a formula.
  expect(csv).toContain("'=1+1");
  expect(csv).not.toContain("$2b$");
  await page.getByRole("radio", { name: /JSON/ }).check();
  await page.getByRole("checkbox", { name: /Include password hashes/ }).check();
  await page.getByLabel("Your password").fill("not that");
  await page.getByRole("button", { name: "Export users" }).click();
  await expect(page.getByText("The password is wrong.")).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("radio", { name: /JSON/ }).check();
  await page.getByLabel("Your password").fill(PASSWORD);
  const [bob] = JSON.parse((await download(page, "Export users")).text);
  expect(await bcrypt.compare(OLD_PASSWORD, bob.password_hash)).toBe(true);
  await page.goto(`/dashboard/apps/${app.id}/events`);
  await expect(page.getByRole("link", { name: /^Users exported with password hashes/ })).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test("search and export work without JavaScript, and the import explains that it needs it", async ({
  openBrowser,
  server,
}) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const email = newEmail("alice");
  await signUpInDashboard(page, email);
  const created = await foyer(server.environment, "apps", "create", "--owner", email, "--name", "Plain");
  const app = { id: created.app_id, apiKey: created.api_key, issuer: created.issuer };
  await manage(app, "POST", "/users", { email: "bob@example.com", email_verified: true });
  await manage(app, "POST", "/users", { email: "carol@example.com" });

  await page.goto(`/dashboard/apps/${app.id}/users`);
  await page.getByRole("combobox", { name: "Email verification" }).selectOption("Email unverified");
  await page.getByRole("button", { name: "Search" }).click();
  const users = page.getByRole("table", { name: "Users" });
  await expect(users.getByText("carol@example.com")).toBeVisible();
  await expect(users).not.toContainText("bob@example.com");

  await page.goto(`/dashboard/apps/${app.id}/users/export`);
  expect((await download(page, "Export users")).text).toContain("carol@example.com");
  await page.goto(`/dashboard/apps/${app.id}/users/import`);
  await expect(page.getByText("This page needs JavaScript.")).toBeVisible();
});
