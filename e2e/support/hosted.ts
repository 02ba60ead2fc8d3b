/** What a user does on the hosted pages of an app. */
import { expect, type Locator, type Page } from "playwright/test";
import type { TestApp } from "./app";
import { newAddress, newEmail, PASSWORD } from "./people";

type WithId = Pick<TestApp, "id">;

/** The form of a page, by the page that its handler belongs to: `reset`, `account/email`. */
export function formTo(page: Page, of: string): Locator {
  return page.locator(`form[action$="/${of}/submit"]`);
}

/** Fills in email address and password, wherever a form asks for both. */
export async function fillCredentials(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
}

/** Opens the sign-up of the app and submits it. */
export async function submitSignUp(page: Page, app: WithId, email: string): Promise<void> {
  await page.goto(`/o/${app.id}/account/start`);
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  await fillCredentials(page, email);
  await page.getByRole("button", { name: "Create account" }).click();
}

/** Creates an account on the hosted page and waits for the account page. → the email address */
export async function signUpAt(page: Page, app: WithId, email = newEmail()): Promise<string> {
  await submitSignUp(page, app, email);
  await page.waitForURL("**/account");
  return email;
}

/** Submits the sign-in that is open, or else the one that leads to the account page. */
export async function signInAt(page: Page, app: WithId, email: string, password = PASSWORD): Promise<void> {
  if (!page.url().includes("/signin?")) await page.goto(`/o/${app.id}/account/start`);
  await fillCredentials(page, email, password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Asks the open sign-in page for a magic link, or by another button for a code. */
export async function requestMagicLink(page: Page, email: string, button = "Email me a link instead"): Promise<void> {
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: button }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
}

/** Opens the page "Forgot your password?" from the sign-in of the app. */
export async function openPasswordReset(page: Page, app: WithId): Promise<void> {
  await page.goto(`/o/${app.id}/account/start`);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.waitForURL("**/forgot?**");
}

/** Asks the open page for the email with the reset link. */
export async function requestPasswordReset(page: Page, email: string): Promise<void> {
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
}

/** Whether the browser has a session at the app. */
export async function isSignedIn(page: Page, app: WithId): Promise<boolean> {
  await page.goto(`/o/${app.id}/account`);
  return new URL(page.url()).pathname.endsWith("/account");
}

/** Posts a form of the hosted pages twenty times at once. → the statuses, sorted */
export async function postTwentyTimes(url: string, fields: Record<string, string>): Promise<number[]> {
  // Attempts are limited by IP address.
  const headers = { "x-forwarded-for": newAddress() };
  const body = new URLSearchParams(fields);
  const post = async () => (await fetch(url, { method: "POST", headers, body, redirect: "manual" })).status;
  return (await Promise.all(Array.from({ length: 20 }, post))).sort();
}

/** The token in the link of an email. */
export function tokenOf(link: string): string {
  return new URL(link).searchParams.get("token") ?? "";
}
