/** The applications (OAuth clients) of an app in the dashboard: creation, settings, secrets, rejected requests, deletion. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright/test";
import { manage, signUp, type TestApp } from "../support/app";
import { confirmByTyping } from "../support/dashboard";
import { expect, test } from "../support/fixtures";
import { signInAt } from "../support/hosted";
import { findViolations } from "../support/page-checks";
import { newEmail } from "../support/people";

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

test("all settings are saved together, and an error is shown at its field, also among the advanced ones", async ({
  developer,
}) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  const id = await createClient(page, app, "Web server", [CALLBACK]);
  await page.goto(`/dashboard/apps/${app.id}/clients/${id}/settings`);
  const openAdvanced = () => page.getByText("Advanced settings", { exact: true }).click();
  const save = () => page.getByRole("button", { name: "Save changes" }).click();
  const saveAndReload = async () => {
    await save();
    await expect(page.getByText("Application saved").first()).toBeVisible();
    await expect(page.getByText("You have unsaved changes.")).toHaveCount(0);
    await page.reload();
    await openAdvanced();
  };
  await openAdvanced();
  expect(await findViolations(page)).toEqual([]);
  const goodbye = page.getByLabel("Post-logout redirect URI 1", { exact: true });
  const offline = page.getByRole("group", { name: "Scopes" }).getByLabel("offline_access");
  const par = page.getByLabel("Require pushed requests (PAR)");
  await goodbye.fill("https://photos.example.com/bye");
  await offline.uncheck();
  await par.check();
  await page.getByLabel("Access token", { exact: true }).fill("5");
  await expect(page.getByText("You have unsaved changes.")).toBeVisible();
  await saveAndReload();
  await expect(goodbye).toHaveValue("https://photos.example.com/bye");
  await expect(offline).not.toBeChecked();
  await expect(par).toBeChecked();
  await expect(page.getByLabel("Access token", { exact: true })).toHaveValue("5");

  await page.getByRole("button", { name: "Remove Redirect URI 1" }).click();
  await save();
  await expect(page.getByText(/must contain at least one/)).toBeVisible();
  await expect(redirectUri(page, 1)).toHaveAttribute("aria-invalid", "true");
  await redirectUri(page, 1).fill(CALLBACK);
  const keys = page.getByLabel("Public keys (JWK set)");
  await keys.fill('{"keys":[{}]}');
  await openAdvanced();
  await expect(keys).toBeHidden();
  await save();
  await expect(page.getByText(/keys\.0\.kty is missing/)).toBeVisible();
  await expect(keys).toBeFocused();
  expect(consoleErrors).toEqual([]);
});

test("settings that were changed meanwhile aren’t overwritten", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp();
  const id = await createClient(page, app, "Web server", [CALLBACK]);
  await page.goto(`/dashboard/apps/${app.id}/clients/${id}/settings`);
  await page.getByLabel("Name", { exact: true }).fill("Mine");
  await manage(app, "PATCH", `/clients/${id}`, { client_name: "Theirs", pkce: "required" });
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("The settings were changed meanwhile.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Mine");
  expect(await manage(app, "GET", `/clients/${id}`)).toMatchObject({ client_name: "Theirs", pkce: "required" });
});

test("a publisher is verified by the file of its domain, and the consent page shows it", async ({ developer }) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  const id = await createClient(page, app, "Web server", [CALLBACK]);
  let line = "";
  const site = createServer((_, response) => response.end(line)).listen(0, "127.0.0.1");
  await new Promise((resolve) => site.once("listening", resolve));
  const domain = `127.0.0.1:${(site.address() as AddressInfo).port}`;
  await page.goto(`/dashboard/apps/${app.id}/clients/${id}`);
  await page.getByRole("link", { name: "Publisher" }).click();
  await page.getByLabel("Domain").fill(`http://${domain}/about`);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: `Prove ${domain}` })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText(/has no line with this value/)).toBeVisible();
  line = /foyer-verification=\S+/.exec(await page.locator("main").innerText())?.[0] ?? "";
  await page.waitForTimeout(3100); // Foyer checks a domain at most every three seconds.
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByRole("heading", { name: domain, exact: true })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  const email = newEmail();
  await signUp(app, email);
  const request = { response_type: "code", client_id: id, redirect_uri: CALLBACK, scope: "openid" };
  await page.goto(`/o/${app.id}/authorize?${new URLSearchParams(request)}`);
  await signInAt(page, app, email);
  await expect(page.getByText("Verified publisher")).toBeVisible();
  await expect(page.getByText(domain)).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  site.close();
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
