// The routes of app/: every route file with the path it answers, as Next would derive it.
import { readdirSync } from "node:fs";
import { join } from "node:path";

const ROUTE_FILE = /^route\.tsx?$/;
// next-auth's handlers need Next's request context and stay with Next.
const LEFT_TO_NEXT = "/api/dashboard/auth";

/**
 * @param {string} appDir the absolute path of app/
 * @returns {{ path: string, file: string }[]} sorted by path; `file` is absolute, dynamic segments stay as `[name]`
 */
export function listRoutes(appDir) {
  return routesUnder(appDir, "")
    .filter(({ path }) => path !== LEFT_TO_NEXT && !path.startsWith(`${LEFT_TO_NEXT}/`))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function routesUnder(folder, path) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.isFile()) return ROUTE_FILE.test(entry.name) ? [{ path: path || "/", file }] : [];
    // Next's private folders.
    if (!entry.isDirectory() || entry.name.startsWith("_")) return [];
    return routesUnder(file, isGroup(entry.name) ? path : `${path}/${entry.name}`);
  });
}

function isGroup(name) {
  return name.startsWith("(") && name.endsWith(")");
}
