/** The front page in Chromium: quiet, legible to everybody, with and without JavaScript, on any screen. */
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { browser } from "../test/support/browser";
import { type Server, startServer } from "../test/support/server";

let server: Server;
beforeAll(async () => {
  server = await startServer();
});

/** Opens `path` in a context of its own; what the browser complains about is collected. */
async function visit<T>(path: string, options: BrowserContextOptions, look: (page: Page) => Promise<T>) {
  const context = await (await browser()).newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    // A violation of the Content-Security-Policy is an error on the console.
    page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
    page.on("response", (answer) => answer.status() >= 400 && complaints.push(`${answer.url()}: ${answer.status()}`));
    await page.goto(server.url + path);
    return { found: await look(page), complaints };
  } finally {
    await context.close();
  }
}

describe("the front page", () => {
  it("says what Foyer is, runs its scripts, and the browser has nothing to complain about", async () => {
    const { found, complaints } = await visit("/", {}, async (page) => {
      await page.getByRole("button", { name: /copy/i }).first().click();
      await page.getByRole("status").filter({ hasText: /\S/ }).first().waitFor({ state: "attached" });
      await page.waitForLoadState("networkidle");
      return { title: await page.title(), heading: await page.getByRole("heading", { level: 1 }).innerText() };
    });
    expect(found.title).toBe("Foyer");
    expect(found.heading).not.toBe("");
    expect(complaints).toEqual([]);
  });

  it.each(["light", "dark"] as const)("has no violation that axe can find (%s)", async (colorScheme) => {
    for (const path of ["/", "/nothing"]) {
      const { found } = await visit(path, { colorScheme }, (page) => new AxeBuilder({ page }).analyze());
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
      expect(found.passes.length).toBeGreaterThan(10);
    }
  });

  it("is dark where the person prefers dark", async () => {
    const background = async (colorScheme: "light" | "dark") => {
      const { found } = await visit("/", { colorScheme }, (page) =>
        page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
      );
      return found;
    };
    expect(await background("light")).not.toBe(await background("dark"));
  });

  it("reads the same with JavaScript off, and shows no button that would do nothing", async () => {
    const read = async (page: Page) => ({
      text: await page.evaluate(() => {
        const main = document.querySelector("main")?.cloneNode(true) as HTMLElement;
        for (const control of main.querySelectorAll("button, [role=status]")) control.remove();
        return main.textContent;
      }),
      buttons: await page.getByRole("button").count(),
    });
    const withScripts = await visit("/", {}, read);
    const without = await visit("/", { javaScriptEnabled: false }, read);
    expect(without.found.text).toBe(withScripts.found.text);
    expect(withScripts.found.buttons).toBeGreaterThan(0);
    expect(without.found.buttons).toBe(0);
  });

  it("fits every screen without scrolling sideways, and a desktop's whole", async () => {
    const sizes = [
      [320, 568],
      [390, 844],
      [768, 1024],
      [1280, 800],
      [1440, 900],
      [2560, 1440],
    ] as const;
    const { found } = await visit("/", {}, async (page) => {
      const measured = new Map<number, { width: number; height: number }>();
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        const size = () => ({
          width: document.documentElement.scrollWidth,
          height: document.documentElement.scrollHeight,
        });
        measured.set(width, await page.evaluate(size));
      }
      return measured;
    });
    expect([...found.values()].map(({ width }) => width)).toEqual(sizes.map(([width]) => width));
    expect(found.get(1440)?.height).toBe(900);
  });
});
