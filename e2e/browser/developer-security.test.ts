/** A developer adds an authenticator app, signs in with it and with a recovery code, and removes it after a step-up. */

import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright/test";
import { signInToDashboard } from "../support/dashboard";
import { expect, test } from "../support/fixtures";
import { findViolations } from "../support/page-checks";

/** `step` 1 is the code that the app shows in thirty seconds: each step works once. */
function codeOf(secret: string, step = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + step * 30_000 });
}

async function answer(page: Page, label: string, code: string): Promise<void> {
  await page.getByLabel(label).fill(code);
  await page.getByRole("button", { name: "Continue" }).click();
}

test("a developer's second factor", async ({ openDashboard, openBrowser }) => {
  const alice = await openDashboard();
  const { page } = alice;
  await page.goto("/dashboard/account/security");
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Add authenticator app" }).click();
  const secret = (await page.locator("dd code").textContent()) ?? "";
  await expect(page.getByAltText("QR code for the authenticator app")).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await page.getByLabel("Code from the app").fill("000 000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("The code is wrong")).toBeVisible();
  const first = codeOf(secret);
  await page.getByLabel("Code from the app").fill(`${first.slice(0, 3)} ${first.slice(3)}`);
  await page.getByRole("button", { name: "Confirm" }).click();
  const items = page.getByRole("region", { name: "New recovery codes" }).getByRole("listitem");
  await expect(items).toHaveCount(10);
  const codes = await items.allTextContents();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("link", { name: "I saved the codes" }).click();
  await expect(page.getByText("10 codes left.")).toBeVisible();

  // The next sign-in asks for the code, and has no session before it.
  const phone = await openBrowser({});
  await signInToDashboard(phone.page, alice.email);
  await phone.page.waitForURL("**/o/app_foyer/second-factor?sign_in=ott_*");
  expect(await findViolations(phone.page)).toEqual([]);
  await phone.page.goto("/dashboard");
  await phone.page.waitForURL("**/login**");
  await signInToDashboard(phone.page, alice.email);
  await phone.page.waitForURL("**/second-factor?sign_in=**");
  await answer(phone.page, "Code from your authenticator app", first);
  await expect(phone.page.getByText(/code is wrong/)).toBeVisible();
  await answer(phone.page, "Code from your authenticator app", codeOf(secret, 1));
  await phone.page.waitForURL("**/dashboard");

  // Without the phone, a recovery code serves once.
  const laptop = await openBrowser({ javaScriptEnabled: false });
  await signInToDashboard(laptop.page, alice.email);
  await laptop.page.getByRole("link", { name: "Recovery code" }).click();
  await answer(laptop.page, "Recovery code", codes[0] ?? "");
  await laptop.page.waitForURL("**/dashboard");
  await laptop.page.goto("/dashboard/account/security");
  await expect(laptop.page.getByText("9 codes left.")).toBeVisible();
  await expect(laptop.page.getByRole("button", { name: "Make new codes" })).toBeVisible();
});

test("a developer's passkey signs in without a password", async ({ openDashboard }) => {
  const alice = await openDashboard();
  const { page } = alice;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await page.goto("/dashboard/account/security");
  await page.getByRole("button", { name: "Add passkey" }).click();
  await expect(page.getByRole("region", { name: "New recovery codes" }).getByRole("listitem")).toHaveCount(10);
  await page.getByRole("link", { name: "I saved the codes" }).click();
  await expect(page.getByRole("button", { name: /^Remove / })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
  expect(credentials).toHaveLength(1);

  await page.context().clearCookies();
  await page.goto("/login");
  // Autofill may sign in by itself, since the authenticator of the test confirms by itself.
  await page
    .getByRole("button", { name: "Sign in with a passkey" })
    .click({ timeout: 5000 })
    .catch(() => {});
  await page.waitForURL("**/dashboard");
  await page.goto("/dashboard/account");
  await expect(page.locator("main")).toContainText(alice.email);
});
