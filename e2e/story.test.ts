/**
 * The story of the README, in the very examples that a newcomer copies: a blog that signs its readers in, a third party with an independent
 * client library, and a stand-in for GitHub.
 */
import type { Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../test/support/dashboard";
import { freePort, ROOT, runNode, type Server, startServer, until } from "../test/support/server";
import { createTenant, foyer, newEmail, PASSWORD, signUp, type Tenant } from "../test/support/tenant";

let server: Server;
let tenant: Tenant;
let blog: string;
let prints: string;
let gitHub: string;

async function startExample(name: string, ready: string, env: Record<string, string>): Promise<void> {
  const program = runNode([`${ROOT}/examples/${name}/server.mjs`], { PATH: process.env.PATH, ...env });
  await until(`${name} starts`, () => program.output().includes(ready));
}

beforeAll(async () => {
  const ports = [await freePort(), await freePort(), await freePort()];
  // Another host name than Foyer's, as in real life: cookies do not tell ports apart.
  [blog, prints, gitHub] = ports.map((port) => `http://127.0.0.1:${port}`) as [string, string, string];
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
  tenant = await createTenant(server.environment);
  const cli = (...args: string[]) => foyer(server.environment, ...args);
  const app = ["--app", tenant.app_id];
  const back = `${blog}/signed-in`;
  await cli("apps", "update", ...app, "--return-url", back, "--setting", "delivery=code");
  await cli(
    ...["social", "set", ...app, "--provider", "github", "--client-id", "blog", "--client-secret", "secret"],
    ...["--redirect-uri", back, "--delivery", "code", "--authorize-url", `${gitHub}/login/oauth/authorize`],
    ...["--token-url", `${gitHub}/login/oauth/access_token`, "--api-url", gitHub],
  );
  await cli("scopes", "create", ...app, "--name", "photos:read", "--description", "See your photos");
  const client = await cli(
    ...["clients", "create", ...app, "--name", "SuperPhotoPrints", "--redirect-uri", `${prints}/callback`],
    ...["openid", "profile", "email", "offline_access", "photos:read"].flatMap((scope) => ["--scope", scope]),
  );
  const port = (url: string) => new URL(url).port;
  await startExample("github-stand-in", "stand-in", { PORT: port(gitHub) });
  const key = { FOYER_APP_ID: tenant.app_id, FOYER_API_KEY: tenant.api_key };
  await startExample("blog", "blog is at", { FOYER_URL: server.url, BLOG_URL: blog, ...key });
  const secret = { CLIENT_ID: client.client_id, CLIENT_SECRET: client.client_secret };
  const photos = { PHOTOS_URL: `${blog}/api/photos`, PRINTS_URL: prints, ISSUER: tenant.issuer };
  await startExample("photo-prints", "SuperPhotoPrints is at", { ...photos, ...secret });
});

async function fill(page: Page, button: string, email: string, password?: string): Promise<void> {
  const form = page.locator("form", { has: page.getByRole("button", { name: button }) });
  await form.getByLabel("E-mail").fill(email);
  if (password) await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: button }).click();
}

const inside = (page: Page) => page.getByText("You are signed in as").waitFor();

describe("the blog, a tenant", () => {
  it("signs Bob up, lets him see what is for readers, out and in again", async () => {
    const { page, leave } = await openBrowser(server);
    const email = newEmail();
    await page.goto(blog);
    await fill(page, "Sign up", email, PASSWORD);
    await inside(page);
    await page.getByRole("link", { name: "A page for readers only" }).click();
    await page.getByText("Welcome, usr_").waitFor();
    await page.goto(blog);
    await page.getByRole("button", { name: "Log out" }).click();
    await page.goto(`${blog}/private`);
    await page.getByText("Welcome back").waitFor();
    await fill(page, "Log in", email, "not the password");
    await page.getByRole("alert").getByText("wrong").waitFor();
    await fill(page, "Log in", email, PASSWORD);
    await inside(page);
    await leave();
  });

  it("lets somebody in by a mailed link", async () => {
    const { page, leave } = await openBrowser(server);
    const email = newEmail();
    await page.goto(blog);
    await fill(page, "Mail me a link", email);
    await page.getByRole("alert").getByText("Look into your mail").waitFor();
    const { links } = await foyer(server.environment, "mail", "last", "--to", email);
    await page.goto(links[0]);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${blog}/`);
    await inside(page);
    await leave();
  });

  it("lets somebody in with GitHub, and says so when they change their mind there", async () => {
    const { page, leave } = await openBrowser(server);
    await page.goto(blog);
    await page.getByRole("link", { name: "Login with GitHub" }).click();
    await page.getByRole("button", { name: /Carol/ }).click();
    await page.waitForURL(`${blog}/`);
    await inside(page);
    await leave();
  });

  it("keeps its photos from whoever has no token for them", async () => {
    const direct = (await (await signUp(server, tenant, newEmail())).json()).token;
    for (const token of ["", "nonsense", direct]) {
      const answer = await fetch(`${blog}/api/photos`, { headers: { Authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(401);
    }
  });
});

describe("SuperPhotoPrints, a third party", () => {
  async function connect(page: Page): Promise<void> {
    await page.getByRole("link", { name: /^Connect/ }).click();
    await page.locator('button[name="decision"][value="allow"]').click();
    await page.getByText("4 photos imported").waitFor();
  }

  it("connects with consent, imports, survives a denial, and knows at once when Bob takes it back", async () => {
    const { page, leave } = await openBrowser(server);
    const email = newEmail();
    expect((await signUp(server, tenant, email)).status).toBe(201);
    await page.goto(prints);
    await page.getByRole("link", { name: "Connect the Photo Blog" }).click();
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByText("See your photos").waitFor();
    await page.locator('button[name="decision"][value="deny"]').click();
    await connect(page);
    await page.getByText("Harbour at dawn").waitFor();
    // Given back by the shop itself, the consent stays; a contested target is asked about again.
    await page.getByRole("button", { name: "Disconnect" }).click();
    await connect(page);
    await page.goto(`${server.url}/o/${tenant.app_id}/account`);
    await page.getByRole("button", { name: /Disconnect/ }).click();
    await page.getByText("its access has ended").waitFor();
    await page.goto(prints);
    await page.getByText("The connection has ended").waitFor();
    await leave();
  });
});
