// `npm test [-- <filter of vitest>]`: everything from a fresh clone to `N passed, N failed`.
import { prepare } from "./bootstrap/bootstrap.mjs";
import { build } from "./bootstrap/builds.mjs";
import { provideChromium } from "./bootstrap/chromium.mjs";
import { runMain, StepFailed } from "./bootstrap/failure.mjs";
import { say } from "./bootstrap/progress.mjs";
import { lint, spelling, testBrowser, testUnits, types } from "./bootstrap/test-parts.mjs";

const filters = process.argv.slice(2);
const parts = [];

await runMain(async () => {
  const started = performance.now();
  await prepare();
  // The build is mostly waiting for one core; the checks take the other.
  const [target] = await Promise.all([part("build", makeBuild), runChecks()]);
  await part("unit", () => testUnits(filters));
  await part("e2e", () => (target.build ? testEndToEnd(target.build) : skipped("needs the build")));
  report((performance.now() - started) / 1000);
});

async function runChecks() {
  await part("types", types);
  await part("lint", lint);
  await part("spelling", spelling);
}

/** A build that works counts for nothing: the tests that need it do. */
async function makeBuild() {
  return { build: await build(), passed: 0, failed: 0, skipped: 0 };
}

async function testEndToEnd({ distDir, server }) {
  const env = { FOYER_CHROMIUM: await provideChromium(), FOYER_DIST_DIR: distDir, FOYER_SERVER: server };
  const results = [
    await testBrowser("browser", filters, env),
    // These kill servers and measure times, so no browser test may run beside them.
    await testBrowser("process", filters, env),
  ];
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const notes = results.flatMap(({ note }) => note ?? []);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped"), note: notes.join("\n") };
}

async function skipped(note) {
  return { passed: 0, failed: 1, skipped: 0, note };
}

/** Runs one part; whatever happens in it, the others run too. */
async function part(name, work) {
  const started = performance.now();
  const result = await work().catch((error) => {
    if (!(error instanceof StepFailed)) throw error;
    return { passed: 0, failed: 1, skipped: 0, text: error.toolOutput, note: error.message };
  });
  const seconds = (performance.now() - started) / 1000;
  say(`\n━━ ${name} ━━ ${result.failed ? "failed" : "ok"}, ${seconds.toFixed(1)} s`);
  if (result.text?.trim()) say(result.text.trimEnd());
  if (result.note) say(result.note);
  parts.push({ name, seconds, ...result });
  return result;
}

function report(seconds) {
  const count = (key) => parts.reduce((sum, one) => sum + one[key], 0);
  const line = (cells) =>
    cells.map((cell, index) => (index ? String(cell).padStart(9) : String(cell).padEnd(9))).join("");
  say(`\n${line(["part", "passed", "failed", "skipped", "seconds"])}`);
  for (const one of parts) say(line([one.name, one.passed, one.failed, one.skipped, one.seconds.toFixed(1)]));
  say(line(["all", count("passed"), count("failed"), count("skipped"), seconds.toFixed(1)]));
  // With a filter one of the two may have nothing to run, but not both.
  const ran = parts.some(({ name, passed, failed }) => ["unit", "e2e"].includes(name) && passed + failed > 0);
  if (!ran) say(`\nNo test matches ${filters.join(" ")}.`);
  const skips = count("skipped") ? `, ${count("skipped")} skipped` : "";
  process.exitCode = count("failed") > 0 || !ran ? 1 : 0;
  say(`\n${count("passed")} passed, ${count("failed")} failed${skips}`);
}
