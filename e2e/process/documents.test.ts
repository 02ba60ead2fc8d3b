/** README and documentation: every command runs as it is written, in order, on a new installation. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page, Request } from "playwright/test";
import { type Block, type FromBrowser, readBlocks, Shell } from "../support/documents";
import { expect, test } from "../support/process";
import { freePort, ROOT, type Server, startServer } from "../support/server";

/** Blocks that this test can't run, by file and title. */
const NOT_RUN: Record<string, string> = {
  "README.md: npm start     # installs, builds, creates a database in .data/, and serves http://localhost:8000":
    "this is the server of this test, and these are its tests",
  "README.md: npm run demo  # Foyer with 320 users, a blog, a third-party client and a stand-in for GitHub":
    "e2e/browser/story.test.ts runs the demo's programs",
  "README.md: NODE_ENV=production PUBLIC_URL=https://auth.example.com npm start": "needs a proxy with https",
  "README.md: ISSUER=http://localhost:8000/o/$APP CLIENT_ID=$DEVICE_CLIENT node examples/cli-device/cli.mjs":
    "e2e/browser/device.test.ts runs the example",
  "README.md: ISSUER=http://localhost:8000/o/$APP node examples/mcp-server/server.mjs":
    "e2e/browser/mcp.test.ts starts it",
  "README.md: node examples/mcp-server/client.mjs http://127.0.0.1:3002/mcp": "e2e/browser/mcp.test.ts connects it",
  "docs/introduction.md: Start Foyer": "this is the server of this test",
  "docs/introduction.md: Start the demo": "e2e/browser/story.test.ts runs the demo's programs",
  "docs/device-login.md: Sign in from a command line": "e2e/browser/device.test.ts runs the example",
  "docs/device-login.md: Poll for the tokens":
    "gets an error until a user has answered; e2e/browser/device.test.ts polls",
  "docs/agents-and-mcp.md: Start the example server": "e2e/browser/mcp.test.ts starts it",
  "docs/agents-and-mcp.md: Connect a client": "e2e/browser/mcp.test.ts connects it",
  "docs/self-hosting.md: Build, then start": "the build of this test must not be replaced",
  "docs/self-hosting.md: Create a role and a database": "needs the operator's PostgreSQL",
  "docs/self-hosting.md: Start with your database": "needs the operator's PostgreSQL",
  "docs/self-hosting.md: Start with Docker Compose": "needs Docker",
  "docs/self-hosting.md: Run a CLI command in the container": "needs Docker",
  "docs/self-hosting.md: Run one container with the embedded database": "needs Docker",
  "docs/self-hosting.md: Make the installation small": "would remove the packages of the tests",
  "docs/backups.md: Back up the data folder": "e2e/process/embedded.test.ts copies a data folder",
  "docs/backups.md: Back up the database": "needs pg_dump",
  "docs/backups.md: Restore the data folder": "e2e/process/embedded.test.ts copies a data folder",
  "docs/backups.md: Restore a dump": "needs pg_restore",
  "docs/backups.md: Start with the restored database": "needs pg_restore",
  "docs/backups.md: Dump Foyer's own database": "needs pg_dump",
  "docs/upgrading.md: Build the new version": "needs another version",
  "docs/upgrading.md: Build and replace the container": "needs Docker",
  "docs/rotating-keys.md: In the environment": "e2e/process/master-key.test.ts rotates the secret",
  "docs/rotating-keys.md: Or in the data folder": "e2e/process/master-key.test.ts rotates the secret",
};

/** In the order of the documentation's menu. */
const DOCS = [
  ...[
    "introduction",
    "add-sign-in",
    "concepts",
    "dashboard",
    "backend",
    "provider",
    "dpop",
    "token-exchange",
    "device-login",
    "logout",
    "fapi",
    "social",
    "magic-links",
    "second-factors",
    "passkeys",
    "agents-and-mcp",
    "resources",
    "claims",
    "verifying-tokens",
  ],
  ...["accounts", "users", "errors", "self-hosting", "going-to-production", "backups", "upgrading", "rotating-keys"],
  "security",
].map((name) => `docs/${name}.md`);

let server: Server;

test.beforeEach(async () => {
  server = await startServer({ METRICS_TOKEN: "a token of sixteen letters" });
});

test.afterEach(async () => {
  for (const name of ["users.csv", "users.json"]) rmSync(join(ROOT, name), { force: true });
  await server.stop();
});

async function openShell(): Promise<Shell> {
  const [blog, prints, gitHub] = [await freePort(), await freePort(), await freePort()];
  // PORT would reach the examples too.
  const { PORT: _, ...environment } = server.environment;
  const sites = { BLOG_URL: `http://127.0.0.1:${blog}`, PRINTS_URL: `http://127.0.0.1:${prints}` };
  return new Shell({ ...environment, ...sites, FOYER_URL: server.url, PHOTOS_URL: `${sites.BLOG_URL}/api/photos` }, [
    ["http://localhost:8000", server.url],
    ["127.0.0.1:3000", `127.0.0.1:${blog}`],
    ["127.0.0.1:3001", `127.0.0.1:${prints}`],
    ["127.0.0.1:4100", `127.0.0.1:${gitHub}`],
    ["node examples/github-stand-in", `PORT=${gitHub} node examples/github-stand-in`],
  ]);
}

/** Opens the URL that was printed last, signs in as Bob, allows what is asked, and copies the code from the address bar. */
function codeFromBrowser(page: Page): FromBrowser {
  return async (name, output) => {
    expect(name, "only the code comes from a browser").toBe("CODE");
    const url = [...output.matchAll(/^http:\S+\/(?:authorize|api\/auth\/github\/\w+)\?\S+$/gm)].at(-1)?.[0] ?? "";
    // The page of the example doesn't load: its server has been stopped.
    const isReturned = (request: Request) => /^http:\/\/127\.0\.0\.1:\d+\/(callback|signed-in)\?/.test(request.url());
    const returned = page.waitForEvent("request", { predicate: isReturned, timeout: 60_000 });
    await page.goto(url);
    const password = page.getByLabel("Password", { exact: true });
    const allow = page.locator('button[name="decision"][value="allow"]');
    const gitHubUser = page.getByRole("button", { name: /Erin/ });
    await expect(password.or(allow).or(gitHubUser)).toBeVisible();
    if (await gitHubUser.isVisible()) await gitHubUser.click();
    else if (await password.isVisible()) {
      await page.getByLabel("Email address").fill("bob@example.com");
      await password.fill("correct horse");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
    }
    if (url.includes("/authorize?")) await allow.click();
    return new URL((await returned).url()).searchParams.get("code") ?? "";
  };
}

async function runAll(blocks: Block[], page: Page): Promise<void> {
  const shell = await openShell();
  for (const block of blocks) {
    const name = `${block.file}: ${block.title}`;
    if (NOT_RUN[name]) continue;
    await test.step(name, async () => {
      await shell.run(block, codeFromBrowser(page)).catch((error) => {
        throw new Error(`${name}\n${(error as Error).message}`);
      });
    });
  }
  shell.close();
}

test("README: every command runs as it is written", async ({ page }) => {
  test.setTimeout(300_000);
  await runAll(readBlocks("README.md"), page);
});

test("the documentation: every command runs as it is written", async ({ page }) => {
  test.setTimeout(300_000);
  const [, csv = ""] =
    /^```text users\.csv\n([\s\S]*?\n)```$/m.exec(readFileSync(join(ROOT, "docs/users.md"), "utf8")) ?? [];
  writeFileSync(join(ROOT, "users.csv"), csv);
  await runAll(DOCS.flatMap(readBlocks), page);
});

test("every block that isn't run exists, and every documentation page is read", () => {
  const names = ["README.md", ...DOCS].flatMap(readBlocks).map(({ file, title }) => `${file}: ${title}`);
  expect(Object.keys(NOT_RUN).filter((name) => !names.includes(name))).toEqual([]);
  const pages = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  expect(DOCS.toSorted()).toEqual(pages.map((name) => `docs/${name}`).toSorted());
});
