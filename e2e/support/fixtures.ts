/**
 * The fixtures of the browser tests. A worker has one production server with a database of its own;
 * a test gets new apps, new developers and new browser contexts on it.
 */
import type { BrowserContext, BrowserContextOptions, Page } from "playwright/test";
import type { TestApp } from "./app";
import type { ReceivedMail } from "./arrange";
import { loadArrange } from "./load-arrange";
import { newAddress, newEmail, PASSWORD } from "./people";
import { expect, test as withCleanup } from "./process";
import { type Server, startServer } from "./server";

export { expect };

/** A browser context with one page. */
export interface Visitor {
  page: Page;
  /** Errors on the console, among them violations of the Content-Security-Policy. */
  consoleErrors: string[];
}

/** A visitor who is signed in to the dashboard. */
export interface Developer extends Visitor {
  id: string;
  email: string;
  createApp(name?: string): Promise<TestApp>;
}

interface TestFixtures {
  /** The functions of the product, on the database of the worker's server. */
  arrange: Arrange;
  /** Opens a browser context; it closes when the test ends. */
  openBrowser(options?: BrowserContextOptions): Promise<Visitor>;
  /** Creates a developer who is signed in to the dashboard. */
  openDashboard(options?: BrowserContextOptions): Promise<Developer>;
  developer: Developer;
  /** Creates an app of a new developer. */
  createApp(name?: string): Promise<TestApp>;
  app: TestApp;
}

interface WorkerFixtures {
  server: Server;
}

type Arrange = Awaited<ReturnType<typeof loadArrange>>;

/** The newest email to an address. */
export async function lastMailTo(email: string): Promise<ReceivedMail> {
  return (await loadArrange()).lastMailTo(email);
}

export const test = withCleanup.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({ cleanup: _ }, use) => {
      // Sign-ups are limited by IP address, so each browser names one in X-Forwarded-For.
      // One step dearer than the hashes of the import tests, which a sign-in must replace.
      const server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1", BCRYPT_COST: "5" });
      const { arrangeFor, stopArranging } = await loadArrange();
      arrangeFor(server.environment);
      await use(server);
      await stopArranging();
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  arrange: async ({ server: _ }, use) => {
    const functions = await loadArrange();
    functions.installReadyMadeKeys();
    await use(functions);
  },

  openBrowser: async ({ browser, server: _ }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": newAddress() }, ...options });
      contexts.push(context);
      const page = await context.newPage();
      return { page, consoleErrors: collectConsoleErrors(page) };
    });
    // Playwright closes only its own context. The pages of others would run on beside the next tests.
    await Promise.all(contexts.map((context) => context.close()));
  },

  openDashboard: async ({ arrange, openBrowser, server }, use) => {
    const { addDeveloper, signDeveloperIn, addApp } = arrange;
    await use(async (options) => {
      const visitor = await openBrowser(options);
      const email = newEmail("alice");
      const id = await addDeveloper(email, PASSWORD);
      const cookie = await signDeveloperIn(id);
      await visitor.page.context().addCookies([{ ...cookie, url: server.url, httpOnly: true, sameSite: "Lax" }]);
      return { ...visitor, id, email, createApp: (name = "Photo Blog") => addApp(id, name) };
    });
  },

  developer: async ({ openDashboard }, use) => use(await openDashboard()),

  createApp: async ({ arrange }, use) => {
    const { addDeveloper, addApp } = arrange;
    await use(async (name = "Photo Blog") => addApp(await addDeveloper(newEmail("alice"), PASSWORD), name));
  },

  app: async ({ createApp }, use) => use(await createApp()),
});

function collectConsoleErrors(page: Page): string[] {
  const consoleErrors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") consoleErrors.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => consoleErrors.push(String(error)));
  return consoleErrors;
}
