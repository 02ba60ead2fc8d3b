// The parts of `npm test` after the build. Each answers `{ passed, failed, skipped, text?, note?
// }`.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { builds, modules } from "./paths.mjs";

const colour = process.stdout.isTTY;

/** TypeScript 7 checks three times as fast. Next still needs the JavaScript API of version 6, which is installed beside it. */
export function types() {
  return check(join(modules, "typescript-7", "bin", "tsc"), ["--noEmit", "--pretty", String(Boolean(colour))]);
}

export function lint() {
  return check(join(modules, "@biomejs", "biome", "bin", "biome"), ["ci", `--colors=${colour ? "force" : "off"}`, "."]);
}

export function spelling() {
  return check(join(modules, "cspell", "bin.mjs"), [
    "lint",
    "--no-progress",
    "--no-summary",
    "--cache",
    "--cache-location",
    join(builds, "cspell"),
    ".",
  ]);
}

/** A tool that is right or not counts as one test. */
async function check(program, args) {
  const { code, text } = await run(process.execPath, [program, ...args]);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, text: code === 0 ? "" : text };
}

/** A project of vitest. With filters it may have nothing to run; without, that is a failure. */
export async function testProject(name, filters, env = {}) {
  mkdirSync(builds, { recursive: true });
  const outputFile = join(builds, `test-${name}-${process.pid}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${outputFile}`];
  const vitest = [join(modules, "vitest", "vitest.mjs"), "run", "--project", name, ...reporters];
  const lenient = filters.length > 0 ? ["--passWithNoTests"] : [];
  const { code } = await run(process.execPath, [...vitest, ...lenient, ...filters], { env, show: true });
  const counts = countTests(outputFile);
  rmSync(outputFile, { force: true });
  if (!counts) return { passed: 0, failed: 1, skipped: 0, note: `vitest ended with exit code ${code} and no result` };
  if (filters.length === 0 && counts.passed + counts.failed === 0) return { ...counts, failed: 1, note: "no test ran" };
  // An error outside every test.
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1, note: `vitest ended with exit code ${code}` };
  return counts;
}

function countTests(outputFile) {
  try {
    const result = JSON.parse(readFileSync(outputFile, "utf8"));
    // A file that could not be loaded has failed without a test that has.
    const broken = result.testResults.filter(
      ({ status, assertionResults }) =>
        status === "failed" && !assertionResults.some((test) => test.status === "failed"),
    );
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + broken.length,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return undefined;
  }
}
