/** Checks that hold for every page: accessibility, width, and a quiet console. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { sample } from "./sample";

export const THEMES = ["light", "dark"] as const;

/** The violations that axe finds on the page or in a part of it, one line each. */
export async function findViolations(page: Page, part?: string): Promise<string[]> {
  // Without the legacy mode axe opens another page for each result; no page but an email has frames.
  // Describing the elements without a violation takes a third of its time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await (part ? axe.include(part) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/**
 * The violations on a list of pages, each in one theme, alternately. `npm run test:long` checks both.
 * `partOf` names the part of a page that is its own, where the rest is the same on every page.
 */
export async function findViolationsOn(page: Page, paths: readonly string[], partOf?: (path: string) => string) {
  const found: string[] = [];
  for (const [index, path] of paths.entries()) {
    await page.goto(path);
    const violations = await findViolationsInThemes(page, index, partOf?.(path));
    found.push(...violations.map((violation) => `${path} ${violation}`));
  }
  return found;
}

/** Waits until the theme is drawn, for which a busy machine may need a moment. */
export async function chooseTheme(page: Page, colorScheme: (typeof THEMES)[number]): Promise<void> {
  // A transition between the themes would be measured halfway.
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

/** The violations on the open page, in the theme of its number. `npm run test:long` checks both. */
export async function findViolationsInThemes(page: Page, index: number, part?: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of sample(THEMES, THEMES.slice(index % 2, (index % 2) + 1))) {
    await chooseTheme(page, colorScheme);
    const violations = await findViolations(page, part);
    found.push(...violations.map((violation) => `${colorScheme} ${violation}`));
  }
  return found;
}

/** The widths of the window at which the page scrolls sideways. */
export async function findOverflow(page: Page): Promise<number[]> {
  const tooNarrow: number[] = [];
  for (const width of sample([320, 390, 768, 1280, 1440], [320, 1280])) {
    await page.setViewportSize({ width, height: 900 });
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    if (needed !== width) tooNarrow.push(width);
  }
  return tooNarrow;
}

/** Collects what goes wrong on a page from now on: console messages, exceptions, failed requests, statuses from 400. */
export function collectProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log") problems.push(`${message.text()} (${page.url()})`);
  });
  page.on("pageerror", (error) => problems.push(`${error} (${page.url()})`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Leaving a page aborts what it was loading ahead.
    if (reason !== "net::ERR_ABORTED") problems.push(`${request.url()} failed: ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.url()}: ${response.status()}`);
  });
  return problems;
}
