/** The matcher of proxy.ts, which lists the routes by hand: it must match every page and no route handler. */
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { config } from "@/proxy";
import { listRoutes } from "@/scripts/bootstrap/routes.mjs";

const APP = join(import.meta.dirname, "../app");
const MATCHER = new RegExp(`^${config.matcher[0]}$`);

function example(path: string): string {
  return path.replaceAll("[page]", "quickstart").replace(/\[(\.\.\.)?\w+\]/g, "x1");
}

/** The path of each page.tsx, as Next derives it. */
function listPages(): string[] {
  const files = readdirSync(APP, { recursive: true, encoding: "utf8" }).filter((file) => /(^|\/)page\.tsx$/.test(file));
  return files.map((file) => {
    const folders = relative(APP, join(APP, file)).split(sep).slice(0, -1);
    return `/${folders.filter((folder) => !folder.startsWith("(")).join("/")}`;
  });
}

describe("the matcher of the proxy", () => {
  it.each(listRoutes(APP).map(({ path }) => path))("excludes the route handler %s", (path) => {
    expect(example(path)).not.toMatch(MATCHER);
    expect(`${example(path)}/`).not.toMatch(MATCHER);
  });

  it.each(listPages())("includes the page %s", (path) => expect(example(path)).toMatch(MATCHER));

  it.each(["/_next/static/chunks/a.js", "/logo.svg", "/docs/quickstart.md"])("excludes the file %s", (path) =>
    expect(path).not.toMatch(MATCHER),
  );

  it.each(["/apis", "/metrics-of-mine", "/o/app_1/tokens", "/unknown"])("includes the unknown path %s", (path) =>
    expect(path).toMatch(MATCHER),
  );
});
