/**
 * Two copies of the sources, built apart in different folders, serve one dashboard behind one address.
 * Only with `npm run test:long`: it takes two builds.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "../../test/support/database";
import { onCleanup } from "../support/cleanup";
import { createAppByCli, foyer } from "../support/cli";
import { PASSWORD } from "../support/people";
import { expect, test } from "../support/process";
import { freePort, productionEnvironment, ROOT, runNode, until, type Variables } from "../support/server";

const NOT_COPIED = new Set([".build", ".git", ".data", ".demo", ".test-data", ".next"]);

/** A copy of the checkout, with a build of its own. Returns its folder. */
async function buildCopy(name: string): Promise<string> {
  const folder = join(mkdtempSync(join(tmpdir(), "foyer-")), name);
  onCleanup(() => rmSync(join(folder, ".."), { recursive: true, force: true }));
  const filter = (path: string) => !NOT_COPIED.has(path.slice(ROOT.length + 1));
  cpSync(ROOT, folder, { recursive: true, filter, verbatimSymlinks: true });
  const program = runNode([join(folder, "scripts", "build.mjs")], { PATH: process.env.PATH, HOME: process.env.HOME });
  expect(await program.ended, program.output()).toBe(0);
  return folder;
}

async function startCopy(folder: string, environment: Variables): Promise<number> {
  const port = await freePort();
  const program = runNode([join(folder, "scripts", "start.mjs")], {
    ...environment,
    PORT: String(port),
    FOYER_DIST_DIR: undefined,
  });
  await until("the copy is ready", () => program.output().includes("Foyer is ready at"), 60);
  return port;
}

/** Sends each request to the next of the ports. */
async function startBalancer(port: number, targets: number[]): Promise<void> {
  let count = 0;
  const server = createServer((request, response) => {
    const { url, method, headers } = request;
    const next = forward({ port: targets[count++ % targets.length], path: url, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    request.pipe(next);
  });
  await new Promise<void>((resolve) => server.listen(port, resolve));
  onCleanup(() => server.close());
}

test("two builds of one commit serve one dashboard behind one address", async ({ page }) => {
  test.skip(!process.env.FOYER_TEST_LONG, "two builds: only with npm run test:long");
  test.setTimeout(900_000);
  const port = await freePort();
  const environment = productionEnvironment(port, { DATABASE_URL: await createDatabase() });
  const folders = [await buildCopy("first"), await buildCopy("second")];
  const ports = [];
  for (const folder of folders) ports.push(await startCopy(folder, environment));
  await startBalancer(port, ports);

  const missing: string[] = [];
  page.on("response", (response) => {
    if (response.status() >= 400) missing.push(`${response.status()} ${response.url()}`);
  });
  const app = await createAppByCli(environment);
  const { apps } = await foyer(environment, "apps", "list");
  const url = `http://localhost:${port}`;
  await page.goto(`${url}/login`);
  await page.getByLabel("Email address").fill(apps[0].owners[0]);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/dashboard");
  // Each request of the page goes to the other build than the one before.
  for (const name of ["One", "Two", "Three", "Four"]) {
    await page.goto(`${url}/dashboard/new`);
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Create app" }).click();
    await expect(page.getByRole("heading", { name: "Your app is ready" })).toBeVisible();
  }
  for (const link of ["Users", "Events", "Home"]) {
    await page.goto(`${url}/dashboard/apps/${app.id}`);
    await page.getByRole("navigation").getByRole("link", { name: link, exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  expect(missing).toEqual([]);
});
