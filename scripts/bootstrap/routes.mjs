// The route files in app/, each with the URL path that Next derives from its folder.
import { readdirSync } from "node:fs";
import { join } from "node:path";

const ROUTE_FILE = /^route\.tsx?$/;
// next-auth's handlers need Next's request context, so Next serves them.
const SERVED_BY_NEXT = "/api/dashboard/auth";

/**
 * @param {string} appDir the absolute path of app/
 * @returns {{ path: string, file: string }[]} sorted by path; `file` is absolute, dynamic segments
 * stay as `[name]`
 */
export function listRoutes(appDir) {
  return routesUnder(appDir, "")
    .filter(({ path }) => path !== SERVED_BY_NEXT && !path.startsWith(`${SERVED_BY_NEXT}/`))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function routesUnder(folder, path) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.isFile()) return ROUTE_FILE.test(entry.name) ? [{ path: path || "/", file }] : [];
    // Folders with an underscore are private: Next serves no routes from them.
    if (!entry.isDirectory() || entry.name.startsWith("_")) return [];
    return routesUnder(file, isGroup(entry.name) ? path : `${path}/${entry.name}`);
  });
}

function isGroup(name) {
  return name.startsWith("(") && name.endsWith(")");
}
