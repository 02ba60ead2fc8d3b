// cspell:ignore bcdf ghjk
/** Device sign-in: a client library and the example poll while a user answers in the browser, without JavaScript too. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as oidc from "openid-client";
import type { Page } from "playwright/test";
import { manage, type TestApp } from "../support/app";
import { expect, test } from "../support/fixtures";
import { fillCredentials } from "../support/hosted";
import { newEmail } from "../support/people";
import { ROOT } from "../support/server";

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

async function createCli(app: TestApp): Promise<string> {
  const { client_id } = await manage(app, "POST", "/clients", {
    client_name: "Photos CLI",
    client_uri: "https://www.photos.example/about",
    initiate_login_uri: "https://start.photos.example/sign-in?from=foyer",
    public: true,
    grant_types: [DEVICE_GRANT, "refresh_token"],
  });
  return client_id;
}

async function signUp(page: Page): Promise<string> {
  const email = newEmail();
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  await expect(page.getByText("to continue to Photos CLI")).toBeVisible();
  await fillCredentials(page, email);
  await page.getByRole("button", { name: "Create account" }).click();
  return email;
}

async function startDevice(app: TestApp) {
  const config = await oidc.discovery(new URL(app.issuer), await createCli(app), undefined, oidc.None(), {
    execute: [oidc.allowInsecureRequests],
  });
  return { config, device: await oidc.initiateDeviceAuthorization(config, { scope: "openid email offline_access" }) };
}

for (const javaScriptEnabled of [true, false])
  test(`openid-client gets the tokens of a user who typed the code, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    createApp,
    browser,
  }) => {
    const app = await createApp();
    const { config, device } = await startDevice(app);
    const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await page.goto(device.verification_uri);
    await page.getByLabel("Code").fill("bcdf ghjk");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("This code isn’t valid.")).toBeVisible();
    await page.getByLabel("Code").fill(device.user_code.toLowerCase().replace("-", " "));
    await page.getByRole("button", { name: "Continue" }).click();
    const email = await signUp(page);
    await expect(page.getByRole("heading", { name: "Photos CLI wants to access your account" })).toBeVisible();
    await expect(page.getByText(device.user_code)).toBeVisible();
    await expect(page.getByText("Did you start this sign-in?")).toBeVisible();
    await page.getByRole("button", { name: "Allow" }).click();
    await expect(page.getByRole("heading", { name: "You’re signed in on your device" })).toBeVisible();
    const tokens = await oidc.pollDeviceAuthorizationGrant(config, device);
    expect(tokens.claims()).toMatchObject({ iss: app.issuer, email });
    const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    await page.goto(`/o/${app.id}/account`);
    // OIDC Core §4: the client starts a sign-in with this issuer at its own URL.
    const start = page.getByRole("link", { name: "Open" });
    expect(await start.getAttribute("href")).toBe(
      `https://start.photos.example/sign-in?from=foyer&${new URLSearchParams({ iss: app.issuer })}`,
    );
    await expect(page.getByText("www.photos.example", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: /^Disconnect Photos CLI on / }).click();
    await expect(page.getByText("The app was disconnected.")).toBeVisible();
    await expect(oidc.refreshTokenGrant(config, refreshed.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
    await page.context().close();
  });

test("the user denies a request with a prefilled code, and the device gets access_denied", async ({
  createApp,
  page,
}) => {
  const app = await createApp();
  const { config, device } = await startDevice(app);
  await page.goto(device.verification_uri_complete ?? "");
  await expect(page.getByLabel("Code")).toHaveValue(device.user_code);
  await page.getByRole("button", { name: "Continue" }).click();
  await signUp(page);
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByRole("heading", { name: "Access denied" })).toBeVisible();
  await expect(oidc.pollDeviceAuthorizationGrant(config, device)).rejects.toMatchObject({ error: "access_denied" });
});

test("examples/cli-device signs in", async ({ createApp, page }) => {
  const app = await createApp();
  const environment = { ...process.env, ISSUER: app.issuer, CLIENT_ID: await createCli(app) };
  const cli = spawn(process.execPath, [join(ROOT, "examples/cli-device/cli.mjs")], { env: environment });
  let output = "";
  for (const stream of [cli.stdout, cli.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  await expect.poll(() => output).toContain("or open ");
  await page.goto(/or open (\S+)/.exec(output)?.[1] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  const email = await signUp(page);
  await expect(page.getByText(/cli-device\/1\.0/)).toBeVisible();
  await page.getByRole("button", { name: "Allow" }).click();
  const [code] = await once(cli, "exit");
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining(`Signed in as ${email}.`) });
});
