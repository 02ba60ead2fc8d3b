// `npm run demo`: Foyer with demo data, and three sites: a blog, an OAuth client and a stand-in for
// GitHub.
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
// Another host name than Foyer's, because cookies don't depend on the port.
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
  const story = await step("Creating demo data", seed);
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
  Dashboard          ${foyerUrl}/login             alice@example.com / open sesame 42
  The Photo Blog     ${blogUrl}                bob@example.com / correct horse battery
  SuperPhotoPrints   ${printsUrl}
  Bob's account      ${foyerUrl}/o/${appId}/account

  1. Sign up on the blog, sign in as Bob, or sign in with GitHub (the stand-in lets you choose the user).
  2. Connect the blog to SuperPhotoPrints: sign in as Bob, review the requested access, and allow it.
  3. See the results in the dashboard: Overview, Users, Events. Sent emails are under Emails.
  4. Disconnect SuperPhotoPrints on Bob's account page, then reload its page.

  Press Ctrl-C to stop. The data is in ${environment.DATA_DIR}. Delete that folder to start over.`;
}

/** Starts a process and waits for the line that says it is ready. It stops with this process. */
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
    child.on("exit", (code) => reject(new StepFailed(`${file} exited with code ${code}. Its message is above.`)));
  });
}

/** Creates the demo data on the first run. Returns the IDs and secrets that the sites need. */
async function seed() {
  const outfile = join(".build", `demo-seed-${process.pid}.mjs`);
  await bundle({ entry: "scripts/demo/seed.ts", outfile, withRoutes: false });
  const child = spawn(process.execPath, [at(outfile)], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const text = (await child.stdout.toArray()).join("");
  for (const suffix of ["", ".map"]) rmSync(at(`${outfile}${suffix}`), { force: true });
  try {
    return JSON.parse(text);
  } catch {
    throw new StepFailed("The demo data could not be created. The reason is above.", text);
  }
}

function requireFree(number) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () =>
      reject(
        new StepFailed(
          `Port ${number} is already in use. Set PORT (Foyer) or DEMO_SITES_PORT (the first of three ports for the sites).`,
        ),
      ),
    );
    probe.listen(number, () => probe.close(() => resolve()));
  });
}
