/** The hosted account page: password, data export, linked accounts, sessions, account deletion. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { type GitHubStandIn, startGitHub } from "@/examples/github-stand-in/server.mjs";
import { backend, isLive, type Json, logIn, manage, signUp, type TestApp } from "../support/app";
import { query } from "../support/database";
import { expect, lastMailTo, test } from "../support/fixtures";
import { formTo, isSignedIn, requestMagicLink, signInAt, signUpAt } from "../support/hosted";
import { NEW_PASSWORD, newEmail, PASSWORD } from "../support/people";
import { startSite } from "../support/relying-party";
import { connectByOpenidClient } from "../support/relying-party-openid-client";
import type { Server } from "../support/server";

let github: GitHubStandIn;
test.beforeAll(async () => {
  github = await startGitHub({ clients: { "the-client": "the-secret" } });
});
test.afterAll(() => github.close());

async function refresh(app: TestApp, token: string): Promise<number> {
  const response = await fetch(new URL(`/api/auth/refresh/${app.id}`, app.issuer), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh_token: token }),
  });
  return response.status;
}

for (const javaScriptEnabled of [true, false])
  test.describe(`the account page ${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test("changes the password, signs the user out everywhere else, and sends an email", async ({
      openBrowser,
      app,
    }) => {
      const [{ page }, phone] = [await openBrowser({ javaScriptEnabled }), await openBrowser({ javaScriptEnabled })];
      const email = await signUpAt(page, app);
      await signInAt(phone.page, app, email);
      await phone.page.waitForURL("**/account");
      const { token, refresh_token: refreshToken } = await (await logIn(app, email)).json();

      const change = async (current: string, wanted: string) => {
        const form = formTo(page, "account/password");
        await form.getByLabel("Current password").fill(current);
        await form.getByLabel("New password").fill(wanted);
        await form.getByRole("button", { name: "Change password" }).click();
      };
      await change("not the password", NEW_PASSWORD);
      await expect(page.getByText("is not your current password")).toBeVisible();
      await change(PASSWORD, "12345");
      await expect(page.getByText("Fix the errors below")).toBeVisible();
      expect(await isLive(app, token)).toBe(true);
      await change(PASSWORD, NEW_PASSWORD);
      await expect(page.getByRole("status").getByText("Your password was changed")).toBeVisible();

      expect(await isSignedIn(page, app)).toBe(true);
      expect(await isSignedIn(phone.page, app)).toBe(false);
      expect([await isLive(app, token), await refresh(app, refreshToken)]).toEqual([false, 401]);
      expect((await logIn(app, email)).status).toBe(401);
      const { subject, link } = await lastMailTo(email);
      expect(subject).toContain("was changed");
      // The link for users who did not change it opens the password reset.
      await phone.page.goto(link);
      await expect(phone.page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
    });

    test("exports the user's data as a file without secrets", async ({ openBrowser, app }) => {
      const { page } = await openBrowser({ javaScriptEnabled });
      const email = await signUpAt(page, app);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Download my data" }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^app_\w+-usr_\w+\.json$/);
      const text = await readFile(await download.path(), "utf8");
      const { profile, sessions, events } = JSON.parse(text);
      expect(profile).toMatchObject({ email, email_verified: false });
      expect(sessions).toHaveLength(1);
      expect(events.map(({ type }: Json) => type)).toContain("user.signed_up");
      expect(text).not.toMatch(/\$2[aby]\$|hash|salt/i);
    });
  });

/** The tables with rows that contain the user's ID or email address. → table: number of rows */
async function rowsAbout(server: Server, userId: string, email: string): Promise<Record<string, number>> {
  const tables = await query(
    server,
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const sql = `SELECT count(*)::int AS count FROM "${name}" t WHERE row_to_json(t)::text LIKE ANY($1)`;
    const [{ count }] = await query(server, sql, [[`%${userId}%`, `%${email}%`]]);
    if (count > 0) found[name] = count;
  }
  return found;
}

/** The user connects a third-party application. → its tokens, and the connection */
async function connectThirdParty(page: Page, app: TestApp, email: string) {
  const site = await startSite();
  const { redirectUri, goodbyeUri } = site;
  const client = { client_name: "SuperPhotoPrints", redirect_uris: [redirectUri] };
  const { client_id: clientId, client_secret: clientSecret } = await manage(app, "POST", "/clients", client);
  const registration = { issuer: app.issuer, clientId, clientSecret, redirectUri, goodbyeUri };
  const connection = await connectByOpenidClient(registration);
  site.connection = connection;
  await page.goto(`${site.url}/login`);
  if (page.url().includes("/signin?")) await signInAt(page, app, email);
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByRole("heading", { name: "Signed in" })).toBeVisible();
  if (!site.tokens) throw new Error(`The site got no tokens: ${site.error}`);
  return { tokens: site.tokens, connection };
}

test.describe("deleting the account", () => {
  test("asks for the password, deletes everything about the user, and revokes every token", async ({
    openBrowser,
    app,
    server,
  }) => {
    test.setTimeout(120_000);
    const options = { javaScriptEnabled: false };
    const [{ page }, phone] = [await openBrowser(options), await openBrowser(options)];
    const email = await signUpAt(page, app);
    await signInAt(phone.page, app, email);
    await phone.page.waitForURL("**/account");
    const { tokens, connection } = await connectThirdParty(page, app, email);
    const direct = await (await logIn(app, email)).json();
    const userId: string = direct.user.id;
    await backend(app, `/api/auth/password/forgot/${app.id}`, { body: { email } });
    const { link } = await lastMailTo(email);

    await page.goto(`/o/${app.id}/account`);
    await page.getByRole("link", { name: "Delete my account" }).click();
    await expect(page.getByRole("heading", { name: "Delete your account" })).toBeVisible();
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page.getByText("The password is not your current password")).toBeVisible();
    expect(await isLive(app, direct.token)).toBe(true);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page.getByRole("heading", { name: "Your account was deleted" })).toBeVisible();

    expect([await isSignedIn(page, app), await isSignedIn(phone.page, app)]).toEqual([false, false]);
    expect([await isLive(app, direct.token), await isLive(app, tokens.accessToken)]).toEqual([false, false]);
    expect(await refresh(app, direct.refresh_token)).toBe(401);
    await expect(connection.refresh(tokens)).rejects.toThrow();
    expect(await connection.introspect(tokens.accessToken)).toEqual({ active: false });
    expect((await logIn(app, email)).status).toBe(401);
    expect((await backend(app, `/api/v1/apps/${app.id}/users/${userId}`)).status).toBe(404);
    expect((await page.goto(link))?.status()).toBe(400);
    // The events stay until the retention period of the app is over. They contain the ID, and no email address.
    expect(Object.keys(await rowsAbout(server, userId, email))).toEqual(["AuditEvent"]);
    expect(await rowsAbout(server, email, email)).toEqual({});

    // A later sign-up with the same email address is a new user.
    await signUpAt(page, app, email);
    expect((await (await logIn(app, email)).json()).user.id).not.toBe(userId);
  });

  test("without a password, requires a recent sign-in", async ({ openBrowser, app, server }) => {
    const { page } = await openBrowser({ javaScriptEnabled: false });
    const email = newEmail();
    const signInByLink = async () => {
      await requestMagicLink(page, email);
      await page.goto((await lastMailTo(email)).link);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
    };
    await page.goto(`/o/${app.id}/account/start`);
    await signInByLink();
    await page.waitForURL("**/account");
    await query(
      server,
      `UPDATE "Session" s SET "authTime" = now() - interval '6 minutes' FROM "User" u
       WHERE u."appId" = s."appId" AND u."id" = s."userId" AND u."email" = $1`,
      [email],
    );
    await page.goto(`/o/${app.id}/account/delete`);
    await expect(page.getByRole("link", { name: "Sign in again" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Delete my account" })).toHaveCount(0);
    await page.getByRole("link", { name: "Sign in again" }).click();
    await signInByLink();
    await page.waitForURL("**/account/delete");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page.getByRole("heading", { name: "Your account was deleted" })).toBeVisible();
  });
});

test("the only sign-in method cannot be unlinked, not even by a form that was open before", async ({
  openBrowser,
  app,
}) => {
  test.setTimeout(120_000);
  await manage(app, "POST", "/connections", {
    ...{ provider: "github", client_id: "the-client", client_secret: "the-secret" },
    ...{ redirect_uris: ["https://blog.example.com/in"], api_url: github.url },
    authorization_url: `${github.url}/login/oauth/authorize`,
    token_url: `${github.url}/login/oauth/access_token`,
  });
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const unlink = page.getByRole("button", { name: "Unlink GitHub" });
  await page.goto(`/o/${app.id}/account/start`);
  await page.getByRole("button", { name: "Continue with GitHub" }).click();
  await page.getByRole("button", { name: "Carol Danvers" }).click();
  await page.waitForURL("**/account");
  // The form opens while magic links are still enabled.
  await expect(unlink).toBeVisible();
  await manage(app, "PATCH", "", { settings: { methods: { magic_link: false } } });
  await unlink.click();
  await expect(page.getByRole("alert").getByText("This is your only sign-in method")).toBeVisible();
  await expect(page.getByText("Your only sign-in method", { exact: true })).toBeVisible();
  await expect(unlink).toHaveCount(0);

  await formTo(page, "account/password").getByLabel("New password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("status").getByText("Your password was changed")).toBeVisible();
  await unlink.click();
  await expect(page.getByRole("status").getByText("The account was unlinked.")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await signInAt(page, app, "carol@example.com", NEW_PASSWORD);
  await page.waitForURL("**/account");
});

test.describe("the list of sessions", () => {
  test("ends one session, then all others, and keeps the current one", async ({ openBrowser, app }) => {
    const options = { javaScriptEnabled: false };
    const [{ page }, phone] = [await openBrowser(options), await openBrowser(options)];
    const email = await signUpAt(page, app);
    await signInAt(phone.page, app, email);
    await phone.page.waitForURL("**/account");
    await page.reload();
    await page.getByRole("button", { name: /^Sign out: / }).click();
    await expect(page.getByRole("status").getByText("The session was signed out.")).toBeVisible();
    expect(await isSignedIn(phone.page, app)).toBe(false);
    const [first, second] = [await logIn(app, email), await logIn(app, email)];
    const tokens = [(await first.json()).token, (await second.json()).token];
    await page.reload();
    await page.getByRole("button", { name: "Sign out all other sessions" }).click();
    await expect(page.getByRole("status")).toBeVisible();
    expect(await Promise.all(tokens.map((token) => isLive(app, token)))).toEqual([false, false]);
    expect(await isSignedIn(page, app)).toBe(true);
  });

  test("does not show the sessions of a user with the same email address in another app", async ({
    openBrowser,
    app,
    createApp,
  }) => {
    const other = await createApp();
    const { page } = await openBrowser({ javaScriptEnabled: false });
    const email = await signUpAt(page, app);
    expect((await signUp(other, email)).status).toBe(201);
    expect(await isSignedIn(page, other)).toBe(false);
    await page.goto(`/o/${app.id}/account`);
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Sign out: / })).toHaveCount(0);
  });
});
