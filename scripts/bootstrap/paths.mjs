// Paths in the checkout.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const modules = join(root, "node_modules");
export const builds = join(root, ".build");

/** Returns the absolute path of a path in the checkout. */
export function at(...parts) {
  return join(root, ...parts);
}
