/** The dashboard's pages for OAuth: resources, registration, MCP, check-up, and all flows of the playground. */
import type { Page } from "playwright/test";
import { manage, signUp, type TestApp } from "../support/app";
import { query } from "../support/database";
import { expect, test } from "../support/fixtures";
import { signInAt } from "../support/hosted";
import { findViolations } from "../support/page-checks";
import { newEmail } from "../support/people";

const API = "https://api.example.com/photos";

function openPage(page: Page, app: TestApp, path: string) {
  return page.goto(`/dashboard/apps/${app.id}${path}`);
}

test("resources are created, edited and deleted, and an error is shown at its field", async ({ developer }) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  await manage(app, "POST", "/scopes", { name: "photos:read", description: "See your photos" });
  await openPage(page, app, "/resources");
  const identifier = page.getByLabel("Identifier");
  const create = () => page.getByRole("button", { name: "Create resource" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Photos API");
  await identifier.fill("photos");
  await create();
  await expect(identifier).toHaveAttribute("aria-invalid", "true");
  await identifier.fill(API);
  await page.getByLabel("photos:read").check();
  await page.getByLabel("Default", { exact: true }).check();
  await create();
  await expect(page.getByRole("table").getByText(API)).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.getByLabel("Name", { exact: true }).fill("Twin");
  await identifier.fill("HTTPS://API.example.com:443/photos");
  await create();
  await expect(page.getByText(/taken by another resource/)).toBeVisible();
  await page.getByRole("button", { name: "Edit Photos API" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Access token lifetime", { exact: true }).fill("5");
  expect(await findViolations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Save resource" }).click();
  await expect(page.getByRole("table").getByText("5 minutes")).toBeVisible();
  const { data } = await manage(app, "GET", "/resources");
  expect(data).toMatchObject([
    { identifier: API, scopes: ["photos:read"], default: true, access_token_ttl_seconds: 300 },
  ]);
  await page.getByRole("button", { name: "Delete Photos API" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete resource" }).click();
  await expect(page.getByText("No resources yet")).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test("claims are created, edited and deleted, and a name of a standard is rejected at its field", async ({
  developer,
}) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  await openPage(page, app, "/claims");
  const name = page.getByLabel("Name", { exact: true });
  const create = () => page.getByRole("button", { name: "Create claim" }).click();
  await name.fill("sub");
  await page.getByLabel("Value", { exact: true }).fill("plan");
  await create();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await name.fill("https://example.com/plan");
  await page.getByRole("checkbox", { name: "Access token" }).check();
  await create();
  await expect(page.getByRole("table").getByText("https://example.com/plan")).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Edit https://example.com/plan" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Source").selectOption("constant");
  await dialog.getByLabel("Value", { exact: true }).fill('{"tier":1}');
  await dialog.getByRole("button", { name: "Save claim" }).click();
  await expect(page.getByRole("table").getByText('{"tier":1}').last()).toBeVisible();
  const { data } = await manage(app, "GET", "/claims");
  expect(data).toMatchObject([
    { source: { constant: { tier: 1 } }, scope: null, targets: ["id_token", "access_token", "userinfo"] },
  ]);
  await page.getByRole("button", { name: "Delete https://example.com/plan" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete claim" }).click();
  await expect(page.getByText("No custom claims yet")).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test("a registration token registers an application, which the list shows, until it is revoked", async ({
  developer,
}) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  const register = (token: string) =>
    fetch(`${app.issuer}/register`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify({ client_name: "Robot", redirect_uris: ["https://robot.example/cb"] }),
    });
  await openPage(page, app, "/registration");
  await page.getByLabel("Who may register").selectOption("token");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText(`${app.issuer}/register`)).toBeVisible();
  await page.getByRole("button", { name: "Create token" }).click();
  const text = await page.getByRole("region", { name: "New registration token" }).innerText();
  const token = /foyer_iat_\w+/.exec(text)?.[0] ?? "";
  expect(await findViolations(page)).toEqual([]);
  expect((await register(token)).status).toBe(201);
  await page.getByLabel("Hosts").fill("https://not a host");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText(/must be a host/)).toBeVisible();
  await page.getByRole("button", { name: /^Revoke foyer_iat/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText("Revoked", { exact: true })).toBeVisible();
  expect((await register(token)).status).toBe(401);
  await openPage(page, app, "/clients?source=dcr");
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.getByText("Robot")).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await openPage(page, app, "/clients?source=cimd");
  await expect(page.getByText("No applications found")).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test("the client of a metadata document is shown with its host, and its settings can’t be changed", async ({
  developer,
  server,
}) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  const { client_id } = await manage(app, "POST", "/clients", {
    client_name: "Agent",
    public: true,
    redirect_uris: ["https://client.example.com/cb"],
  });
  const id = "https://client.example.com/agent.json";
  const sql = `UPDATE "OAuthClient" SET "id" = $1, "source" = 'cimd' WHERE "id" = $2`;
  await query(server, sql, [id, client_id]);
  await openPage(page, app, "/clients?source=cimd");
  await expect(page.getByText("client.example.com", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Agent" }).click();
  await expect(page.getByRole("heading", { name: "Agent" })).toBeVisible();
  await expect(page.getByText("Metadata document", { exact: true })).toBeVisible();
  const tabs = page.getByRole("navigation", { name: "Application" });
  await expect(tabs.getByRole("link", { name: "Publisher" })).toHaveCount(0);
  await tabs.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByText("The application’s publisher decides these settings")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);
  expect(await findViolations(page)).toEqual([]);
  expect(consoleErrors).toEqual([]);
});

test("one switch lets MCP clients connect, and a server gets its metadata and commands", async ({ developer }) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  await openPage(page, app, "/mcp");
  await page.getByRole("button", { name: "Enable MCP" }).click();
  await expect(page.getByText("MCP clients can connect")).toBeVisible();
  const url = page.getByLabel("URL of the MCP server");
  await url.fill("mcp.example.com");
  await page.getByRole("button", { name: "Add server" }).click();
  await expect(url).toHaveAttribute("aria-invalid", "true");
  await url.fill("https://mcp.example.com/mcp");
  await page.getByRole("button", { name: "Add server" }).click();
  await expect(
    page.getByText("https://mcp.example.com/.well-known/oauth-protected-resource/mcp").first(),
  ).toBeVisible();
  await expect(page.getByText("claude mcp add --transport http example").first()).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  const metadata = await (await fetch(`${app.issuer}/.well-known/openid-configuration`)).json();
  expect(metadata).toMatchObject({ registration_endpoint: `${app.issuer}/register` });
  await page.getByRole("button", { name: "Disable MCP" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable MCP" }).click();
  await expect(page.getByText("Let MCP clients connect")).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test("a finding of the check-up is resolved by its button", async ({ developer }) => {
  const { page, consoleErrors } = developer;
  const app = await developer.createApp();
  const redirect_uris = ["https://photos.example.com/cb", "http://localhost:3000/cb"];
  const { client_id } = await manage(app, "POST", "/clients", { client_name: "Prints", redirect_uris });
  await openPage(page, app, "/check-up");
  await expect(page.getByText("1 finding in")).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Remove redirect URI: Prints" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("http://localhost:3000/cb")).toBeVisible();
  await dialog.getByRole("button", { name: "Remove redirect URI" }).click();
  await expect(page.getByText("No findings in")).toBeVisible();
  expect(await manage(app, "GET", `/clients/${client_id}`)).toMatchObject({ redirect_uris: [redirect_uris[0]] });
  expect(consoleErrors).toEqual([]);
});

test("the playground pushes a request for a resource, binds its tokens and exchanges them", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp();
  await manage(app, "POST", "/scopes", { name: "photos:read", description: "See your photos" });
  await manage(app, "POST", "/resources", { identifier: API, name: "Photos API", scopes: ["photos:read"] });
  const email = newEmail();
  await signUp(app, email);
  await openPage(page, app, "/playground");
  await page.getByRole("button", { name: "Create application and start" }).click();
  await page.getByLabel("Push the request first (PAR)").check();
  await page.getByLabel("Bind the tokens to a key of this browser (DPoP)").check();
  await page.getByLabel("Resource").selectOption(API);
  const step = (title: string) => page.locator("li", { has: page.getByRole("heading", { name: title }) });
  const run = (title: string) =>
    step(title)
      .getByRole("button", { name: /^(Send request|Open page)/ })
      .click();
  const expectStatus = (title: string, status: number) =>
    expect(step(title).getByText(String(status), { exact: true })).toBeVisible();
  await run("Push the request");
  await expectStatus("Push the request", 201);
  expect(await findViolations(page)).toEqual([]);
  await run("Authorize");
  await signInAt(page, app, email);
  await page.getByRole("button", { name: "Allow" }).click();
  await run("Exchange the code");
  await expectStatus("Exchange the code", 200);
  await expect(step("Exchange the code").getByText('"token_type": "DPoP"')).toBeVisible();
  await run("Read the user");
  await expectStatus("Read the user", 401); // The token is for the API alone.
  await run("Exchange the token");
  await expectStatus("Exchange the token", 200);
});

test("the playground runs the device grant", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp();
  const email = newEmail();
  await signUp(app, email);
  await openPage(page, app, "/playground");
  await page.getByRole("button", { name: "Create application and start" }).click();
  await page.getByLabel("Flow").selectOption("device");
  const run = (title: string) => page.getByRole("button", { name: new RegExp(`: ${title}$`) }).click();
  await run("Start on the device");
  const opened = page.waitForEvent("popup");
  await run("Enter the code");
  const phone = await opened;
  await expect(phone).toHaveURL(/\/device/);
  await phone.getByRole("button", { name: "Continue" }).click();
  await signInAt(phone, app, email);
  await phone.getByRole("button", { name: "Allow" }).click();
  await expect(phone.getByRole("heading", { name: "You’re signed in on your device" })).toBeVisible();
  await run("Poll for the tokens");
  await expect(page.getByText('"token_type": "Bearer"')).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
});
