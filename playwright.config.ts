/**
 * The end-to-end tests. `browser`: pages and HTTP, two workers, each with one server and one Chromium.
 * `process`: tests that start, stop and kill their own servers and databases. Most of them wait for one
 * process, so two run at a time.
 */
import { defineConfig } from "playwright/test";

const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--no-default-browser-check",
  "--no-first-run",
  "--no-pings",
];
// Chromium's sandbox does not work for root.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testMatch: "**/*.test.ts",
  globalSetup: "./e2e/support/global-setup.ts",
  // The bundle of the global setup is compiled already.
  build: { external: ["**/.build/**"] },
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  use: {
    launchOptions: { executablePath: process.env.FOYER_CHROMIUM, args: [...QUIET, ...sandbox] },
    // A trace reads the body of every response, which takes a tenth of all processor time.
    trace: process.env.FOYER_TRACE ? "retain-on-failure" : "off",
  },
  // Each run empties the folder of its project.
  projects: [
    { name: "browser", testDir: "./e2e/browser", outputDir: ".build/e2e-results/browser" },
    {
      name: "process",
      testDir: "./e2e/process",
      outputDir: ".build/e2e-results/process",
      timeout: 120_000,
    },
  ],
});
