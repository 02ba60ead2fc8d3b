// The name of a build: a hash of the content of all its sources.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

const FOLDERS = ["app", "pages", "docs", "emails", "lib", "prisma", "public", "cli"];
const SCRIPTS = ["builds.mjs", "bundle.mjs", "routes.mjs"].map((name) => join("scripts", "bootstrap", name));
// The entries and the configuration of the tools.
const ROOT_FILE = /^(.+\.(ts|tsx|mts|mjs|cjs|js)|tsconfig.*\.json|package(-lock)?\.json)$/;
const NOT_BUILT = /^(next-env\.d\.ts|(vitest|playwright)\..*)$|\.test\.(ts|tsx|mts|mjs)$|^docs\/.+\.png$/;
const GENERATED = join("prisma", "generated");

/** Twelve hexadecimal digits over the names and contents of the sources. */
export function fingerprint() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\0`);
  for (const file of sources())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex").slice(0, 12);
}

function sources() {
  const top = entriesOf(".").filter((entry) => entry.isFile() && ROOT_FILE.test(entry.name));
  const files = [...top.map((entry) => entry.name), ...SCRIPTS, ...FOLDERS.flatMap(filesUnder)];
  return files.filter((file) => !NOT_BUILT.test(file)).sort();
}

function filesUnder(folder) {
  if (folder === GENERATED) return [];
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

function entriesOf(folder) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}
