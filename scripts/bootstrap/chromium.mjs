// Finds or installs Chromium for the browser tests.
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { run } from "./command.mjs";
import { StepFailed } from "./failure.mjs";
import { at, modules } from "./paths.mjs";
import { step } from "./progress.mjs";

/** The first that exists is used. The headless shell takes two thirds of the time of a whole Chromium. */
const INSTALLED = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * @returns {Promise<string>} the path of the executable; otherwise an error says how to install one
 */
export async function provideChromium() {
  const found = findChromium();
  if (found) return found;
  return step("Installing Chromium for the browser tests", async () => {
    const tried = [];
    for (const install of [downloadWithPlaywright, installWithApt]) {
      tried.push(await install());
      const installed = findChromium();
      if (installed) return installed;
    }
    const advice = "Install it or set CHROMIUM_PATH to its executable";
    throw new StepFailed(`The browser tests need Chromium. ${advice}.`, tried.join("\n"));
  });
}

function findChromium() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH && !existsSync(CHROMIUM_PATH)) throw new StepFailed(`CHROMIUM_PATH isn't a file: ${CHROMIUM_PATH}`);
  return CHROMIUM_PATH || [...playwrightsOwn(), ...INSTALLED].find((path) => path && existsSync(path));
}

/** Playwright names the path of the whole browser, and installs the headless shell beside it. */
function playwrightsOwn() {
  try {
    const browser = createRequire(at("package.json"))("playwright").chromium.executablePath();
    const [, cache, revision] = /^(.*)[/\\]chromium-(\d+)[/\\]/.exec(browser);
    const folder = join(cache, `chromium_headless_shell-${revision}`);
    const names = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
    const shells = names.filter((name) => /^(chrome-headless-shell|headless_shell)$/.test(basename(name)));
    return [...shells.map((name) => join(folder, name)), browser];
  } catch {
    return [];
  }
}

async function downloadWithPlaywright() {
  const cli = join(modules, "playwright", "cli.js");
  const { text } = await run(process.execPath, [cli, "install", "--only-shell", "chromium"]);
  return text;
}

async function installWithApt() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return "";
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const update = await run("apt-get", ["update"], { env });
  const { text } = await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env });
  return update.text + text;
}
