/** Somebody at the hosted pages of an App, and the mails that they get. */
import { randomBytes } from "node:crypto";
import type { Locator, Page } from "playwright";
import type { Server } from "./server";
import { foyer, newEmail, PASSWORD, type Tenant } from "./tenant";

export interface Mailed {
  subject: string;
  link: string;
  text: string;
}

/** The newest mail to an address, as the operator's command shows it. */
export async function mailTo(server: Server, email: string): Promise<Mailed> {
  const { subject, links, text } = await foyer(server.environment, "mail", "last", "--to", email);
  return { subject, link: links[0] ?? "", text };
}

/** A form of a page, by the page that its handler belongs to: `reset`, `account/email`. */
export function formTo(page: Page, of: string): Locator {
  return page.locator(`form[action$="/${of}/submit"]`);
}

/** Makes an account on the hosted page, and stops at its account page. → the address */
export async function signUpAt(page: Page, tenant: Pick<Tenant, "app_id">, email = newEmail()): Promise<string> {
  await page.goto(`/o/${tenant.app_id}/account/start`);
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/account");
  return email;
}

/** Fills in the sign-in that is shown, or the one that leads to the account page. */
export async function signInAt(
  page: Page,
  tenant: Pick<Tenant, "app_id">,
  email: string,
  password = PASSWORD,
): Promise<void> {
  if (!page.url().includes("/signin?")) await page.goto(`/o/${tenant.app_id}/account/start`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Whether the browser's session at the App still lives. */
export async function isSignedIn(page: Page, tenant: Pick<Tenant, "app_id">): Promise<boolean> {
  await page.goto(`/o/${tenant.app_id}/account`);
  return new URL(page.url()).pathname.endsWith("/account");
}

/** Posts a form of the hosted pages as twenty impatient fingers do. → the answers' statuses, sorted */
export async function twentyClicks(address: string, fields: Record<string, string>): Promise<number[]> {
  // An address of one's own, since each try of a link is counted by address.
  const headers = { "x-forwarded-for": `198.18.${randomBytes(2).join(".")}` };
  const body = new URLSearchParams(fields);
  const press = async () => (await fetch(address, { method: "POST", headers, body, redirect: "manual" })).status;
  return (await Promise.all(Array.from({ length: 20 }, press))).sort();
}

/** The token in a link of a mail. */
export function tokenOf(link: string): string {
  return new URL(link).searchParams.get("token") ?? "";
}

/** A call of the App's backend. */
export function backend(tenant: Tenant, path: string, body?: unknown, method = body ? "POST" : "GET") {
  return fetch(new URL(path, tenant.issuer), {
    method,
    headers: { Authorization: `Bearer ${tenant.api_key}`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}
