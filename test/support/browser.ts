/** Chromium, told to keep to itself: no updates, no reports, nothing that needs a network. */
import { type Browser, chromium } from "playwright";
import { afterAll } from "vitest";

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

let opened: Promise<Browser> | null = null;
afterAll(async () => (await opened)?.close());

/** One browser per test file; a test opens a context of its own in it. */
export function browser(): Promise<Browser> {
  const executablePath = process.env.FOYER_CHROMIUM;
  if (!executablePath) throw new Error("FOYER_CHROMIUM is not set; `npm test` sets it.");
  // Chromium's sandbox does not work for root.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  opened ??= chromium.launch({ executablePath, args: [...QUIET, ...sandbox] });
  return opened;
}
