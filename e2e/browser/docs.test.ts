/** The documentation: its links, its layout, its accessibility, and its files for programs. */
import type { Page } from "playwright/test";
import { expect, test } from "../support/fixtures";
import { collectProblems, findOverflow, findViolations, findViolationsOn } from "../support/page-checks";
import { sample } from "../support/sample";

/** The pages of docs/, from the navigation. The API reference has its own tests. */
async function listPages(page: Page): Promise<string[]> {
  await page.goto("/docs");
  const links = page.getByRole("navigation", { name: "Documentation" }).getByRole("link");
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  return paths.filter((path) => !path.startsWith("/docs/api"));
}

test("every page loads without problems, fits every screen, and has no broken link", async ({
  openBrowser,
  server,
}) => {
  test.setTimeout(240_000);
  const { page } = await openBrowser();
  const paths = await listPages(page);
  expect(paths.length).toBeGreaterThan(10);
  const problems = collectProblems(page);
  /** By path: the fragments that links to it name. */
  const targets = new Map<string, Set<string>>();
  for (const path of paths) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(200);
    expect(await findOverflow(page), path).toEqual([]);
    const hrefs = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    for (const href of hrefs.filter((href) => !/^https?:/.test(href) || href.startsWith(server.url))) {
      const { pathname, hash } = new URL(href, server.url + path);
      const fragments = targets.get(pathname) ?? new Set();
      targets.set(pathname, hash ? fragments.add(decodeURIComponent(hash.slice(1))) : fragments);
    }
  }
  expect(problems).toEqual([]);
  for (const [pathname, fragments] of targets) {
    const response = await fetch(server.url + pathname);
    expect(response.status, pathname).toBe(200);
    const html = await response.text();
    for (const fragment of fragments) expect(html, `${pathname}#${fragment}`).toContain(` id="${fragment}"`);
  }
});

test("no page has an accessibility violation", async ({ openBrowser }) => {
  test.setTimeout(240_000);
  const { page } = await openBrowser();
  // One of each kind: prose with code, tables.
  const paths = sample(await listPages(page), ["/docs", "/docs/self-hosting", "/docs/errors"]);
  expect(await findViolationsOn(page, paths, (path) => (path === "/docs" ? "body" : "main"))).toEqual([]);
});

test("llms.txt lists every page, and each is available as Markdown", async ({ openBrowser, server }) => {
  const { page } = await openBrowser();
  const paths = await listPages(page);
  const response = await fetch(`${server.url}/llms.txt`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const text = await response.text();
  expect(text).toMatch(/^# Foyer\n\n> \S/);
  const listed = [...text.matchAll(/^- \[.+?\]\((.+?)\): \S/gm)].map(([, url = ""]) => url);
  const expected = paths.map((path) => `${server.url}${path === "/docs" ? "/docs/introduction" : path}.md`);
  expect(listed).toEqual([...expected, `${server.url}/api/openapi.json`]);
  for (const url of expected) {
    const file = await fetch(url);
    expect(file.status, url).toBe(200);
    expect(file.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    const markdown = await file.text();
    expect(markdown).toMatch(/^# \S/);
    expect(markdown).not.toContain("http://localhost:8000");
  }
});

test("an unknown Markdown file is a JSON 404", async ({ server }) => {
  const response = await fetch(`${server.url}/docs/nothing.md`);
  expect(response.status).toBe(404);
  expect((await response.json()).error).toBe("not_found");
});

test("the search finds a section by keyboard, and works without JavaScript", async ({ openBrowser }) => {
  const { page } = await openBrowser();
  const problems = collectProblems(page);
  await page.goto("/docs/changelog");
  await page.keyboard.press("/");
  await page.keyboard.type("token exch");
  const results = page.getByRole("region", { name: "Search results" });
  await expect(results.getByRole("link").first()).toContainText("Token exchange");
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await expect(results).toBeHidden();
  await page.keyboard.type("a");
  await expect(results.getByRole("link").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/docs\/[a-z-]+(#.+)?$/);
  expect(problems).toEqual([]);

  const plain = await openBrowser({ javaScriptEnabled: false });
  await plain.page.goto("/docs/concepts");
  await plain.page.getByRole("searchbox", { name: "Search the docs" }).fill('pass"keys <b>');
  await plain.page.keyboard.press("Enter");
  await expect(plain.page).toHaveURL(/\/docs\/search\?q=/);
  await expect(plain.page.getByRole("main").getByRole("link", { name: "Passkeys" }).first()).toBeVisible();
});

test("the theme is remembered, and the server sends it", async ({ openBrowser }) => {
  const { page } = await openBrowser({ colorScheme: "light" });
  await page.goto("/docs");
  await page.getByRole("banner").getByTitle("Dark").click();
  await page.goto("/docs/concepts");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("banner").getByRole("radio", { name: "Dark" })).toBeChecked();
});

test("a page has one script, and is for one browser's cache, because it has the reader's theme", async ({ server }) => {
  const response = await fetch(`${server.url}/docs/concepts`);
  expect(response.headers.get("cache-control")).toBe("private, no-cache");
  expect((await response.text()).match(/<script/g)).toHaveLength(1);
});
