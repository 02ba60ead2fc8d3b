/** Every page of the dashboard where all names are as long as they may be: on a phone nothing is wider than the screen, and axe finds nothing. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { type DeveloperAtWork, signUpDeveloper } from "../test/support/dashboard";
import { createExtremeApp, type ExtremeApp } from "../test/support/extreme-app";
import { startServer } from "../test/support/server";

const MINUTES = 240_000;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** WCAG 2.2, 2.5.8 asks for 24; a finger hits 40. */
const FINGER_PX = 40;

let developer: DeveloperAtWork;
let app: ExtremeApp;
beforeAll(async () => {
  const server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
  developer = await signUpDeveloper(server, PHONE);
  app = await createExtremeApp(server, developer.page);
});

const BEYOND_APPS = ["/dashboard", "/dashboard/new", "/dashboard/account", "/dashboard/account/delete"];

const isUnwalked = (path: string) => /\/(events|scopes|team)$/.test(path);

/** What is wider than its place: the page; a table, whose buttons would be out of sight; a question, of which a part would. */
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

/** Buttons that a finger would miss. */
function findSmall(page: Page, atLeast: number): Promise<string[]> {
  return page.evaluate((pixels) => {
    return [...document.querySelectorAll<HTMLElement>("button, summary, select")]
      .filter((button) => button.checkVisibility() && button.offsetHeight < pixels)
      .map((button) => `${button.textContent?.trim() || button.ariaLabel}: ${button.offsetHeight} px high`);
  }, atLeast);
}

describe("on a phone", () => {
  it(
    "nothing is wider than the screen and no button smaller than a finger on any page",
    async () => {
      const { page } = developer;
      const found: string[] = [];
      for (const path of [...BEYOND_APPS, ...app.rooms, ...app.forms, ...app.single]) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(200);
        for (const problem of [...(await findWide(page)), ...(await findSmall(page, FINGER_PX))])
          found.push(`${path} ${problem}`);
      }
      expect(found).toEqual([]);
    },
    MINUTES,
  );

  it.each([
    ["team", "Withdraw the invitation", (made: ExtremeApp) => `/dashboard/apps/${made.id}/team`],
    ["client", "Add this redirect URI", ({ single }: ExtremeApp) => single[1] ?? ""],
  ])("a question on the page of the %s shows the whole of what it is about", async (_page, button, pathOf) => {
    const { page } = developer;
    await page.goto(pathOf(app));
    await page.getByRole("button", { name: button }).first().click();
    await page.getByRole("alertdialog").waitFor();
    expect(await findWide(page)).toEqual([]);
  });

  it("the playground under way fits", async () => {
    const { page } = developer;
    await page.goto(`/dashboard/apps/${app.id}/playground`);
    await page.getByRole("button", { name: "Make the client and begin" }).click();
    await page.getByRole("heading", { name: "The request" }).waitFor();
    expect(await findWide(page)).toEqual([]);
  });
});

describe.each(["light", "dark"] as const)("axe, %s", (colorScheme) => {
  it(
    "finds no violation on the pages of single things, and in the rooms that the walk of the dashboard does not enter",
    async () => {
      const { page } = developer;
      await page.emulateMedia({ colorScheme });
      const found: string[] = [];
      for (const path of [...app.single, ...app.rooms.filter(isUnwalked), `/dashboard/apps/${app.id}/quickstart`]) {
        await page.goto(path);
        // Of this page alone: in the frame of a mail nothing runs, not even axe.
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        found.push(...violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`));
      }
      expect(found).toEqual([]);
    },
    MINUTES,
  );
});
