/** The examples that the README names, unchanged: a blog, a third party with its own client library, and a GitHub stand-in. */
import type { Page } from "playwright/test";
import { manage, signUp, type TestApp } from "../support/app";
import { expect, lastMailTo, test } from "../support/fixtures";
import { signInAt } from "../support/hosted";
import { newEmail, PASSWORD } from "../support/people";
import { freePort, ROOT, runNode, until } from "../support/server";

let app: TestApp;
let blog: string;
let prints: string;

async function startExample(name: string, ready: string, env: Record<string, string>): Promise<void> {
  const program = runNode([`${ROOT}/examples/${name}/server.mjs`], { PATH: process.env.PATH, ...env });
  await until(`${name} starts`, () => program.output().includes(ready));
}

test.beforeAll(async ({ createApp, server }) => {
  const ports = [await freePort(), await freePort(), await freePort()].map(String);
  // Not localhost, as Foyer: cookies ignore ports.
  const [blogUrl = "", printsUrl = "", gitHub = ""] = ports.map((port) => `http://127.0.0.1:${port}`);
  [blog, prints] = [blogUrl, printsUrl];
  app = await createApp();
  const back = `${blog}/signed-in`;
  await manage(app, "PATCH", "", { settings: { return_urls: [back], delivery: "code" } });
  await manage(app, "POST", "/connections", {
    ...{ provider: "github", client_id: "blog", client_secret: "secret", redirect_uris: [back], delivery: "code" },
    authorization_url: `${gitHub}/login/oauth/authorize`,
    ...{ token_url: `${gitHub}/login/oauth/access_token`, api_url: gitHub },
  });
  await manage(app, "POST", "/scopes", { name: "photos:read", description: "See your photos" });
  const client = await manage(app, "POST", "/clients", {
    client_name: "SuperPhotoPrints",
    redirect_uris: [`${prints}/callback`],
    scopes: ["openid", "profile", "email", "offline_access", "photos:read"],
  });
  const [blogPort = "", printsPort = "", gitHubPort = ""] = ports;
  const key = { FOYER_APP_ID: app.id, FOYER_API_KEY: app.apiKey };
  const secret = { CLIENT_ID: client.client_id, CLIENT_SECRET: client.client_secret, ISSUER: app.issuer };
  await Promise.all([
    startExample("github-stand-in", "stand-in", { PORT: gitHubPort }),
    startExample("blog", "blog is at", { FOYER_URL: server.url, BLOG_URL: blog, PORT: blogPort, ...key }),
    startExample("photo-prints", "SuperPhotoPrints is at", {
      ...{ PHOTOS_URL: `${blog}/api/photos`, PRINTS_URL: prints, PORT: printsPort },
      ...secret,
    }),
  ]);
});

/** Fills in the form that has this button. */
async function submit(page: Page, button: string, email: string, password?: string): Promise<void> {
  const form = page.locator("form", { has: page.getByRole("button", { name: button }) });
  await form.getByLabel("Email").fill(email);
  if (password) await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: button }).click();
}

const expectSignedIn = (page: Page) => expect(page.getByText("You’re signed in as")).toBeVisible();

test.describe("the blog", () => {
  test("signs Bob up, shows him a private page, signs him out and in again", async ({ openBrowser }) => {
    const { page } = await openBrowser();
    const email = newEmail();
    await page.goto(blog);
    await submit(page, "Sign up", email, PASSWORD);
    await expectSignedIn(page);
    await page.getByRole("link", { name: "Readers-only page" }).click();
    await expect(page.getByText("Welcome.")).toBeVisible();
    await page.goto(blog);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.goto(`${blog}/private`);
    await expect(page.getByText("Welcome back")).toBeVisible();
    await submit(page, "Sign in", email, "not the password");
    await expect(page.getByRole("alert").getByText("wrong")).toBeVisible();
    await submit(page, "Sign in", email, PASSWORD);
    await expectSignedIn(page);
  });

  test("signs in by magic link", async ({ openBrowser }) => {
    const { page } = await openBrowser();
    const email = newEmail();
    await page.goto(blog);
    await submit(page, "Email me a link", email);
    await expect(page.getByRole("alert").getByText("Check your email")).toBeVisible();
    await page.goto((await lastMailTo(email)).link);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(`${blog}/`);
    await expectSignedIn(page);
  });

  test("signs in with GitHub", async ({ openBrowser }) => {
    const { page } = await openBrowser();
    await page.goto(blog);
    await page.getByRole("link", { name: "Sign in with GitHub" }).click();
    await page.getByRole("button", { name: /Carol/ }).click();
    await page.waitForURL(`${blog}/`);
    await expectSignedIn(page);
  });

  test("works under localhost too, where its cookies wouldn't be sent back", async ({ openBrowser }) => {
    const { page } = await openBrowser();
    await page.goto(blog.replace("127.0.0.1", "localhost"));
    expect(page.url()).toBe(`${blog}/`);
    const foreign = await fetch(`${blog}//evil.example/x`, { headers: { Host: "localhost" }, redirect: "manual" });
    expect(foreign.headers.get("location") ?? blog).toContain(blog);
  });

  test("tells readers what they can correct, and nothing for its operator", async ({ openBrowser, server }) => {
    const port = await freePort();
    const other = `http://127.0.0.1:${port}`;
    const env = { FOYER_URL: server.url, BLOG_URL: other, FOYER_APP_ID: app.id, FOYER_API_KEY: app.apiKey };
    await startExample("blog", "blog is at", env);
    const { page } = await openBrowser();
    await page.goto(other);
    // Its return URL isn't registered.
    await submit(page, "Email me a link", newEmail());
    await expect(page.getByRole("alert")).toHaveText("That isn’t possible right now. Please try again later.");
    await page.getByRole("link", { name: "Sign in with GitHub" }).click();
    await expect(page.getByRole("alert")).toHaveText("That isn’t possible right now. Please try again later.");
    expect(page.url()).toContain(other);
    await submit(page, "Sign up", newEmail(), "short");
    await expect(page.getByRole("alert")).toContainText("at least 8");
    const email = newEmail();
    await submit(page, "Sign up", email, PASSWORD);
    await expect(page.getByText(`You’re signed in as ${email}`)).toBeVisible();
    expect(await page.content()).not.toMatch(/usr_|foyer --/);
  });

  test("rejects requests for photos without a token for them", async () => {
    const direct = (await (await signUp(app, newEmail())).json()).token;
    for (const token of ["", "nonsense", direct]) {
      const response = await fetch(`${blog}/api/photos`, { headers: { Authorization: `Bearer ${token}` } });
      expect(response.status).toBe(401);
    }
  });
});

test("SuperPhotoPrints connects with consent, survives a denial, and notices when Bob disconnects it", async ({
  openBrowser,
  server,
}) => {
  const { page } = await openBrowser();
  const email = newEmail();
  const imported = () => expect(page.getByText("4 photos imported")).toBeVisible();
  expect((await signUp(app, email)).status).toBe(201);
  await page.goto(prints);
  await page.getByRole("link", { name: "Connect the Photo Blog" }).click();
  await signInAt(page, app, email);
  await expect(page.getByText("See your photos")).toBeVisible();
  await page.locator('button[name="decision"][value="deny"]').click();
  await page.getByRole("link", { name: /^Connect/ }).click();
  await page.locator('button[name="decision"][value="allow"]').click();
  await imported();
  await expect(page.getByText("Harbor at dawn")).toBeVisible();
  // The shop revokes its tokens but the consent stays.
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("link", { name: /^Connect/ }).click();
  await imported();
  await page.goto(`${server.url}/o/${app.id}/account`);
  await page.getByRole("button", { name: /Disconnect/ }).click();
  await expect(page.getByText("The app was disconnected.")).toBeVisible();
  await page.goto(prints);
  await expect(page.getByText("You’re disconnected")).toBeVisible();
});
