/** The front page: accessible, readable with and without JavaScript, on any screen. */
import { expect, test } from "../support/fixtures";
import { chooseTheme, collectProblems, findViolations, THEMES } from "../support/page-checks";

test.describe("the front page", () => {
  test("has a title and a heading, runs its scripts, and causes no errors", async ({ openBrowser }) => {
    const { page } = await openBrowser();
    const problems = collectProblems(page);
    await page.goto("/");
    await page.getByRole("button", { name: /copy/i }).first().click();
    await expect(page.getByRole("status").filter({ hasText: /\S/ }).first()).toBeAttached();
    await page.waitForLoadState("networkidle");
    await expect(page).toHaveTitle("Foyer");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/\S/);
    expect(problems).toEqual([]);
  });

  test("and the page for unknown paths have no accessibility violation in either theme", async ({ openBrowser }) => {
    const { page } = await openBrowser({ reducedMotion: "reduce" });
    for (const path of ["/", "/nothing"]) {
      await page.goto(path);
      for (const colorScheme of THEMES) {
        await chooseTheme(page, colorScheme);
        expect(await findViolations(page), `${path} ${colorScheme}`).toEqual([]);
      }
    }
  });

  test("is dark when the user prefers dark", async ({ openBrowser }) => {
    const { page } = await openBrowser();
    await page.goto("/");
    const background = async (colorScheme: (typeof THEMES)[number]) => {
      await chooseTheme(page, colorScheme);
      return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    };
    expect(await background("light")).not.toBe(await background("dark"));
  });

  test("has the same text without JavaScript, and no button that would do nothing", async ({ openBrowser }) => {
    const [scripted, plain] = [await openBrowser(), await openBrowser({ javaScriptEnabled: false })];
    const texts: (string | null)[] = [];
    for (const { page } of [scripted, plain]) {
      await page.goto("/");
      texts.push(
        await page.evaluate(() => {
          const main = document.querySelector("main")?.cloneNode(true) as HTMLElement;
          for (const control of main.querySelectorAll("button, [role=status]")) control.remove();
          return main.textContent;
        }),
      );
    }
    expect(texts[1]).toBe(texts[0]);
    await expect(scripted.page.getByRole("button")).not.toHaveCount(0);
    await expect(plain.page.getByRole("button")).toHaveCount(0);
  });

  test("never scrolls sideways, and fits a desktop's window", async ({ openBrowser }) => {
    const { page } = await openBrowser();
    const problems = collectProblems(page);
    await page.goto("/");
    for (const [width, height] of [
      [320, 568],
      [390, 844],
      [768, 1024],
      [1280, 800],
      [1440, 900],
      [2560, 1440],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      if (width === 1440) expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
    }
    expect(problems).toEqual([]);
  });
});
