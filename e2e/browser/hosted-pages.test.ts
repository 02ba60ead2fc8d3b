/** Every hosted page of an app with the longest names and the lightest brand color, on a phone. */
import type { Page } from "playwright/test";
import { expect, test } from "../support/fixtures";
import { longNames, nameApp, shortNames, walkHostedPages } from "../support/hosted-walk";
import { findViolationsInThemes } from "../support/page-checks";
import { sample } from "../support/sample";

const PHONE = { width: 390, height: 844 };
/** WCAG 2.2 §2.5.8 requires 24 pixels. */
const FINGER_PX = 40;

/** One page of each kind: a form, a choice, a list, a message. */
const REPRESENTATIVE = [
  "signin rejected",
  "consent",
  "device confirm",
  "account",
  "second factor",
  "recovery codes",
  "reset",
  "invalid link",
];

/** The elements that are wider than the page, even where the page does not scroll to them. */
async function findWide(page: Page): Promise<string[]> {
  await page.waitForLoadState();
  return page.evaluate(async () => {
    await document.fonts.ready;
    const { scrollWidth = 0, clientWidth = 0 } = document.scrollingElement ?? {};
    const parts = [...document.querySelectorAll("main, main div, p, h1, h2, li, a, button, label, input, img")];
    const wide = parts.filter((part) => part.getBoundingClientRect().right > clientWidth + 1);
    const named = wide.map((part) => `${part.tagName} ${part.textContent?.slice(0, 20)}`);
    return scrollWidth > clientWidth ? ["the page scrolls sideways", ...named] : named;
  });
}

/** The links and checkboxes that a finger would miss. */
async function findSmallTargets(page: Page): Promise<string[]> {
  return page.evaluate((pixels) => {
    const targets = [...document.querySelectorAll("main a, label:has(input)")];
    return targets.filter((one) => one.getBoundingClientRect().height < pixels).map((one) => one.textContent ?? "");
  }, FINGER_PX);
}

test("every page fits a phone, has large targets, a title, and no accessibility violation", async ({
  openBrowser,
  app,
}) => {
  test.setTimeout(240_000);
  const named = await nameApp(app, longNames(), { color: "#ffffcc" });
  const { page } = await openBrowser({ viewport: PHONE, hasTouch: true, reducedMotion: "reduce" });
  const problems: string[] = [];
  const titles: Record<string, string> = {};
  await walkHostedPages(named, page, async (shown, name) => {
    const isChecked = sample([true], [REPRESENTATIVE.includes(name)])[0];
    const violations = isChecked ? await findViolationsInThemes(shown, Object.keys(titles).length) : [];
    for (const problem of [...(await findWide(shown)), ...(await findSmallTargets(shown)), ...violations])
      problems.push(`${name}: ${problem}`);
    titles[name] = await shown.title();
  });
  expect(problems).toEqual([]);
  expect(Object.keys(titles)).toEqual(expect.arrayContaining(REPRESENTATIVE));
  const { "not-found": notFound, ...ofTheApp } = titles;
  expect(notFound).toBe("Page not found · Foyer");
  expect(Object.keys(ofTheApp).length).toBeGreaterThan(20);
  expect(Object.entries(ofTheApp).filter(([, title]) => !/^[A-Z].+ · TheW+$/.test(title))).toEqual([]);
});

test("a page of an unknown app is a 404 without JavaScript, too", async ({ openBrowser }) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  for (const app of ["app_none", "app_00000000000000", "app_foyer"]) {
    expect((await page.goto(`/o/${app}/account`))?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
});

test("a logo that does not load takes no space without JavaScript", async ({ openBrowser, app }) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.route("https://logos.example/**", (route) => route.abort());
  const { id } = await nameApp(app, shortNames(), { logo_url: "https://logos.example/one.svg" });
  for (const path of ["account/start", "logout"]) {
    await page.goto(`/o/${id}/${path}`);
    expect(await page.locator("img").boundingBox()).toMatchObject({ width: 0, height: 0 });
  }
});
