// Finds or installs Chromium for the browser tests.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { run } from "./command.mjs";
import { StepFailed } from "./failure.mjs";
import { at, modules } from "./paths.mjs";
import { step } from "./progress.mjs";

const INSTALLED = [
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
  return CHROMIUM_PATH || [playwrightsOwn(), ...INSTALLED].find((path) => path && existsSync(path));
}

function playwrightsOwn() {
  try {
    return createRequire(at("package.json"))("playwright").chromium.executablePath();
  } catch {
    return undefined;
  }
}

async function downloadWithPlaywright() {
  const { text } = await run(process.execPath, [join(modules, "playwright", "cli.js"), "install", "chromium"]);
  return text;
}

async function installWithApt() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return "";
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const update = await run("apt-get", ["update"], { env });
  const { text } = await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env });
  return update.text + text;
}
