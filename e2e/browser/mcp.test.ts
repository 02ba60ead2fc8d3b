/** An MCP client that knows only the server's URL: discovery, registration, PKCE, resource, token, tool. */
import { join } from "node:path";
import { foyer } from "../support/cli";
import { expect, test } from "../support/fixtures";
import { fillCredentials } from "../support/hosted";
import { newAddress, newEmail } from "../support/people";
import { freePort, ROOT, runNode, until } from "../support/server";

const EXAMPLE = join(ROOT, "examples", "mcp-server");

/** The one switch, and the server's URL as a resource of the app. */
async function enableMcp(environment: Parameters<typeof foyer>[0], app: string, url: string): Promise<void> {
  await foyer(environment, "apps", "update", "--app", app, "--setting", "mcp=on");
  await foyer(
    environment,
    ..."scopes create --name photos:read".split(" "),
    "--app",
    app,
    "--description",
    "See your photos",
  );
  await foyer(
    environment,
    ..."resources create --name Photos --scope photos:read".split(" "),
    "--app",
    app,
    "--identifier",
    url,
  );
}

test("an MCP client connects to a protected server without configuration", async ({ server, app, openBrowser }) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/mcp`;
  await enableMcp(server.environment, app.id, url);
  const environment = { PATH: process.env.PATH, ISSUER: app.issuer, MCP_URL: url };
  const mcp = runNode([join(EXAMPLE, "server.mjs")], environment);
  await until("the MCP server listens", async () => mcp.output().includes("The MCP server is at"));

  const unauthorized = await fetch(url, { method: "POST" });
  expect(unauthorized.status).toBe(401);
  expect(unauthorized.headers.get("www-authenticate")).toContain(`/.well-known/oauth-protected-resource/mcp"`);

  const agent = runNode([join(EXAMPLE, "client.mjs"), url], { PATH: process.env.PATH });
  await until("the client prints a URL", async () => agent.output().includes("/authorize?"));
  const [authorize = ""] = /http:\S+\/authorize\?\S+/.exec(agent.output()) ?? [];
  const { searchParams } = new URL(authorize);
  expect(searchParams.get("resource")).toBe(url);
  expect(searchParams.get("code_challenge_method")).toBe("S256");

  const { page } = await openBrowser({ extraHTTPHeaders: { "x-forwarded-for": newAddress() } });
  await page.goto(authorize);
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  await fillCredentials(page, newEmail());
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Terminal agent").first()).toBeVisible();
  await expect(page.getByText("See your photos")).toBeVisible();
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByRole("heading", { name: "Connected" })).toBeVisible();

  expect(await agent.ended, agent.output()).toBe(0);
  expect(agent.output()).toMatch(/\{"user":"usr_\w+","photos":\["beach.jpg","cat.jpg"\]\}/);
  mcp.child.kill();
});
