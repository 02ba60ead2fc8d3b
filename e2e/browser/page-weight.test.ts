/** The script that a page loads into an empty cache, compressed: at most 200 KB, and 20 KB in the documentation. */
import type { Page, Request } from "playwright/test";
import { backend } from "../support/app";
import { createExtremeApp } from "../support/extreme-app";
import { expect, lastMailTo, test } from "../support/fixtures";
import { signUpAt } from "../support/hosted";
import { authorizePath, nameApp, shortNames } from "../support/hosted-walk";
import { sample } from "../support/sample";

const MAXIMUM_KB = 200;
const MAXIMUM_DOCS_KB = 20;

/** Kilobytes of script that a page loads into an empty cache. */
async function scriptOf(page: Page, path: string): Promise<number> {
  const scripts: Promise<number>[] = [];
  const weigh = (request: Request) => {
    if (request.resourceType() === "script") scripts.push(request.sizes().then((sizes) => sizes.responseBodySize));
  };
  const session = await page.context().newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  page.on("requestfinished", weigh);
  const response = await page.goto(path, { waitUntil: "networkidle" });
  page.off("requestfinished", weigh);
  await session.detach();
  expect(response?.status(), path).toBe(200);
  return (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0) / 1000;
}

async function expectLight(page: Page, paths: readonly string[], maximum = MAXIMUM_KB): Promise<void> {
  const heavy: string[] = [];
  for (const path of paths) {
    const kilobytes = await scriptOf(page, path);
    expect(kilobytes, path).toBeGreaterThan(0);
    if (kilobytes > maximum) heavy.push(`${path}: ${kilobytes.toFixed(0)} KB`);
  }
  expect(heavy).toEqual([]);
}

test.describe("at most 200 KB of script load on", () => {
  test("the pages of the dashboard", async ({ developer }) => {
    test.setTimeout(240_000);
    const { navigation, forms, objects, id } = await createExtremeApp(developer);
    const outside = ["/dashboard", "/dashboard/new", "/dashboard/account", "/dashboard/account/delete"];
    // The heaviest ones: plots, tables with filters, forms with dialogs, the import.
    const heaviest = ["", "/users", "/users/import", "/clients/new?owner=own&type=web", "/playground"];
    await expectLight(
      developer.page,
      sample(
        [...outside, ...navigation, ...forms, ...objects],
        ["/dashboard", ...heaviest.map((path) => `/dashboard/apps/${id}${path}`), ...objects.slice(0, 1)],
      ),
    );
  });

  test("the pages for visitors", async ({ openBrowser, app }) => {
    test.setTimeout(240_000);
    const { page } = await openBrowser();
    const hosted = ["signin", "signup", "forgot", "magic-link"].map((name) => `/o/${app.id}/${name}`);
    const site = ["/", "/login", "/signup", "/forgot-password"];
    await expectLight(page, [...sample(site, ["/", "/signup"]), ...sample(hosted, hosted.slice(0, 1))]);
  });

  test("the hosted pages", async ({ openBrowser, app }) => {
    test.setTimeout(240_000);
    const named = await nameApp(app, shortNames());
    const { email } = named.names;
    const { page } = await openBrowser();
    await expectLight(page, [authorizePath(named)]);
    await expectLight(page, [page.url().replace("/signin?", "/signup?")]);
    await signUpAt(page, named, email);
    const account = `/o/${named.id}/account`;
    const verify = (await lastMailTo(email)).link;
    await backend(named, `/api/auth/password/forgot/${named.id}`, { body: { email } });
    const reset = (await lastMailTo(email)).link;
    await backend(named, `/api/v1/apps/${named.id}/invitations`, { body: { email: `guest.${email}` } });
    const invitation = (await lastMailTo(`guest.${email}`)).link;
    const asking = [authorizePath(named), authorizePath(named, { prompt: "select_account" })];
    await expectLight(page, [account, `${account}/delete`, ...asking, verify, reset, invitation]);
  });
});

test("at most 20 KB of script load on the pages of the documentation", async ({ openBrowser }) => {
  const { page } = await openBrowser();
  const paths = ["/docs", "/docs/self-hosting", "/docs/api", "/docs/api/users", "/docs/search?q=token"];
  await expectLight(page, paths, MAXIMUM_DOCS_KB);
});
