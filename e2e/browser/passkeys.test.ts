/** Passkeys on the hosted pages, with Chromium's virtual authenticator (WebAuthn §11.2). */
import type { Page } from "playwright/test";
import { manage } from "../support/app";
import { expect, test } from "../support/fixtures";
import { signUpAt } from "../support/hosted";
import { readRecoveryCodes } from "../support/second-factor";

/** A device whose user always agrees. */
async function addAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function addPasskey(page: Page, app: { id: string }): Promise<void> {
  await page.goto(`/o/${app.id}/account/passkeys`);
  await page.getByRole("button", { name: "Create passkey" }).click();
}

test("a user adds a passkey, and signs in with it by autofill and by the button", async ({ openBrowser, app }) => {
  const { page, consoleErrors } = await openBrowser();
  await addAuthenticator(page);
  const email = await signUpAt(page, app);
  await addPasskey(page, app);
  expect(await readRecoveryCodes(page)).toHaveLength(10);
  await page.getByRole("button", { name: "I saved the codes" }).click();
  await page.waitForURL("**/account");

  await page.context().clearCookies();
  await page.goto(`/o/${app.id}/account/start`);
  await page.waitForURL("**/account");
  await expect(page.getByText(email).first()).toBeVisible();

  // Without a field, there is only the button.
  await manage(app, "PATCH", "", { settings: { methods: { password: false, magic_link: false } } });
  await page.context().clearCookies();
  await page.goto(`/o/${app.id}/account/start`);
  await expect(page.getByLabel("Email address")).toBeHidden();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL("**/account");
  expect(consoleErrors).toEqual([]);
});

test("the passkey of a neighbor app is rejected with a sentence", async ({ openBrowser, app, createApp }) => {
  const neighbor = await createApp();
  const { page } = await openBrowser();
  await addAuthenticator(page);
  await signUpAt(page, neighbor);
  await addPasskey(page, neighbor);
  await readRecoveryCodes(page);
  await page.context().clearCookies();
  await page.goto(`/o/${app.id}/account/start`);
  await expect(page.getByText("This passkey belongs to another app.")).toBeVisible();
});

test("the last sign-in method can't be removed", async ({ openBrowser, app }) => {
  const { page } = await openBrowser();
  await addAuthenticator(page);
  await signUpAt(page, app);
  await addPasskey(page, app);
  await readRecoveryCodes(page);
  await page.getByRole("button", { name: "I saved the codes" }).click();
  await page.waitForURL("**/account");
  await expect(page.getByRole("button", { name: /^Remove / })).toBeVisible();
  await manage(app, "PATCH", "", { settings: { methods: { password: false, magic_link: false } } });
  await page.getByRole("button", { name: /^Remove / }).click();
  await expect(page.getByText("This is your only sign-in method.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Remove / })).toBeHidden();
});

test("without script, the sign-in page offers no passkeys and works", async ({ openBrowser, app }) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.goto(`/o/${app.id}/account/start`);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeHidden();
});
