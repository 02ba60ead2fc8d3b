/** The dashboard: a developer's first minutes, and the isolation of two developers from each other. */
import type { Page } from "playwright/test";
import { backend, type TestApp } from "../support/app";
import { signInToDashboard } from "../support/dashboard";
import { expect, test } from "../support/fixtures";
import { fillCredentials } from "../support/hosted";
import { findViolationsOn } from "../support/page-checks";
import { newEmail, PASSWORD } from "../support/people";
import { sample } from "../support/sample";

function signUpBob(app: TestApp, email = "bob@example.com") {
  return backend(app, `/api/auth/credentials/signup/${app.id}`, { body: { email, password: PASSWORD, name: "Bob" } });
}

test.describe("a new developer", () => {
  test("signs up, creates an app, and sees its first user without reloading", async ({ openBrowser, server }) => {
    const { page, consoleErrors } = await openBrowser();
    const email = newEmail("alice");
    await page.goto("/signup");
    await fillCredentials(page, email);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL("**/dashboard");
    const app = await createAppInBrowser(page, "Photo Album", server.url);
    await page.getByRole("link", { name: "Open app" }).click();
    await expect(page.getByText("Waiting for the first request")).toBeVisible();
    await expect(page.locator("main")).toContainText(`/api/auth/credentials/signup/${app.id}`);

    expect((await signUpBob(app)).status).toBe(201);
    await expect(page.getByText("Your app works")).toBeVisible({ timeout: 15_000 });
    await page.getByRole("link", { name: "View users" }).click();
    await expect(page.getByText("bob@example.com").first()).toBeVisible();

    await page.goto("/dashboard");
    await page.locator("summary").filter({ hasText: "Account menu" }).click();
    await page.getByRole("button", { name: /sign out/i }).click();
    await page.waitForURL("**/login**");
    await page.goto(`/dashboard/apps/${app.id}/users`);
    await page.waitForURL("**/login?next=**");
    await fillCredentials(page, email);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(`**/dashboard/apps/${app.id}/users`);
    expect(consoleErrors).toEqual([]);
  });

  test("creates an API key, sees it once, uses it, and revokes it", async ({ developer }) => {
    const { page } = developer;
    const app = await developer.createApp("Keys");
    await page.goto(`/dashboard/apps/${app.id}/keys`);
    await page.getByLabel("Name", { exact: true }).fill("Staging");
    await page.getByRole("button", { name: "Create key" }).click();
    await expect(page.getByRole("button", { name: "I’ve copied the key" })).toBeVisible();
    const apiKey = /foyer_sk_[0-9a-z]+_\w{49}/.exec(await page.locator("main").innerText())?.[0] ?? "";
    expect((await signUpBob({ ...app, apiKey })).status).toBe(201);
    await page.reload();
    expect(await page.locator("body").innerHTML()).not.toContain(apiKey);

    const row = page.getByRole("row", { name: /Staging/ });
    await row.getByRole("button", { name: /revoke/i }).click();
    const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
    await dialog.getByRole("button", { name: /revoke/i }).click();
    await expect(page.getByRole("heading", { name: "Revoked" })).toBeVisible();
    expect((await signUpBob({ ...app, apiKey }, "carol@example.com")).status).toBe(401);
  });

  test("signs up and in without JavaScript, sees errors beside the fields, and keeps what was typed", async ({
    openBrowser,
  }) => {
    const { page } = await openBrowser({ javaScriptEnabled: false });
    const email = newEmail("alice");
    const emailField = page.getByLabel("Email address");
    await page.goto("/signup");
    await fillCredentials(page, email, "password1");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByText(/most common passwords/).first()).toBeVisible();
    await expect(emailField).toHaveValue(email);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL("**/dashboard");

    await page.context().clearCookies();
    await signInToDashboard(page, email, "not the password");
    await expect(page.getByText("The email address or the password is wrong.")).toBeVisible();
    await expect(emailField).toHaveValue(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL("**/dashboard");
  });

  test("signs up and creates an app by keyboard alone", async ({ openBrowser }) => {
    const { page } = await openBrowser();
    await page.goto("/signup");
    await tabTo(page, "Email address");
    await page.keyboard.type(newEmail("alice"));
    await tabTo(page, "Password");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/dashboard");
    await page.goto("/dashboard/new");
    await tabTo(page, "Name");
    await page.keyboard.type("By hand");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Your app is ready" })).toBeVisible();
  });

  test("gets a message, and no crash, when an update has replaced the page's Server Action", async ({ developer }) => {
    const { page } = developer;
    await page.goto("/dashboard/new");
    await page.route("**/dashboard/new", (route, request) => {
      const headers = request.headers();
      if (!headers["next-action"]) return route.continue();
      return route.continue({ headers: { ...headers, "next-action": "00".repeat(21) } });
    });
    await page.getByLabel("Name", { exact: true }).fill("Kept");
    await page.getByRole("button", { name: "Create app" }).click();
    await expect(page.getByText(/reload/i).first()).toBeVisible();
  });
});

/** Creates an app on its page, and reads the credentials that are shown once. */
async function createAppInBrowser(page: Page, name: string, url: string): Promise<TestApp> {
  await page.goto("/dashboard/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create app" }).click();
  await expect(page.getByRole("heading", { name: "Your app is ready" })).toBeVisible();
  const text = await page.locator("main").innerText();
  const id = /app_[0-9a-z]+/.exec(text)?.[0];
  const apiKey = /foyer_sk_[0-9a-z]+_\w+/.exec(text)?.[0];
  expect(text).toMatch(/cli_[0-9a-z]+_[0-9a-z]{26}/);
  expect(text).toMatch(/foyer_cs_[0-9a-z]+_\w+/);
  if (!id || !apiKey) throw new Error(`The page shows no ID or API key:\n${text}`);
  return { id, apiKey, issuer: `${url}/o/${id}` };
}

/** Presses Tab until the field with this label has the focus. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let i = 0; i < 30; i++) {
    const name = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return element?.labels?.[0]?.textContent ?? element?.textContent ?? "";
    });
    if (name.trim().startsWith(label)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${label}.`);
}

test.describe("two developers", () => {
  test("get a 404 for every page of each other's apps", async ({ openDashboard }) => {
    const [alice, mallory] = [await openDashboard(), await openDashboard()];
    const app = await alice.createApp("Alice's secret garden");
    await signUpBob(app);
    await alice.page.goto(`/dashboard/apps/${app.id}/users`);
    const href = await alice.page.getByRole("link", { name: /bob/i }).first().getAttribute("href");
    for (const path of [
      ...["", "/users", "/users/new", "/users/import", "/users/export", "/users/invitations", "/keys", "/methods"],
      ...["/mails", "/scopes", "/signing-keys", "/team", "/clients", "/clients/new"],
      ...["/clients/new?owner=own", "/clients/new?owner=own&type=spa"],
      ...["/resources", "/claims", "/registration", "/mcp", "/check-up"],
      ...["/playground", "/branding", "/settings", (href ?? "").replace(`/dashboard/apps/${app.id}`, "")],
    ]) {
      // With her cookies, and without drawing thirty pages.
      const response = await mallory.page.request.get(`/dashboard/apps/${app.id}${path}`);
      expect(response.status(), path).toBe(404);
      expect(await response.text(), path).not.toMatch(/secret garden|bob@example/);
    }
    await mallory.page.goto("/dashboard");
    await expect(mallory.page.locator("body")).not.toContainText("secret garden");
  });

  test("change nothing with a form that names the other's app", async ({ openDashboard }) => {
    const [alice, mallory] = [await openDashboard(), await openDashboard()];
    const app = await alice.createApp("Mine");
    const own = await mallory.createApp("Hers");
    const { page } = mallory;
    await page.goto(`/dashboard/apps/${own.id}/keys`);
    await expect(page.locator('input[name="app_id"]').first()).toBeAttached();
    await page.evaluate((id) => {
      for (const input of document.querySelectorAll<HTMLInputElement>('input[name="app_id"]')) input.value = id;
    }, app.id);
    await page.getByLabel("Name", { exact: true }).fill("Backdoor");
    await page.getByRole("button", { name: "Create key" }).click();
    await expect(page.getByText(/not found/i).first()).toBeVisible();
    await alice.page.goto(`/dashboard/apps/${app.id}/keys`);
    await expect(alice.page.getByText("First key").first()).toBeVisible();
    await expect(alice.page.locator("main")).not.toContainText("Backdoor");
  });
});

const APP_PAGES = [
  ...["", "/users", "/users/new", "/users/import", "/users/export", "/users/invitations", "/methods", "/connections"],
  ...["/mails", "/clients", "/clients/new", "/clients/new?owner=own", "/clients/new?owner=third_party&type=spa"],
  ...["/resources", "/claims", "/registration", "/mcp", "/check-up", "/playground", "/branding", "/keys", "/settings"],
];

test("no page of the dashboard has an accessibility violation", async ({ openDashboard, openBrowser }) => {
  test.setTimeout(300_000);
  const developer = await openDashboard();
  const { page, consoleErrors } = developer;
  const empty = await developer.createApp("<b>Empty</b> \u202Eesrever");
  const app = await developer.createApp("A rather long name ".repeat(10).trim());
  await signUpBob(app);
  await page.goto(`/dashboard/apps/${app.id}/users`);
  const user = await page.getByRole("link", { name: /bob/i }).first().getAttribute("href");
  const pagesOf = ({ id }: TestApp, pages: readonly string[]) => pages.map((path) => `/dashboard/apps/${id}${path}`);
  const inside = [
    ...["/dashboard", "/dashboard/new", "/dashboard/account", "/dashboard/nowhere", user ?? ""],
    // Without a sample, each page is checked with data and without.
    ...pagesOf(
      app,
      sample(
        APP_PAGES,
        APP_PAGES.filter((_, index) => index % 4 === 0),
      ),
    ),
    ...pagesOf(
      empty,
      sample(
        APP_PAGES,
        APP_PAGES.filter((_, index) => index % 4 === 2),
      ),
    ),
  ];
  expect(await findViolationsOn(page, inside)).toEqual([]);
  const visitor = await openBrowser();
  expect(await findViolationsOn(visitor.page, ["/signup", "/login", "/forgot-password"])).toEqual([]);
  expect(consoleErrors.filter((text) => !/404/.test(text))).toEqual([]);
});
