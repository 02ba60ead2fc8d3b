/** Social sign-in: with GitHub, or with an account at another app of Foyer as an OpenID provider. */
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRemoteJWKSet, jwtVerify } from "jose";
import type { Page } from "playwright/test";
import { type GitHubStandIn, startGitHub } from "@/examples/github-stand-in/server.mjs";
import { backend, manage, signUp, type TestApp } from "../support/app";
import { onCleanup } from "../support/cleanup";
import { foyer } from "../support/cli";
import { expect, test } from "../support/fixtures";
import { fillCredentials, submitSignUp } from "../support/hosted";
import { chooseTheme, findViolations, findViolationsOn, THEMES } from "../support/page-checks";
import { newEmail } from "../support/people";

let github: GitHubStandIn;
let site: Site;
test.beforeAll(async ({ server }) => {
  [github, site] = await Promise.all([startGitHub({ clients: { "the-client": "the-secret" } }), startSite(server.url)]);
});
test.afterAll(() => github.close());

/** The site of an app: a page with a link for each connection, and a return URL. */
interface Site {
  url: string;
  returnUrl: string;
  /** The requests to the return URL. */
  returns: URL[];
}

async function startSite(foyerUrl: string): Promise<Site> {
  const returns: URL[] = [];
  const web = createServer((request, response) => {
    const url = new URL(request.url ?? "/", site.url);
    if (url.pathname === "/signed-in") returns.push(url);
    const query = new URLSearchParams({ redirect_uri: `${site.url}/signed-in`, state: "xyz" });
    const start = (name: string) => `${foyerUrl}/api/auth/${name}/${url.searchParams.get("app")}?${query}`;
    const links = ["github", "acme"].map((name) => `<a href="${start(name).replaceAll("&", "&amp;")}">${name}</a>`);
    response
      .setHeader("content-type", "text/html")
      .end(`<title>Blog</title><h1>${url.pathname === "/" ? "Welcome" : "Hello again"}</h1>${links.join(" ")}`);
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  onCleanup(() => {
    web.closeAllConnections();
    web.close();
  });
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const site = { url, returnUrl: `${url}/signed-in`, returns };
  return site;
}

/** Connects the app with the GitHub stand-in. */
async function connectGitHub(app: TestApp, more: Record<string, unknown> = {}) {
  return manage(app, "POST", "/connections", {
    ...{ provider: "github", client_id: "the-client", client_secret: "the-secret", redirect_uris: [site.returnUrl] },
    authorization_url: `${github.url}/login/oauth/authorize`,
    ...{ token_url: `${github.url}/login/oauth/access_token`, api_url: github.url, ...more },
  });
}

/** Waits until the browser is back at the site. → the URL with which it returned */
async function returned(page: Page): Promise<URL> {
  await expect(page.getByRole("heading", { name: "Hello again" })).toBeVisible();
  const url = site.returns.pop();
  if (!url) throw new Error("The browser did not return to the site.");
  return url;
}

async function verify(app: TestApp, token: string | null) {
  const keys = createRemoteJWKSet(new URL(`${app.issuer}/jwks`));
  const expected = { issuer: app.issuer, audience: app.id, typ: "at+jwt" };
  return (await jwtVerify(token ?? "", keys, expected)).payload;
}

async function profileOf(app: TestApp, token: string) {
  const headers = { Authorization: `Bearer ${token}` };
  return (await fetch(new URL("/api/me", app.issuer), { headers })).json();
}

test.describe("GitHub, from a page of the app", () => {
  test("returns a verifiable JWT with the caller's state", async ({ openBrowser, app, server }) => {
    const connection = await foyer(
      server.environment,
      ...["social", "set", "--app", app.id, "--provider", "github"],
      ...["--client-id", "the-client", "--client-secret", "the-secret", "--redirect-uri", site.returnUrl],
      ...["--authorize-url", `${github.url}/login/oauth/authorize`],
      ...["--token-url", `${github.url}/login/oauth/access_token`, "--api-url", github.url],
    );
    expect(connection).toMatchObject({
      callback_url: `${server.url}/api/auth/callback/github/${app.id}`,
      has_secret: true,
      delivery: "query",
    });
    const { page } = await openBrowser({ javaScriptEnabled: false });
    await page.goto(`${site.url}/?app=${app.id}`);
    await page.getByRole("link", { name: "github" }).click();
    await page.getByRole("button", { name: "Carol Danvers" }).click();
    const { searchParams } = await returned(page);
    expect(searchParams.get("state")).toBe("xyz");
    const token = searchParams.get("token") ?? "";
    const { sub } = await verify(app, token);
    expect(await profileOf(app, token)).toMatchObject({ sub, email: "carol@example.com", email_verified: true });
  });

  test("returns a code that the app's backend redeems once", async ({ openBrowser, app }) => {
    await connectGitHub(app, { delivery: "code" });
    const { page } = await openBrowser();
    await page.goto(`${site.url}/?app=${app.id}`);
    await page.getByRole("link", { name: "github" }).click();
    await page.getByRole("button", { name: "Bob Builder" }).click();
    const { searchParams } = await returned(page);
    expect([...searchParams.keys()].sort()).toEqual(["code", "state"]);
    const exchange = () => backend(app, `/api/auth/exchange/${app.id}`, { body: { code: searchParams.get("code") } });
    const response = await exchange();
    expect(response.status).toBe(200);
    const session = await response.json();
    expect((await verify(app, session.token)).sub).toBe(session.user.id);
    expect(session).toMatchObject({ user: { email: "bob@example.com", email_verified: true }, expires_in: 900 });
    expect((await exchange()).status).toBe(400);
  });

  test("returns an error when the user cancels, and within 10 s when the provider hangs", async ({
    openBrowser,
    app,
  }) => {
    await connectGitHub(app);
    const { page } = await openBrowser();
    const choose = async (fault: string, button: string) => {
      await page.goto(`${site.url}/?app=${app.id}`);
      await page.getByRole("link", { name: "github" }).click();
      if (fault) await page.getByLabel("What goes wrong").selectOption(fault);
      const started = performance.now();
      await page.getByRole("button", { name: button }).click();
      return { url: await returned(page), ms: performance.now() - started };
    };
    const cancelled = await choose("", "Cancel");
    expect(cancelled.url.searchParams.get("error")).toBe("access_denied");
    const hung = await choose("user:hang", "Bob Builder");
    expect(hung.ms).toBeLessThan(10_000);
    expect(Object.fromEntries(hung.url.searchParams)).toMatchObject({ error: "provider_unavailable", state: "xyz" });
  });

  test("a provider's endless response is cut off without using memory", async ({ server, app }) => {
    await connectGitHub(app);
    const residentMegabytes = () =>
      Number(execFileSync("ps", ["-o", "rss=", "-p", String(server.child.pid)], { encoding: "utf8" })) / 1024;
    const before = residentMegabytes();
    for (let times = 0; times < 10; times++) {
      const start = `${server.url}/api/auth/github/${app.id}?redirect_uri=${site.returnUrl}`;
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

test("an app of Foyer is an OpenID provider for another app", async ({ openBrowser, app, createApp, server }) => {
  test.setTimeout(120_000);
  const acme = await createApp("Acme");
  const callback = `${server.url}/api/auth/callback/acme/${app.id}`;
  const client = await manage(acme, "POST", "/clients", { client_name: "Photo Blog", redirect_uris: [callback] });
  const connection = await manage(app, "POST", "/connections", {
    ...{ provider: "oidc", connection: "acme", display_name: "Acme", issuer: acme.issuer },
    ...{ client_id: client.client_id, client_secret: client.client_secret, redirect_uris: [site.returnUrl] },
  });
  expect(connection.callback_url).toBe(callback);
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const email = newEmail();
  await page.goto(`${site.url}/?app=${app.id}`);
  await page.getByRole("link", { name: "acme" }).click();
  await page.getByRole("link", { name: "Create an account" }).click();
  await fillCredentials(page, email);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: "Allow" }).click();
  const token = (await returned(page)).searchParams.get("token") ?? "";
  expect((await verify(app, token)).iss).toBe(app.issuer);
  expect(await profileOf(app, token)).toMatchObject({ email, email_verified: false });
  // The user is signed in at Acme now and has consented.
  await page.goto(`${site.url}/?app=${app.id}`);
  await page.getByRole("link", { name: "acme" }).click();
  const again = (await returned(page)).searchParams.get("token");
  expect((await verify(app, again)).sub).toBe((await verify(app, token)).sub);
});

test.describe("the hosted pages", () => {
  test("link an account, sign in with it, and unlink it, without JavaScript", async ({ openBrowser, app }) => {
    test.setTimeout(120_000);
    await connectGitHub(app);
    const { page } = await openBrowser({ javaScriptEnabled: false });
    const email = newEmail();
    await submitSignUp(page, app, email);
    await page.getByRole("button", { name: "Link GitHub" }).click();
    await page.getByRole("button", { name: "Erin Hush" }).click();
    await expect(page.getByText("Your GitHub account was linked.")).toBeVisible();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Continue with GitHub" }).click();
    await page.getByRole("button", { name: "Erin Hush" }).click();
    await page.waitForURL("**/account");
    await expect(page.locator("main")).toContainText(email);
    await page.getByRole("button", { name: "Unlink GitHub" }).click();
    await expect(page.getByText("The account was unlinked.")).toBeVisible();
  });

  test("explain how to link GitHub when the email address already has an account", async ({ openBrowser, app }) => {
    await connectGitHub(app);
    await signUp(app, "dave@example.com");
    const { page } = await openBrowser();
    await page.goto(`/o/${app.id}/account/start`);
    await page.getByRole("button", { name: "Continue with GitHub" }).click();
    await page.getByRole("button", { name: "dave@example.com" }).click();
    await expect(page.getByRole("alert").getByText("then link GitHub on your account page")).toBeVisible();
  });

  test("have no accessibility violation with social sign-in, in either theme", async ({ openBrowser, app }) => {
    await connectGitHub(app);
    const { page } = await openBrowser({ reducedMotion: "reduce" });
    const expectNone = async () => {
      for (const colorScheme of THEMES) {
        await chooseTheme(page, colorScheme);
        expect(await findViolations(page), colorScheme).toEqual([]);
      }
    };
    await page.goto(`/o/${app.id}/account/start`);
    await expectNone();
    await page.getByRole("button", { name: "Continue with GitHub" }).click();
    await page.getByRole("button", { name: "Bob Builder" }).click();
    await page.waitForURL("**/account");
    await expectNone();
  });
});

test("the dashboard creates a connection, tests it with a real sign-in, and deletes it", async ({
  developer,
  openDashboard,
  server,
}) => {
  test.setTimeout(120_000);
  const { page, consoleErrors } = developer;
  const { id: app } = await developer.createApp();
  await page.goto(`/dashboard/apps/${app}/connections`);
  await expect(page.getByText("No connections yet")).toBeVisible();
  await page.getByRole("link", { name: "Add GitHub" }).click();
  await expect(page.getByText(`${server.url}/api/auth/callback/github/${app}`)).toBeVisible();
  await page.getByLabel("Client ID").fill("the-client");
  await page.getByLabel("Client secret").fill("wrong");
  await page.getByLabel("Return URLs").fill("javascript:alert(1)");
  await page.getByText("Name on the button, scopes").click();
  await page.getByLabel("Authorization endpoint").fill(`${github.url}/login/oauth/authorize`);
  await page.getByLabel("Token endpoint").fill(`${github.url}/login/oauth/access_token`);
  await page.getByLabel("API", { exact: true }).fill(github.url);
  await page.getByRole("button", { name: "Add GitHub" }).click();
  await expect(page.getByText("must be an absolute URL")).toBeVisible();
  // A secret is never sent back to the page.
  await expect(page.getByLabel("Client secret")).toHaveValue("");
  await page.getByLabel("Return URLs").fill(site.returnUrl);
  await page.getByLabel("Client secret").fill("wrong");
  await page.getByRole("button", { name: "Add GitHub" }).click();
  await page.waitForURL("**/connections/github");

  const testConnection = async () => {
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByRole("button", { name: "Bob Builder" }).click();
    await page.waitForURL("**/test?result=*");
  };
  await testConnection();
  await expect(page.getByRole("heading", { name: "The connection doesn’t work yet" })).toBeVisible();
  await expect(page.getByText("Compare client ID and client secret")).toBeVisible();
  await page.getByRole("link", { name: "Back to connection" }).click();
  await page.getByLabel("Client secret").fill("the-secret");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Connection saved", { exact: true })).toBeVisible();
  await testConnection();
  await expect(page.getByRole("heading", { name: "The connection works" })).toBeVisible();
  await expect(page.getByText("A sign-in would create a new user.")).toBeVisible();
  await expect(page.getByText("bob@example.com")).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  const result = page.url();
  await page.goto(`/dashboard/apps/${app}/users`);
  await expect(page.locator("main")).not.toContainText("bob@example.com");

  // Another developer does not see the result.
  const mallory = await openDashboard();
  expect((await mallory.page.goto(result))?.status()).toBe(404);

  const paths = ["connections", "connections/github", "connections/new/oidc"];
  expect(
    await findViolationsOn(
      page,
      paths.map((path) => `/dashboard/apps/${app}/${path}`),
    ),
  ).toEqual([]);
  await page.goto(`/dashboard/apps/${app}/connections/github`);
  await page.getByRole("button", { name: "Delete connection" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete connection" }).click();
  await expect(page.getByText("No connections yet")).toBeVisible();
  // The stand-in has no icon.
  expect(consoleErrors.filter((line) => !line.includes("404"))).toEqual([]);
});
