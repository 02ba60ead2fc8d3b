/** The documentation in Chromium: every link leads somewhere, everybody can read it, and programs find it. */
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { browser } from "../test/support/browser";
import { type Server, startServer } from "../test/support/server";

const MINUTES = 240_000;

let server: Server;
/** Of the pages that are written by hand, from the navigation; the reference has tests of its own. */
let paths: string[];
beforeAll(async () => {
  server = await startServer();
  paths = await visit("/docs", {}, async (page) => {
    const links = page.getByRole("navigation", { name: "Documentation" }).getByRole("link");
    return links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  });
  paths = paths.filter((path) => !path.startsWith("/docs/api"));
});

async function visit<T>(path: string, options: BrowserContextOptions, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await (await browser()).newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    const answer = await page.goto(server.url + path);
    expect(answer?.status(), path).toBe(200);
    const found = await look(page);
    expect(complaints, path).toEqual([]);
    return found;
  } finally {
    await context.close();
  }
}

const inside = (href: string) => !/^https?:/.test(href) || href.startsWith(server.url);

it(
  "no link is broken, to a page or to a heading on it",
  async () => {
    expect(paths.length).toBeGreaterThan(10);
    const wanted = new Map<string, Set<string>>();
    for (const path of paths) {
      const hrefs = await visit(path, {}, (page) =>
        page.locator("a[href]").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? "")),
      );
      for (const href of hrefs.filter(inside)) {
        const { pathname, hash } = new URL(href, server.url + path);
        const anchors = wanted.get(pathname) ?? new Set();
        wanted.set(pathname, hash ? anchors.add(decodeURIComponent(hash.slice(1))) : anchors);
      }
    }
    for (const [pathname, anchors] of wanted) {
      const answer = await fetch(server.url + pathname);
      expect(answer.status, pathname).toBe(200);
      const html = await answer.text();
      for (const anchor of anchors) expect(html, `${pathname}#${anchor}`).toContain(` id="${anchor}"`);
    }
  },
  MINUTES,
);

describe("every page", () => {
  it.each(["light", "dark"] as const)(
    "has no violation that axe can find (%s)",
    async (colorScheme) => {
      // In the dark one of each make: prose with code, tables.
      for (const path of colorScheme === "light" ? paths : ["/docs", "/docs/self-hosting", "/docs/errors"]) {
        // What is around it is the same on all of them.
        const part = path === "/docs" ? "body" : "main";
        const found = await visit(path, { colorScheme }, (page) => new AxeBuilder({ page }).include(part).analyze());
        expect(found.violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html)}`)).toEqual([]);
      }
    },
    MINUTES,
  );

  it(
    "fits every screen without scrolling sideways",
    async () => {
      const widths = [320, 390, 768, 1280, 1440];
      for (const path of paths) {
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
});

describe("for programs", () => {
  it("llms.txt lists every page, as it is written", async () => {
    const answer = await fetch(`${server.url}/llms.txt`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const text = await answer.text();
    expect(text).toMatch(/^# Foyer\n\n> \S/);
    const addresses = [...text.matchAll(/^- \[.+?\]\((.+?)\): \S/gm)].map(([, address = ""]) => address);
    const written = paths.map((path) => `${server.url}${path === "/docs" ? "/docs/introduction" : path}.md`);
    expect(addresses).toEqual([...written, `${server.url}/api/openapi.json`]);
    for (const address of written) {
      const page = await fetch(address);
      expect(page.status, address).toBe(200);
      expect(page.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
      const markdown = await page.text();
      expect(markdown).toMatch(/^# \S/);
      expect(markdown).not.toContain("http://localhost:8000");
    }
  });

  it("404 for a page that is not there, in the one shape", async () => {
    const answer = await fetch(`${server.url}/docs/nothing.md`);
    expect(answer.status).toBe(404);
    expect((await answer.json()).error).toBe("not_found");
  });
});
