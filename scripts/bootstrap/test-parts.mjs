// The parts of `npm test` after the build. Each answers `{ passed, failed, skipped, text?, note?
// }`.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { builds, modules } from "./paths.mjs";

const color = process.stdout.isTTY;

/**
 * TypeScript 7 checks three times as fast. Next still needs the JavaScript API of version 6, which
 * is installed beside it.
 */
export function types() {
  return check(join(modules, "typescript-7", "bin", "tsc"), ["--noEmit", "--pretty", String(Boolean(color))]);
}

export function lint() {
  return check(join(modules, "@biomejs", "biome", "bin", "biome"), ["ci", `--colors=${color ? "force" : "off"}`, "."]);
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

/**
 * Both projects of vitest. With filters there may be nothing to run; without, that is a failure.
 */
export async function testUnits(filters) {
  const vitest = [join(modules, "vitest", "vitest.mjs"), "run", "--reporter=default"];
  const lenient = filters.length > 0 ? ["--passWithNoTests"] : [];
  return runner("vitest", filters, "unit", (report) => {
    const args = [...vitest, "--reporter=json", `--outputFile.json=${report}`, ...lenient, ...filters];
    return run(process.execPath, args, { show: true });
  });
}

/** A project of Playwright, which takes the same filters. */
export async function testBrowser(name, filters, env) {
  const playwright = [join(modules, "playwright", "cli.js"), "test", `--project=${name}`, "--reporter=list,json"];
  const lenient = filters.length > 0 ? ["--pass-with-no-tests"] : [];
  return runner("playwright", filters, name, (report) => {
    const args = [...playwright, ...lenient, ...playwrightFilters(filters)];
    return run(process.execPath, args, { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }, show: true });
  });
}

/**
 * Filters of vitest are parts of paths, those of Playwright regular expressions; `-t` is `--grep`.
 */
function playwrightFilters(filters) {
  const isTitleFlag = (filter) => filter === "-t" || filter === "--testNamePattern";
  return filters.map((filter, index) => {
    if (isTitleFlag(filter)) return "--grep";
    const isPath = !filter.startsWith("-") && !isTitleFlag(filters[index - 1]);
    return isPath ? filter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : filter;
  });
}

/** Runs a test runner that writes a report in JSON, and counts what is in it. */
async function runner(tool, filters, name, start) {
  mkdirSync(builds, { recursive: true });
  const report = join(builds, `test-${name}-${process.pid}.json`);
  const { code } = await start(report);
  const counts = countTests(report);
  rmSync(report, { force: true });
  if (!counts) return { passed: 0, failed: 1, skipped: 0, note: `${tool} ended with exit code ${code} and no result` };
  if (filters.length === 0 && counts.passed + counts.failed === 0) return { ...counts, failed: 1, note: "no test ran" };
  // An error outside every test.
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1, note: `${tool} ended with exit code ${code}` };
  return counts;
}

function countTests(report) {
  try {
    const result = JSON.parse(readFileSync(report, "utf8"));
    return result.stats ? countPlaywright(result) : countVitest(result);
  } catch {
    return undefined;
  }
}

function countPlaywright({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

function countVitest(result) {
  // A file that could not be loaded has failed without a test that has.
  const broken = result.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
