// Builds in `.build/<fingerprint>/`: `next/` (pages), `server.mjs` and `cli.mjs` with their chunks.
// A new build never overwrites one that is in use.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { bundle, stopBundling } from "./bundle.mjs";
import { isProcessAlive, withCheckoutLock } from "./checkout-lock.mjs";
import { mustRun } from "./command.mjs";
import { StepFailed } from "./failure.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { builds, modules, root } from "./paths.mjs";
import { step } from "./progress.mjs";

const CLI = "cli/main.ts";
const KEPT = 3;
const BUILD_NAME = /^[0-9a-f]{12}$/;
const CLI_NAME = /^cli-[0-9a-f]{12}$/;

/** The paths of the build of the current sources, whether it exists or not. */
export function locateBuild() {
  const hash = fingerprint();
  const folder = join(builds, hash);
  const path = (name) => join(folder, name);
  return {
    hash,
    folder,
    server: path("server.mjs"),
    cli: path("cli.mjs"),
    stamp: path("complete"),
    distDir: `.build/${hash}/next`,
  };
}

export function isBuilt(build) {
  return existsSync(build.stamp);
}

/** Builds the current sources, unless that build exists. */
export async function build(target = locateBuild()) {
  await withCheckoutLock(
    () => isBuilt(target),
    () => step("Building pages and server", () => buildAll(target)),
  );
  return target;
}

async function buildAll(target) {
  rmSync(target.folder, { recursive: true, force: true });
  await Promise.all([bundleEntry("server.ts", target.server), bundleCli(target.cli), buildPages(target)]);
  await stopBundling();
  rmSync(join(target.folder, "next", "cache"), { recursive: true, force: true });
  removeSourceMaps(join(target.folder, "next"));
  writeFileSync(target.stamp, "");
  prune(target);
}

/** Next's maps take 60 MB and are read only by debuggers. */
function removeSourceMaps(folder) {
  const entries = readdirSync(folder, { recursive: true });
  for (const name of entries.filter((entry) => entry.endsWith(".map"))) rmSync(join(folder, name));
}

/**
 * Next derives the IDs of Server Actions from this key, and draws a random one for each build
 * unless it is set: forms of one build would then fail on a server of another. It also encrypts
 * variables that inline actions capture. Foyer has no inline actions (test/architecture.test.ts),
 * so the key protects nothing and may be public.
 */
const ACTION_ID_KEY = createHash("sha256").update("foyer server actions").digest("base64");

function buildPages({ distDir }) {
  const next = join(modules, "next", "dist", "bin", "next");
  const env = {
    FOYER_DIST_DIR: distDir,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY || ACTION_ID_KEY,
  };
  return mustRun("The pages could not be built", process.execPath, [next, "build"], { env });
}

function bundleCli(outfile) {
  return bundleEntry(CLI, outfile, { withRoutes: false, withPackages: true });
}

/** Bundles only the CLI, which is quick. Returns the file to import. */
export async function buildCli(target = locateBuild()) {
  if (isBuilt(target)) return target.cli;
  const folder = join(builds, `cli-${target.hash}`);
  const [cli, stamp] = [join(folder, "cli.mjs"), join(folder, "complete")];
  await withCheckoutLock(
    () => existsSync(stamp),
    async () => {
      await bundleCli(cli);
      await stopBundling();
      writeFileSync(stamp, "");
      prune(target);
    },
  );
  return cli;
}

/** Bundles the development server, without routes: Next serves them, so that they reload. */
export async function buildDevelopmentServer() {
  const outfile = join(builds, "dev", "server.mjs");
  await bundleEntry("server.ts", outfile, { withRoutes: false });
  await stopBundling();
  return outfile;
}

async function bundleEntry(entry, outfile, options) {
  try {
    await bundle({ entry, outfile: relative(root, outfile), ...options });
  } catch (error) {
    if (!error.errors) throw error;
    const lines = error.errors.map(({ text, location: at }) => (at ? `${at.file}:${at.line}: ${text}` : text));
    throw new StepFailed(`${entry} could not be bundled. The reasons are above.`, lines.join("\n"));
  }
}

/** Protects a build from pruning while this process runs. */
export function useBuild({ folder, stamp }) {
  const mark = join(folder, `used-by-${process.pid}`);
  try {
    writeFileSync(mark, "");
    const now = new Date();
    utimesSync(stamp, now, now);
    process.on("exit", () => rmSync(mark, { force: true }));
  } catch {
    // A read-only folder can't be pruned anyway.
  }
}

function prune(current) {
  const names = readdirSync(builds);
  const old = names.filter((name) => BUILD_NAME.test(name) && name !== current.hash).map((name) => join(builds, name));
  const unused = old.filter((folder) => !isUsed(folder)).sort((a, b) => ageOf(a) - ageOf(b));
  for (const folder of unused.slice(KEPT - 1)) rmSync(folder, { recursive: true, force: true });
  const stale = names.filter((name) => CLI_NAME.test(name) && !name.includes(current.hash));
  for (const name of stale) rmSync(join(builds, name), { recursive: true, force: true });
}

function isUsed(folder) {
  const marks = readdirSync(folder).filter((name) => name.startsWith("used-by-"));
  return marks.some((name) => isProcessAlive(Number(name.slice("used-by-".length))));
}

function ageOf(folder) {
  return -(statSync(join(folder, "complete"), { throwIfNoEntry: false })?.mtimeMs ?? 0);
}
