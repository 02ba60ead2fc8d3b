/** The dashboard where every name has its maximum length: on a phone, and for axe. */
import type { Page } from "playwright/test";
import { createExtremeApp, type ExtremeApp } from "../support/extreme-app";
import { type Developer, expect, test } from "../support/fixtures";
import { findViolationsOn } from "../support/page-checks";
import { sample } from "../support/sample";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** WCAG 2.2 §2.5.8 requires 24 pixels. */
const FINGER_PX = 40;
const OUTSIDE_APPS = ["/dashboard", "/dashboard/new", "/dashboard/account", "/dashboard/account/delete"];

/** The page, tables and dialogs that are wider than their container. */
function findWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.scrollingElement as Element;
    const frames = [...document.querySelectorAll("section:has(> table), dialog")];
    return [root, ...frames]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(
        (wide) => `${wide.getAttribute("aria-label") ?? wide.localName}: ${wide.scrollWidth} of ${wide.clientWidth} px`,
      );
  });
}

/** The buttons that a finger would miss. */
function findSmallButtons(page: Page): Promise<string[]> {
  return page.evaluate((pixels) => {
    return [...document.querySelectorAll<HTMLElement>("button, summary, select")]
      .filter((button) => button.checkVisibility() && button.offsetHeight < pixels)
      .map((button) => `${button.textContent?.trim() || button.ariaLabel}: ${button.offsetHeight} px high`);
  }, FINGER_PX);
}

test("pages and dialogs fit a phone, have large buttons, and no accessibility violation", async ({ openDashboard }) => {
  test.setTimeout(300_000);
  const developer = await openDashboard(PHONE);
  const app = await createExtremeApp(developer);
  expect(app.navigation.length).toBeGreaterThan(10);

  await test.step("pages", () => expectPagesToFit(developer, app));
  await test.step("dialogs", () => expectDialogsToFit(developer, app));
  await test.step("accessibility", async () => {
    // The other pages of the navigation are checked in dashboard.test.ts.
    const unchecked = app.navigation.filter((path) => /\/(events|scopes|team)$/.test(path));
    const all = [...app.objects, ...unchecked, `/dashboard/apps/${app.id}/quickstart`];
    expect(
      await findViolationsOn(developer.page, sample(all, [...app.objects.slice(0, 2), ...unchecked.slice(0, 2)])),
    ).toEqual([]);
  });
});

async function expectPagesToFit({ page }: Developer, app: ExtremeApp): Promise<void> {
  const found: string[] = [];
  for (const path of sample(
    [...OUTSIDE_APPS, ...app.navigation, ...app.forms, ...app.objects],
    // The pages with tables, and those of single objects.
    [...app.navigation.filter((path) => /\/(users|clients|team|keys)$/.test(path)), ...app.objects],
  )) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(200);
    for (const problem of [...(await findWide(page)), ...(await findSmallButtons(page))])
      found.push(`${path} ${problem}`);
  }
  expect(found).toEqual([]);
}

async function expectDialogsToFit({ page }: Developer, app: ExtremeApp): Promise<void> {
  for (const [path, button] of [
    [`/dashboard/apps/${app.id}/team`, /invitation (for|of) /],
    [app.client, "Add redirect URI"],
  ] as const) {
    await page.goto(path);
    await page.getByRole("button", { name: button }).first().click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    expect(await findWide(page)).toEqual([]);
  }
  await page.goto(`/dashboard/apps/${app.id}/playground`);
  await page.getByRole("button", { name: "Create application and start" }).click();
  await expect(page.getByRole("heading", { name: "Request", exact: true })).toBeVisible();
  expect(await findWide(page)).toEqual([]);
}
