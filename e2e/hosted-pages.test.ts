/** Every page that the users of an App see, under names as long as they may be and a colour as light as can be, on a phone. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import { beforeAll, expect, it } from "vitest";
import { openBrowser } from "../test/support/dashboard";
import { longNames, makePlace, shortNames, walkHostedPages } from "../test/support/hosted-walk";
import { type Server, startServer } from "../test/support/server";

let server: Server;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
});

const PHONE = { width: 390, height: 844 };

/** What is wider than the page, also where the page does not scroll to it. */
async function wideParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth = 0, clientWidth = 0 } = document.scrollingElement ?? {};
    const parts = [...document.querySelectorAll("main, main div, p, h1, h2, li, a, button, label, input, img")];
    const wide = parts.filter((part) => part.getBoundingClientRect().right > clientWidth + 1);
    const said = wide.map((part) => `${part.tagName} ${part.textContent?.slice(0, 20)}`);
    return scrollWidth > clientWidth ? ["the page scrolls sideways", ...said] : said;
  });
}

/** Links and choices that a finger would miss. */
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = [...document.querySelectorAll("main a, label:has(input)")];
    return targets.filter((one) => one.getBoundingClientRect().height < 40).map((one) => one.textContent ?? "");
  });
}

it("no hosted page is wider than a phone, is hard to touch, goes without a name, or has a violation that axe can find, light or dark", async () => {
  const place = await makePlace(server, longNames(), { color: "#ffffcc" });
  // Without transitions, since the theme is changed on a page that is shown.
  const { page, leave } = await openBrowser(server, { viewport: PHONE, hasTouch: true, reducedMotion: "reduce" });
  const wide: Record<string, string[]> = {};
  const small: Record<string, string[]> = {};
  const violations: Record<string, unknown> = {};
  const titles: Record<string, string> = {};
  await walkHostedPages(server, place, page, async (shown, what) => {
    const [parts, targets] = [await wideParts(shown), await smallTargets(shown)];
    if (parts.length > 0) wide[what] = parts;
    if (targets.length > 0) small[what] = targets;
    for (const colorScheme of ["light", "dark"] as const) {
      await shown.emulateMedia({ colorScheme });
      const found = (await new AxeBuilder({ page: shown }).analyze()).violations;
      for (const { id, nodes } of found) violations[`${what}, ${colorScheme}: ${id}`] = nodes.map(({ html }) => html);
    }
    titles[what] = await shown.title();
  });
  expect({ wide, small }).toEqual({ wide: {}, small: {} });
  expect(violations).toEqual({});
  const { "not-found": notFound, ...ofTheApp } = titles;
  expect(notFound).toBe("Nobody lives at this address · Foyer");
  expect(Object.keys(ofTheApp).length).toBeGreaterThan(20);
  expect(Object.entries(ofTheApp).filter(([, title]) => !/^[A-Z].+ · TheW+$/.test(title))).toEqual([]);
  await leave();
}, 240_000);

it("a page of an App that does not exist says so without JavaScript", async () => {
  for (const app of ["app_none", "app_00000000000000", "app_foyer"]) {
    const { page, leave } = await openBrowser(server, { javaScriptEnabled: false });
    expect((await page.goto(`/o/${app}/account`))?.status()).toBe(404);
    await page.getByRole("heading", { name: "Nobody lives at this address" }).waitFor();
    await leave();
  }
});

it("a logo that does not come leaves no torn picture without JavaScript", async () => {
  const { page, leave } = await openBrowser(server, { javaScriptEnabled: false });
  await page.route("https://logos.example/**", (route) => route.abort());
  const { app_id: app } = await makePlace(server, shortNames(), { logo_url: "https://logos.example/one.svg" });
  for (const path of ["account/start", "logout"]) {
    await page.goto(`/o/${app}/${path}`);
    // Of no size, it draws nothing.
    expect(await page.locator("img").boundingBox()).toMatchObject({ width: 0, height: 0 });
  }
  await leave();
});
