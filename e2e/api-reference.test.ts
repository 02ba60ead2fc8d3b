/** The readable reference in Chromium: every call is found, by everybody, on any screen. */
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { browser } from "../test/support/browser";
import { type Server, startServer } from "../test/support/server";

/** A dozen pages, each with hundreds of fields. */
const MINUTES = 240_000;

let server: Server;
let slugs: string[];
beforeAll(async () => {
  server = await startServer();
  const { tags } = await (await fetch(`${server.url}/api/openapi.json`)).json();
  slugs = tags.map((tag: { "x-slug": string }) => tag["x-slug"]);
});

async function visit<T>(path: string, options: BrowserContextOptions, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await (await browser()).newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    // What is loaded ahead for scripts is given up where there are none.
    if (options.javaScriptEnabled !== false)
      page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
    await page.goto(server.url + path);
    const found = await look(page);
    expect(complaints).toEqual([]);
    return found;
  } finally {
    await context.close();
  }
}

it("the document is there for programs", async () => {
  const answer = await fetch(`${server.url}/api/openapi.json`);
  expect(answer.status).toBe(200);
  const { servers, paths } = await answer.json();
  expect(servers).toEqual([{ url: server.url }]);
  expect(Object.keys(paths).length).toBeGreaterThan(40);
});

it(
  "the overview leads to every call of every group",
  async () => {
    const links = await visit("/docs/api", {}, (page) =>
      page.locator("main a[href*='#']").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? "")),
    );
    const calls = links.filter((href) => href.startsWith("/docs/api/"));
    expect(calls.length).toBeGreaterThan(40);
    for (const slug of slugs) {
      const asked = calls.filter((href) => href.startsWith(`/docs/api/${slug}#`)).map((href) => href.split("#")[1]);
      const anchors = await visit(`/docs/api/${slug}`, {}, (page) =>
        page.locator("main h2[id]").evaluateAll((all) => all.map(({ id }) => id)),
      );
      expect(anchors).toEqual(asked);
    }
  },
  MINUTES,
);

it("a link to a call shows it, with a command to copy", async () => {
  const options = { permissions: ["clipboard-read", "clipboard-write"] };
  await visit("/docs/api/users#createUser", options, async (page) => {
    const call = page.getByRole("region", { name: "Create a user" });
    await expect
      .poll(() => call.getByRole("heading", { level: 2 }).evaluate((h2) => h2.getBoundingClientRect().top))
      .toBeLessThan(300);
    await call.getByRole("button", { name: "Copy Request: Create a user" }).click();
    await call.getByRole("status").filter({ hasText: "Copied" }).first().waitFor({ state: "attached" });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`curl "${server.url}/api/v1/apps/$APP/users"`);
    expect(await call.getByText("email_taken").count()).toBeGreaterThan(0);
  });
});

it("404 for a group that is not there", async () => {
  expect((await fetch(`${server.url}/docs/api/nothing`)).status).toBe(404);
});

describe("every page of it", () => {
  const pages = () => ["/docs/api", ...slugs.map((slug) => `/docs/api/${slug}`)];

  it.each(["light", "dark"] as const)(
    "has no violation that axe can find (%s)",
    async (colorScheme) => {
      // One of each make: the overview, alternatives and tabs, forms, what is nested.
      for (const path of ["/docs/api", "/docs/api/sign-in", "/docs/api/oauth", "/docs/api/app"]) {
        const found = await visit(path, { colorScheme }, async (page) => {
          // What is folded must be readable, too.
          await page.locator("main details").evaluateAll((all) => {
            for (const fold of all) fold.setAttribute("open", "");
          });
          // What is around it is the same on all of them.
          const part = path === "/docs/api" ? "body" : "main";
          return new AxeBuilder({ page }).include(part).analyze();
        });
        const violations = found.violations.map(
          ({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html).join(" ")}`,
        );
        expect(violations).toEqual([]);
      }
    },
    MINUTES,
  );

  it(
    "fits every screen without scrolling sideways",
    async () => {
      const widths = [320, 390, 768, 1280, 1440];
      for (const path of pages()) {
        const found = await visit(path, {}, async (page) => {
          const measured: number[] = [];
          for (const width of widths) {
            await page.setViewportSize({ width, height: 900 });
            measured.push(await page.evaluate(() => document.documentElement.scrollWidth));
          }
          return measured;
        });
        expect(found, path).toEqual(widths);
      }
    },
    MINUTES,
  );

  it("says the same with JavaScript off", async () => {
    const read = (page: Page) => page.locator("main").innerText();
    const off = await visit("/docs/api/clients", { javaScriptEnabled: false }, read);
    expect(off).toContain("Create a client");
    expect(off).toContain("client_name");
  });
});
