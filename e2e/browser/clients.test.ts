/** The applications (OAuth clients) of an app in the dashboard: creation, settings, secrets, rejected requests, deletion. */
import type { Page } from "playwright/test";
import type { TestApp } from "../support/app";
import { confirmByTyping } from "../support/dashboard";
import { expect, test } from "../support/fixtures";
import { findViolations } from "../support/page-checks";

const CALLBACK = "https://photos.example.com/cb";

/** The field for one of several redirect URIs. */
const redirectUri = (page: Page, number: number) => page.getByLabel(`Redirect URI ${number}`, { exact: true });

/** Creates an application of a third party, of this kind. → its client ID */
async function createClient(page: Page, app: TestApp, type: string, uris: string[] = []): Promise<string> {
  await page.goto(`/dashboard/apps/${app.id}/clients/new`);
  await page.getByRole("link", { name: "A third party’s" }).click();
  await page.getByRole("link", { name: type }).click();
  await page.getByLabel("Name", { exact: true }).fill(`A ${type}`);
  for (const [index, uri] of uris.entries()) await redirectUri(page, index + 1).fill(uri);
  await page.getByRole("button", { name: "Create application" }).click();
  await expect(page.getByRole("heading", { name: "Application created" })).toBeVisible();
  const id = /cli_\w+/.exec(await page.locator("main").innerText())?.[0];
  if (!id) throw new Error("The page shows no client ID.");
  return id;
}

test("a web server's client is created with a secret that is shown once, and deleted", async ({ developer }) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  await page.goto(`/dashboard/apps/${app.id}/clients`);
  await page.getByRole("link", { name: "Create application" }).click();
  await expect(page.getByRole("heading", { name: "Is this application yours or a third party’s?" })).toBeVisible();
  await page.getByRole("link", { name: "Yours" }).click();
  await page.getByRole("link", { name: "Web server" }).click();
  await page.getByLabel("Name", { exact: true }).fill("SuperPhotoPrints");
  await redirectUri(page, 1).fill(CALLBACK);
  await page.getByRole("button", { name: "Add redirect URI" }).click();
  await redirectUri(page, 2).fill("http://photos.example.com/cb");
  await page.getByRole("button", { name: "Create application" }).click();
  await expect(page.getByText(/must use https/)).toBeVisible();
  await expect(redirectUri(page, 2)).toHaveAttribute("aria-invalid", "true");
  await expect(redirectUri(page, 1)).not.toHaveAttribute("aria-invalid");
  await page.getByRole("button", { name: "Remove Redirect URI 2" }).click();
  await page.getByRole("button", { name: "Create application" }).click();
  const text = await page.getByRole("region", { name: "New client secret" }).innerText();
  const secret = /foyer_cs_\w+/.exec(text)?.[0];
  if (!secret) throw new Error("The page shows no client secret.");
  await page.getByRole("link", { name: "Open application" }).click();
  await expect(page.getByRole("heading", { name: "SuperPhotoPrints" })).toBeVisible();
  await expect(page.getByText("First-party", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole("navigation", { name: "Application" }).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Delete application" }).click();
  await confirmByTyping(page, "SuperPhotoPrints", "Delete application");
  await expect(page.getByText("No applications yet")).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test("only confidential clients get a secret", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp();
  const secrets = page.getByRole("region", { name: "New client secret" });
  await createClient(page, app, "Single-page application", ["https://app.example.com/cb"]);
  await expect(secrets).toHaveCount(0);
  await createClient(page, app, "Native application", ["com.example.app:/callback"]);
  await expect(secrets).toHaveCount(0);
  await createClient(page, app, "Machine to machine");
  await expect(secrets).toHaveCount(1);
  await page.goto(`/dashboard/apps/${app.id}/clients?q=native`);
  await expect(page.locator("tbody tr")).toHaveCount(1);
});

test("each form of the settings is saved by itself, and an error is shown beside its field", async ({ developer }) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  const id = await createClient(page, app, "Web server", [CALLBACK]);
  await page.goto(`/dashboard/apps/${app.id}/clients/${id}/settings`);
  expect(await findViolations(page)).toEqual([]);
  const form = (name: string) => page.getByRole("form", { name });
  const save = (name: string) => form(name).getByRole("button", { name: "Save changes" }).click();
  const saveAndReload = async (name: string) => {
    await save(name);
    await expect(page.getByText("Client saved").first()).toBeVisible();
    await page.reload();
  };
  const goodbye = form("Redirect URIs").getByLabel("Post-logout redirect URI 1", { exact: true });
  await goodbye.fill("https://photos.example.com/bye");
  await saveAndReload("Redirect URIs");
  await expect(goodbye).toHaveValue("https://photos.example.com/bye");
  const offline = form("Scopes").getByLabel("offline_access");
  await offline.uncheck();
  await saveAndReload("Scopes");
  await expect(offline).not.toBeChecked();

  const grant = (name: string) => form("Grant types").getByRole("checkbox", { name });
  const code = grant("Authorization code");
  await grant("Client credentials").check();
  await code.uncheck();
  await grant("Refresh token").uncheck();
  await saveAndReload("Grant types");
  await form("Redirect URIs").getByRole("button", { name: "Remove Redirect URI 1" }).click();
  await saveAndReload("Redirect URIs");
  await code.check();
  await save("Grant types");
  await expect(form("Grant types").getByText(/add a redirect URI before you enable/i)).toBeVisible();
  await expect(code).toHaveAttribute("aria-invalid", "true");
  await expect(code).toBeChecked();
  expect(consoleErrors).toEqual([]);
});

test("a client has at most two secrets, and either can be revoked", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp();
  const id = await createClient(page, app, "Web server", [CALLBACK]);
  await page.goto(`/dashboard/apps/${app.id}/clients/${id}`);
  await page.getByRole("button", { name: "Create secret" }).click();
  await expect(page.getByRole("region", { name: "New client secret" })).toBeVisible();
  await page.getByRole("button", { name: "I’ve copied the secret" }).click();
  await expect(page.getByText("To create another secret, revoke one first.")).toBeVisible();
  const revoke = page.getByRole("button", { name: /^Revoke foyer_cs/ });
  await revoke.last().click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke secret" }).click();
  await expect(page.getByText("Secret revoked").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Create secret" })).toBeVisible();
});

test("a rejected redirect URI is shown, and added with one click", async ({ developer, server }) => {
  const { page } = developer;
  const app = await developer.createApp();
  const id = await createClient(page, app, "Web server", [CALLBACK]);
  const other = "https://photos.example.com/callback";
  const request = new URLSearchParams({ client_id: id, response_type: "code", redirect_uri: other, scope: "openid" });
  expect((await fetch(`${server.url}/o/authorize?${request}`)).status).toBe(400);
  await page.goto(`/dashboard/apps/${app.id}/clients/${id}`);
  await expect(page.getByText(other).first()).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Add redirect URI" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Add redirect URI" }).click();
  await expect(page.getByText("Redirect URI added").first()).toBeVisible();
  await page.goto(`/dashboard/apps/${app.id}/clients/${id}/settings`);
  await expect(redirectUri(page, 2)).toHaveValue(other);
});

test("a client of another developer is a 404, in their app and in one's own", async ({ openDashboard }) => {
  const [alice, mallory] = [await openDashboard(), await openDashboard()];
  const app = await alice.createApp();
  const id = await createClient(alice.page, app, "Web server", [CALLBACK]);
  const own = await mallory.createApp("Other");
  for (const { id: appId } of [app, own])
    for (const tab of ["", "/settings"]) {
      const response = await mallory.page.goto(`/dashboard/apps/${appId}/clients/${id}${tab}`);
      expect(response?.status(), `${appId}${tab}`).toBe(404);
      expect(await mallory.page.content()).not.toContain("A Web server");
    }
});
