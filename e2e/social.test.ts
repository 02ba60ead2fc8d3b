/** D. Social: Bob comes to Alice's site with GitHub, or with an account at another App of Foyer. Against the production server, in Chromium. */
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AxeBuilder } from "@axe-core/playwright";
import { createRemoteJWKSet, jwtVerify } from "jose";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubStandIn, startGitHub } from "@/examples/github-stand-in/server.mjs";
import { createAppInBrowser, openBrowser, signUpDeveloper } from "../test/support/dashboard";
import { type Server, startServer } from "../test/support/server";
import { createTenant, foyer, newEmail, PASSWORD, type Tenant } from "../test/support/tenant";

let server: Server;
let tenant: Tenant;
/** Whose users come to the other one. */
let acme: Tenant;
let github: GitHubStandIn;
let site: { url: string; arrivals: URL[] };
beforeAll(async () => {
  [server, github, site] = await Promise.all([
    startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" }),
    startGitHub({ clients: { "the-client": "the-secret" } }),
    startSite(),
  ]);
  [tenant, acme] = [await createTenant(server.environment), await createTenant(server.environment)];
});
afterAll(() => github.close());

/** Alice's site: a page with a link for each connection, and the address where people come back. */
async function startSite() {
  const arrivals: URL[] = [];
  const web = createServer((request, response) => {
    const url = new URL(request.url ?? "/", site.url);
    if (url.pathname === "/signed-in") arrivals.push(url);
    const start = (name: string) =>
      `${server.url}/api/auth/${name}/${url.searchParams.get("app")}?redirect_uri=${encodeURIComponent(`${site.url}/signed-in`)}&state=xyz`;
    const links = ["github", "acme"].map((name) => `<a href="${start(name).replaceAll("&", "&amp;")}">${name}</a>`);
    response
      .setHeader("content-type", "text/html")
      .end(`<title>Blog</title><h1>${url.pathname === "/" ? "Welcome" : "Hello again"}</h1>${links.join(" ")}`);
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  afterAll(() => {
    web.closeAllConnections();
    web.close();
  });
  return { url: `http://127.0.0.1:${(web.address() as AddressInfo).port}`, arrivals };
}

function setGitHub(app: Tenant, ...more: string[]) {
  return foyer(
    server.environment,
    ...["social", "set", "--app", app.app_id, "--provider", "github"],
    ...["--client-id", "the-client", "--client-secret", "the-secret", "--redirect-uri", `${site.url}/signed-in`],
    ...["--authorize-url", `${github.url}/login/oauth/authorize`],
    ...["--token-url", `${github.url}/login/oauth/access_token`, "--api-url", github.url, ...more],
  );
}

/** The browser is back at Alice's site. → what it brought */
async function arrived(page: Page): Promise<URL> {
  await page.getByRole("heading", { name: "Hello again" }).waitFor();
  return site.arrivals.pop() ?? expect.fail("nobody arrived");
}

async function verified(app: Tenant, token: string | null) {
  const keys = createRemoteJWKSet(new URL(`${app.issuer}/jwks`));
  const expected = { issuer: app.issuer, audience: app.app_id, typ: "at+jwt" };
  return (await jwtVerify(token ?? "", keys, expected)).payload;
}

async function whoIs(token: string) {
  return (await fetch(`${server.url}/api/me`, { headers: { Authorization: `Bearer ${token}` } })).json();
}

describe("GitHub, from a page of the App's own", () => {
  it("brings a JWT that verifies to the redirect_uri, with the caller's state", async () => {
    expect(await setGitHub(tenant)).toMatchObject({
      callback_url: `${server.url}/api/auth/callback/github/${tenant.app_id}`,
      has_secret: true,
      delivery: "query",
    });
    const { page, leave } = await openBrowser(server, { javaScriptEnabled: false });
    await page.goto(`${site.url}/?app=${tenant.app_id}`);
    await page.getByRole("link", { name: "github" }).click();
    await page.getByRole("button", { name: "Carol Danvers" }).click();
    const to = await arrived(page);
    expect(to.searchParams.get("state")).toBe("xyz");
    const token = to.searchParams.get("token") ?? "";
    const { sub } = await verified(tenant, token);
    expect(await whoIs(token)).toMatchObject({ sub, email: "carol@example.com", email_verified: true });
    await leave();
  });

  it("brings a code that the App's backend redeems once", async () => {
    await setGitHub(tenant, "--delivery", "code");
    const { page, leave } = await openBrowser(server);
    await page.goto(`${site.url}/?app=${tenant.app_id}`);
    await page.getByRole("link", { name: "github" }).click();
    await page.getByRole("button", { name: "Bob Builder" }).click();
    const to = await arrived(page);
    expect([...to.searchParams.keys()].sort()).toEqual(["code", "state"]);
    const exchange = () =>
      fetch(`${server.url}/api/auth/exchange/${tenant.app_id}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${tenant.api_key}`, "Content-Type": "application/json" },
        body: JSON.stringify({ code: to.searchParams.get("code") }),
      });
    const answer = await exchange();
    expect(answer.status).toBe(200);
    const session = await answer.json();
    expect((await verified(tenant, session.token)).sub).toBe(session.user.id);
    expect(session).toMatchObject({ user: { email: "bob@example.com", email_verified: true }, expires_in: 900 });
    expect((await exchange()).status).toBe(400);
    await leave();
  });

  it("says what went wrong: cancelled, or a provider that hangs, within 10 s", async () => {
    await setGitHub(tenant, "--delivery", "query");
    const { page, leave } = await openBrowser(server);
    const choose = async (fault: string, person: string) => {
      await page.goto(`${site.url}/?app=${tenant.app_id}`);
      await page.getByRole("link", { name: "github" }).click();
      if (fault) await page.getByLabel("What goes wrong").selectOption(fault);
      const started = performance.now();
      await page.getByRole("button", { name: person }).click();
      return { to: await arrived(page), ms: performance.now() - started };
    };
    const cancelled = await choose("", "Cancel");
    expect(cancelled.to.searchParams.get("error")).toBe("access_denied");
    const hung = await choose("user:hang", "Bob Builder");
    expect(hung.ms).toBeLessThan(10_000);
    expect(Object.fromEntries(hung.to.searchParams)).toMatchObject({ error: "provider_unavailable", state: "xyz" });
    await leave();
  });

  it("a provider that floods is cut off, and memory stays flat", async () => {
    const residentMegabytes = () =>
      Number(execFileSync("ps", ["-o", "rss=", "-p", String(server.child.pid)], { encoding: "utf8" })) / 1024;
    const before = residentMegabytes();
    for (let times = 0; times < 10; times++) {
      const start = `${server.url}/api/auth/github/${tenant.app_id}?redirect_uri=${site.url}/signed-in`;
      const page = await fetch(start, { redirect: "manual" });
      const cookie = page.headers.getSetCookie()[0]?.split(";")[0] ?? "";
      const { origin, pathname, searchParams } = new URL(page.headers.get("location") ?? "");
      const form = new URLSearchParams([...searchParams, ["login", "bob"], ["fault", "user:large"]]);
      const chosen = await fetch(`${origin}${pathname}`, { method: "POST", body: form, redirect: "manual" });
      const back = await fetch(chosen.headers.get("location") ?? "", { headers: { cookie }, redirect: "manual" });
      expect(back.headers.get("location")).toContain("error=provider_error");
    }
    expect(residentMegabytes() - before).toBeLessThan(100);
  });
});

describe("an OpenID issuer: another App of Foyer", () => {
  it("signs up there, consents, and comes back with a JWT of the first", async () => {
    const callback = `${server.url}/api/auth/callback/acme/${tenant.app_id}`;
    const client = await foyer(
      server.environment,
      ...["clients", "create", "--app", acme.app_id, "--name", "Photo Blog", "--redirect-uri", callback],
    );
    const connection = await foyer(
      server.environment,
      ...["social", "set", "--app", tenant.app_id, "--provider", "oidc", "--connection", "acme", "--name", "Acme"],
      ...["--issuer", acme.issuer, "--client-id", client.client_id, "--client-secret", client.client_secret],
      ...["--redirect-uri", `${site.url}/signed-in`],
    );
    expect(connection.callback_url).toBe(callback);
    const { page, leave } = await openBrowser(server, { javaScriptEnabled: false });
    const email = newEmail();
    await page.goto(`${site.url}/?app=${tenant.app_id}`);
    await page.getByRole("link", { name: "acme" }).click();
    await page.getByRole("link", { name: "Create an account" }).click();
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    const to = await arrived(page);
    const token = to.searchParams.get("token") ?? expect.fail(`no token in ${to}`);
    expect((await verified(tenant, token)).iss).toBe(tenant.issuer);
    expect(await whoIs(token)).toMatchObject({ email, email_verified: false });
    // And again: signed in there, and asked once more only because the callback is a loopback address here.
    await page.goto(`${site.url}/?app=${tenant.app_id}`);
    await page.getByRole("link", { name: "acme" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    const again = (await arrived(page)).searchParams.get("token");
    expect((await verified(tenant, again)).sub).toBe((await verified(tenant, token)).sub);
    await leave();
  }, 120_000);
});

describe("the hosted pages", () => {
  it("sign in with a button, link another account and unlink it, without JavaScript", async () => {
    await setGitHub(tenant);
    const { page, leave } = await openBrowser(server, { javaScriptEnabled: false });
    const email = newEmail();
    await page.goto(`/o/${tenant.app_id}/account/start`);
    await page.getByRole("link", { name: "Create an account" }).click();
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("button", { name: "Link GitHub" }).click();
    await page.getByRole("button", { name: "Erin Hush" }).click();
    await page.getByText("Your GitHub account is linked").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Continue with GitHub" }).click();
    await page.getByRole("button", { name: "Erin Hush" }).click();
    await page.waitForURL("**/account");
    expect(await page.locator("main").innerText()).toContain(email);
    await page.getByRole("button", { name: "Unlink GitHub" }).click();
    await page.getByText("no longer linked").waitFor();
    await leave();
  }, 120_000);

  it("say on the sign-in page what to do when an address is somebody's already", async () => {
    await fetch(`${server.url}/api/auth/credentials/signup/${tenant.app_id}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${tenant.api_key}`, "Content-Type": "application/json" },
      body: JSON.stringify({ email: "dave@example.com", password: PASSWORD }),
    });
    const { page, leave } = await openBrowser(server);
    await page.goto(`/o/${tenant.app_id}/account/start`);
    await page.getByRole("button", { name: "Continue with GitHub" }).click();
    await page.getByRole("button", { name: "dave@example.com" }).click();
    await page.getByRole("alert").getByText("then link GitHub on your account page").waitFor();
    await leave();
  });

  it.each(["light", "dark"] as const)("have no violation that axe can find (%s)", async (colorScheme) => {
    const { page, leave } = await openBrowser(server, { colorScheme });
    await page.goto(`/o/${tenant.app_id}/account/start`);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole("button", { name: "Continue with GitHub" }).click();
    await page.getByRole("button", { name: "Bob Builder" }).click();
    await page.waitForURL("**/account");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await leave();
  });
});

describe("the dashboard", () => {
  it("makes a connection, tests it with the real flow, and deletes it", async () => {
    const { page, complaints, leave } = await signUpDeveloper(server);
    const { id: app } = await createAppInBrowser(page, "Photo Blog");
    await page.goto(`/dashboard/apps/${app}/connections`);
    await page.getByText("No connection yet").waitFor();
    await page.getByRole("link", { name: "Add GitHub" }).click();
    await page.getByText(`${server.url}/api/auth/callback/github/${app}`).waitFor();
    await page.getByLabel("Client id").fill("the-client");
    await page.getByLabel("Client secret").fill("wrong");
    await page.getByLabel("Return URLs").fill("javascript:alert(1)");
    await page.getByText("Name on the button, scopes").click();
    await page.getByLabel("Authorization endpoint").fill(`${github.url}/login/oauth/authorize`);
    await page.getByLabel("Token endpoint").fill(`${github.url}/login/oauth/access_token`);
    await page.getByLabel("API", { exact: true }).fill(github.url);
    await page.getByRole("button", { name: "Add GitHub" }).click();
    await page.getByText("must be an absolute URL").waitFor();
    // A secret is never sent back to the page.
    expect(await page.getByLabel("Client secret").inputValue()).toBe("");
    await page.getByLabel("Return URLs").fill(`${site.url}/signed-in`);
    await page.getByLabel("Client secret").fill("wrong");
    await page.getByRole("button", { name: "Add GitHub" }).click();
    await page.waitForURL("**/connections/github");

    const test = async (name: string) => {
      await page.getByRole("button", { name }).click();
      await page.getByRole("button", { name: "Bob Builder" }).click();
      await page.waitForURL("**/test?result=*");
    };
    await test("Test this connection");
    await page.getByRole("heading", { name: "It does not work yet" }).waitFor();
    await page.getByText("Compare client id and client secret").waitFor();
    await page.getByRole("link", { name: "Back to the connection" }).click();
    await page.getByLabel("Client secret").fill("the-secret");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The connection is saved", { exact: true }).waitFor();
    await test("Test this connection");
    await page.getByRole("heading", { name: "It works" }).waitFor();
    await page.getByText("They would become a new user.").waitFor();
    await page.getByText("bob@example.com").waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const result = page.url();
    await page.goto(`/dashboard/apps/${app}/users`);
    expect(await page.locator("main").innerText()).not.toContain("bob@example.com");

    // Another developer sees neither the result nor the connection.
    const stranger = await signUpDeveloper(server);
    expect((await stranger.page.goto(result))?.status()).toBe(404);
    await stranger.leave();

    for (const path of ["connections", "connections/github", "connections/new/oidc"]) {
      await page.goto(`/dashboard/apps/${app}/${path}`);
      expect((await new AxeBuilder({ page }).analyze()).violations, path).toEqual([]);
    }
    await page.goto(`/dashboard/apps/${app}/connections/github`);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete connection" }).click();
    await page.getByText("No connection yet").waitFor();
    // The stand-in has no icon.
    expect(complaints.filter((line) => !line.includes("404"))).toEqual([]);
    await leave();
  }, 120_000);
});
