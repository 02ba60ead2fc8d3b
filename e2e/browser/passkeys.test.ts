/** Passkeys on the hosted pages, with Chromium's virtual authenticator (WebAuthn §11.2). */
import { createHash } from "node:crypto";
import { decodeJwt } from "jose";
import type { Page } from "playwright/test";
import { manage } from "../support/app";
import { expect, test } from "../support/fixtures";
import { signInAt, signUpAt, submitSignUp } from "../support/hosted";
import { authorizePath, type NamedApp, nameApp, shortNames } from "../support/hosted-walk";
import { newEmail } from "../support/people";
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

const VERIFIER = "b".repeat(43);
const CHALLENGE = { code_challenge: createHash("sha256").update(VERIFIER).digest("base64url") };

/** Exchanges the code that the browser brings to the client. → the claims of the ID token */
async function idTokenAfter(page: Page, app: NamedApp, act: () => Promise<unknown>) {
  // The client's host doesn't exist.
  const [callback] = await Promise.all([
    page.waitForRequest((request) => request.url().startsWith(app.redirectUri)),
    act().catch(() => null),
  ]);
  const response = await fetch(`${app.issuer}/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: new URL(callback.url()).searchParams.get("code") ?? "",
      redirect_uri: app.redirectUri,
      code_verifier: VERIFIER,
    }),
  });
  return decodeJwt((await response.json()).id_token);
}

test("a client that asks for acr phr gets a passkey after a password sign-in", async ({ openBrowser, app }) => {
  const named = await nameApp(app, shortNames());
  await manage(app, "PATCH", `/clients/${named.clientId}`, { first_party: true });
  const { page } = await openBrowser();
  await addAuthenticator(page);
  const email = await signUpAt(page, app);
  await addPasskey(page, app);
  await readRecoveryCodes(page);

  // Otherwise autofill would sign in with the passkey.
  await manage(app, "PATCH", "", { settings: { passkeys: false } });
  await page.context().clearCookies();
  await signInAt(page, app, email);
  await page.waitForURL("**/account");
  await manage(app, "PATCH", "", { settings: { passkeys: true } });

  const request = (more: object) => page.goto(authorizePath(named, { ...CHALLENGE, ...more }));
  const before = await idTokenAfter(page, named, () => request({}));
  expect(before).toMatchObject({ acr: "1", amr: ["pwd"] });

  await request({ claims: JSON.stringify({ id_token: { acr: { essential: true, values: ["phr"] } } }) });
  await expect(page.getByRole("heading", { name: "Confirm it’s you" })).toBeVisible();
  await expect(page.getByText("Recovery code")).toBeHidden();
  const use = page.getByRole("button", { name: "Use your passkey" });
  const after = await idTokenAfter(page, named, () => use.click());
  expect(after).toMatchObject({ acr: "phr", amr: ["pwd", "hwk", "user", "mfa"] });

  // The session is strong enough now.
  const later = await idTokenAfter(page, named, () => request({ acr_values: "phr" }));
  expect(later).toMatchObject({ acr: "phr", auth_time: after.auth_time });
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

test("without script, an app that accepts only passkeys says what is missing", async ({ openBrowser, app }) => {
  await manage(app, "PATCH", "", { settings: { mfa: "required", mfa_methods: ["passkey"] } });
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await submitSignUp(page, app, newEmail());
  await expect(page.getByText("Passkeys need JavaScript, which this browser has disabled.")).toBeVisible();
});
