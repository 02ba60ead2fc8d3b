// `npm run demo`: the story of the README on this machine: Foyer, a blog, a third party and a
// stand-in for GitHub, filled with people.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { prepare } from "./bootstrap/bootstrap.mjs";
import { build } from "./bootstrap/builds.mjs";
import { bundle } from "./bootstrap/bundle.mjs";
import { runMain, StepFailed } from "./bootstrap/failure.mjs";
import { at } from "./bootstrap/paths.mjs";
import { say, step } from "./bootstrap/progress.mjs";

const port = Number(process.env.PORT ?? 8000);
const sitesPort = Number(process.env.DEMO_SITES_PORT ?? 3000);
const foyerUrl = `http://localhost:${port}`;
// Another host name than Foyer's: cookies do not tell ports apart.
const [blogUrl, printsUrl, gitHubUrl] = [0, 1, 2].map((offset) => `http://127.0.0.1:${sitesPort + offset}`);

const environment = {
  ...process.env,
  ...{ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", FOYER_GIVEN_NODE_ENV: "none" },
  ...{ PORT: String(port), PUBLIC_URL: foyerUrl, DATA_DIR: process.env.DATA_DIR ?? ".demo", LOG_LEVEL: "warn" },
  ...{ BLOG_URL: blogUrl, PRINTS_URL: printsUrl, GITHUB_URL: gitHubUrl },
};

await runMain(async () => {
  for (const taken of [port, sitesPort, sitesPort + 1, sitesPort + 2]) await requireFree(taken);
  await prepare();
  const { server, distDir } = await build();
  await start(server, { FOYER_DIST_DIR: distDir }, /Foyer is ready/);
  const story = await step("Filling it with people", seed);
  await start(at("examples", "github-stand-in", "server.mjs"), { PORT: String(sitesPort + 2) }, /stand-in/);
  const blog = { FOYER_URL: foyerUrl, FOYER_APP_ID: story.appId, FOYER_API_KEY: story.apiKey };
  await start(at("examples", "blog", "server.mjs"), blog, /blog is at/);
  const prints = { ISSUER: story.issuer, CLIENT_ID: story.clientId, CLIENT_SECRET: story.clientSecret };
  const photos = { PHOTOS_URL: `${blogUrl}/api/photos` };
  await start(at("examples", "photo-prints", "server.mjs"), { ...prints, ...photos }, /SuperPhotoPrints is at/);
  say(whatToClick(story));
});

function whatToClick({ appId }) {
  return `
  The dashboard      ${foyerUrl}/login             alice@example.com / open sesame 42
  The Photo Blog     ${blogUrl}                bob@example.com / correct horse battery
  SuperPhotoPrints   ${printsUrl}
  Bob's account      ${foyerUrl}/o/${appId}/account

  1. At the blog sign up, log in as Bob, or "Login with GitHub" (the stand-in lets you choose who you are).
  2. At SuperPhotoPrints connect the blog: Bob signs in, sees who asks for what, and allows it.
  3. In the dashboard watch it happen: Overview, Users, Events. A mailed link stands under Mails.
  4. On Bob's account page disconnect SuperPhotoPrints, and reload its page.

  Ctrl-C ends all of it. The data is in ${environment.DATA_DIR}; remove that folder to begin anew.`;
}

/**
 * Starts a part of the story and waits for the line that says it is there. Ends with this process.
 */
function start(file, env, ready) {
  const child = spawn(process.execPath, [file], {
    env: { ...environment, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (ready.test(text)) resolve();
    });
    child.on("exit", (code) => reject(new StepFailed(`${file} ended with ${code}; its message stands above.`)));
  });
}

/** What the sites need to know: ids and secrets, made the first time. */
async function seed() {
  const outfile = join(".build", `demo-seed-${process.pid}.mjs`);
  await bundle({ entry: "scripts/demo/seed.ts", outfile, withRoutes: false });
  const child = spawn(process.execPath, [at(outfile)], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const text = (await child.stdout.toArray()).join("");
  for (const suffix of ["", ".map"]) rmSync(at(`${outfile}${suffix}`), { force: true });
  try {
    return JSON.parse(text);
  } catch {
    throw new StepFailed("The demo could not be filled; the reason stands above.", text);
  }
}

function requireFree(number) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () =>
      reject(
        new StepFailed(`Port ${number} is taken. Set PORT (Foyer) or DEMO_SITES_PORT (three ports for the sites).`),
      ),
    );
    probe.listen(number, () => probe.close(() => resolve()));
  });
}
