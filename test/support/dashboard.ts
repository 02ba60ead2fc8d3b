/** A developer in a browser of their own. */
import { randomBytes } from "node:crypto";
import type { BrowserContextOptions, Page } from "playwright";
import { browser } from "./browser";
import type { Server } from "./server";

export const DEVELOPER_PASSWORD = "a door with two locks";

export interface DeveloperAtWork {
  page: Page;
  email: string;
  /** What the browser complained about: errors, violations of the Content-Security-Policy. */
  complaints: string[];
  leave(): Promise<void>;
}

export async function openBrowser(server: Server, options: BrowserContextOptions = {}): Promise<DeveloperAtWork> {
  // An address of one's own, since sign-ups are limited by address; the server must trust 127.0.0.1 as a proxy.
  const address = `198.18.${randomBytes(2).join(".")}`;
  const context = await (await browser()).newContext({
    baseURL: server.url,
    extraHTTPHeaders: { "x-forwarded-for": address },
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  const email = `alice-${randomBytes(5).toString("hex")}@example.com`;
  return { page, email, complaints, leave: () => context.close() };
}

/** Signs up in the browser. */
export async function signUpDeveloper(server: Server, options: BrowserContextOptions = {}): Promise<DeveloperAtWork> {
  const developer = await openBrowser(server, options);
  const { page, email } = developer;
  await page.goto("/signup");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(DEVELOPER_PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.waitForURL("**/dashboard");
  return developer;
}

export interface MadeApp {
  id: string;
  apiKey: string;
}

/** Creates an App through the page, and reads what is shown once. */
export async function createAppInBrowser(page: Page, name: string): Promise<MadeApp> {
  await page.goto("/dashboard/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create the App" }).click();
  await page.getByRole("heading", { name: "Your App is ready" }).waitFor();
  const text = await page.locator("main").innerText();
  const id = /app_[0-9a-z]+/.exec(text)?.[0];
  const apiKey = /foyer_sk_[0-9a-z]+_\w+/.exec(text)?.[0];
  if (!id || !apiKey) throw new Error(`The page shows no id or key:\n${text}`);
  return { id, apiKey };
}
