/** The API reference: every call is listed and linked, and its pages are accessible on any screen. */
import { expect, test } from "../support/fixtures";
import { collectProblems, findOverflow, findViolations, findViolationsOn } from "../support/page-checks";
import { sample } from "../support/sample";
import type { Server } from "../support/server";

async function listGroups({ url }: Server): Promise<string[]> {
  const { tags } = await (await fetch(`${url}/api/openapi.json`)).json();
  return tags.map((tag: { "x-slug": string }) => tag["x-slug"]);
}

test("the OpenAPI document names this server and lists the calls", async ({ server }) => {
  const response = await fetch(`${server.url}/api/openapi.json`);
  expect(response.status).toBe(200);
  const { servers, paths } = await response.json();
  expect(servers).toEqual([{ url: server.url }]);
  expect(Object.keys(paths).length).toBeGreaterThan(40);
});

test("the overview links to every call", async ({ server }) => {
  const read = async (path: string) => (await fetch(server.url + path)).text();
  const overview = await read("/docs/api");
  const calls = [...overview.matchAll(/<a [^>]*href="\/docs\/api\/([\w-]+)#([\w-]+)"/g)];
  expect(calls.length).toBeGreaterThan(40);
  for (const group of await listGroups(server)) {
    const html = await read(`/docs/api/${group}`);
    const anchors = [...html.matchAll(/<h2 [^>]*\bid="([\w-]+)"/g)].map(([, id]) => id);
    expect(anchors).toEqual(calls.filter(([, linked]) => linked === group).map(([, , id]) => id));
  }
});

/** One page of each kind: the overview, alternatives and tabs, nested objects. */
async function samplePages(server: Server): Promise<readonly string[]> {
  const all = ["/docs/api", ...(await listGroups(server)).map((group) => `/docs/api/${group}`)];
  return sample(all, ["/docs/api", "/docs/api/sign-in", "/docs/api/app"]);
}

test("every page fits every screen, and causes no errors", async ({ openBrowser, server }) => {
  test.setTimeout(240_000);
  const { page } = await openBrowser();
  const problems = collectProblems(page);
  for (const path of await samplePages(server)) {
    await page.goto(path);
    expect(await findOverflow(page), path).toEqual([]);
  }
  expect(problems).toEqual([]);
});

test("a link to a call scrolls to it, and its command can be copied", async ({ openBrowser, server }) => {
  const { page } = await openBrowser({ permissions: ["clipboard-read", "clipboard-write"] });
  const problems = collectProblems(page);
  await page.goto("/docs/api/users#createUser");
  const call = page.getByRole("region", { name: "Create a user" });
  await expect
    .poll(() => call.getByRole("heading", { level: 2 }).evaluate((h2) => h2.getBoundingClientRect().top))
    .toBeLessThan(300);
  await call.getByRole("button", { name: "Copy Request: Create a user" }).click();
  await expect(call.getByRole("status").filter({ hasText: "Copied" }).first()).toBeAttached();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`curl "${server.url}/api/v1/apps/$APP/users"`);
  await expect(call.getByText("email_taken")).not.toHaveCount(0);
  expect(problems).toEqual([]);
});

test("an unknown group is a 404", async ({ server }) => {
  expect((await fetch(`${server.url}/docs/api/nothing`)).status).toBe(404);
});

test("no page has an accessibility violation", async ({ openBrowser, server }) => {
  test.setTimeout(240_000);
  const { page } = await openBrowser();
  // What is folded must be accessible, too.
  await page.addInitScript(() =>
    addEventListener("DOMContentLoaded", () => {
      for (const fold of document.querySelectorAll("main details")) fold.setAttribute("open", "");
    }),
  );
  // The smallest page of each kind, because axe takes ten seconds for a large one.
  const paths = sample(await samplePages(server), ["/docs/api", "/docs/api/operations"]);
  expect(await findViolationsOn(page, paths, (path) => (path === "/docs/api" ? "body" : "main"))).toEqual([]);
});

test("a page has its text without JavaScript", async ({ openBrowser }) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.goto("/docs/api/clients");
  await expect(page.locator("main")).toContainText("Create a client");
  await expect(page.locator("main")).toContainText("client_name");
});

test("a language is chosen for every example, also without JavaScript, and remembered", async ({ openBrowser }) => {
  const { page } = await openBrowser({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto("/docs/api/users");
  const call = page.getByRole("region", { name: "Create a user", exact: true });
  await call.getByText("Python", { exact: true }).click();
  await call.getByRole("button", { name: "Copy Request: Create a user" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("requests.post(");
  await page.goto("/docs/api/clients");
  await expect(page.locator("[data-language=python]").first()).toBeVisible();
  await expect(page.locator("[data-language=curl]").first()).toBeHidden();

  const plain = await openBrowser({ javaScriptEnabled: false });
  await plain.page.goto("/docs/api/users");
  await plain.page.locator("[data-languages]").first().getByText("Go", { exact: true }).click();
  await expect(plain.page.locator("[data-language=go]").first()).toBeVisible();
});

test("a reader tries a request on an app, with a key of the app", async ({ openBrowser, app }) => {
  const { page } = await openBrowser();
  const problems = collectProblems(page);
  await page.goto("/docs/api/users#createUser");
  await page.getByRole("button", { name: "Try it: Create a user" }).click();
  const dialog = page.getByRole("dialog", { name: "Create a user" });
  await dialog.getByLabel("app_id").fill(app.id);
  expect(await findViolations(page)).toEqual([]);
  await dialog.getByLabel("API key").fill(app.apiKey);
  await dialog.getByLabel("Body").fill("{");
  await dialog.getByRole("button", { name: "Send POST request" }).click();
  await expect(dialog.getByRole("status")).toContainText("isn’t valid JSON");
  await dialog.getByLabel("Body").fill('{"email": "tried@example.com"}');
  await dialog.getByRole("button", { name: "Send POST request" }).click();
  await expect(dialog.getByLabel("Response")).toContainText("tried@example.com");
  await expect(dialog.getByRole("status")).toContainText("201");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  expect(problems).toEqual([]);
  // The key is nowhere but in the memory of the page.
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie]))).not.toContain(app.apiKey);
});

test("Try it suggests the apps of a signed-in developer, and sends no cookie", async ({ developer }) => {
  const { page } = developer;
  const app = await developer.createApp("Blog");
  await page.goto("/docs/api/users");
  await expect(page.getByRole("banner").getByRole("link", { name: "Dashboard" })).toBeVisible();
  await page.getByRole("button", { name: "Try it: List users" }).click();
  await expect(page.locator(`datalist option[value=${app.id}]`)).toHaveText("Blog");
  const dialog = page.getByRole("dialog", { name: "List users" });
  await dialog.getByLabel("app_id").fill(app.id);
  await dialog.getByLabel("API key").fill("foyer_sk_wrong");
  const sent = page.waitForRequest("**/api/v1/apps/*/users?**");
  await dialog.getByRole("button", { name: "Send GET request" }).click();
  expect(await (await sent).headerValue("cookie")).toBeNull();
  await expect(dialog.getByRole("status")).toContainText("401");
});
