/** The hosted account page, as its user walks it: password, data, linked accounts, sessions, the end. Against the production server, in Chromium. */
import { readFile } from "node:fs/promises";
import pg from "pg";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubStandIn, startGitHub } from "@/examples/github-stand-in/server.mjs";
import { openBrowser } from "../test/support/dashboard";
import { backend, formTo, isSignedIn, mailTo, signInAt, signUpAt } from "../test/support/hosted";
import { startSite } from "../test/support/relying-party";
import { connectByOpenidClient } from "../test/support/relying-party-openid-client";
import { type Server, startServer } from "../test/support/server";
import { createTenant, foyer, logIn, newEmail, PASSWORD, signUp, type Tenant } from "../test/support/tenant";

const NEW_PASSWORD = "another horse battery";

let server: Server;
let tenant: Tenant;
let github: GitHubStandIn;
beforeAll(async () => {
  [server, github] = await Promise.all([
    startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" }),
    startGitHub({ clients: { "the-client": "the-secret" } }),
  ]);
  tenant = await createTenant(server.environment);
});
afterAll(() => github.close());

const visitor = (javaScriptEnabled = false) => openBrowser(server, { javaScriptEnabled });

async function isLive(token: string): Promise<boolean> {
  const answer = await fetch(`${server.url}/api/me`, { headers: { Authorization: `Bearer ${token}` } });
  return answer.status === 200;
}

async function refresh(token: string): Promise<number> {
  const answer = await fetch(`${server.url}/api/auth/refresh/${tenant.app_id}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh_token: token }),
  });
  return answer.status;
}

describe.each([
  ["with", true],
  ["without", false],
])("the account page, %s JavaScript", (_how, javaScript) => {
  it("changes the password for who knows the present one, signs out everywhere else, and tells the user", async () => {
    const [{ page, leave }, phone] = [await visitor(javaScript), await visitor(javaScript)];
    const email = await signUpAt(page, tenant);
    await signInAt(phone.page, tenant, email);
    await phone.page.waitForURL("**/account");
    const { token, refresh_token: refreshToken } = await (await logIn(server, tenant, email)).json();

    const change = async (present: string, wanted: string) => {
      const form = formTo(page, "account/password");
      await form.getByLabel("Present password").fill(present);
      await form.getByLabel("New password").fill(wanted);
      await form.getByRole("button", { name: "Change password" }).click();
    };
    await change("not the password", NEW_PASSWORD);
    await page.getByText("This is not your present password").waitFor();
    await change(PASSWORD, "12345");
    await page.getByText("What is wrong stands beside the field").waitFor();
    expect(await isLive(token)).toBe(true);
    await change(PASSWORD, NEW_PASSWORD);
    await page.getByRole("status").getByText("Your password is changed").waitFor();

    expect(await isSignedIn(page, tenant)).toBe(true);
    expect(await isSignedIn(phone.page, tenant)).toBe(false);
    expect([await isLive(token), await refresh(refreshToken)]).toEqual([false, 401]);
    expect((await logIn(server, tenant, email)).status).toBe(401);
    const { subject, link } = await mailTo(server, email);
    expect(subject).toContain("was changed");
    // "It was not me" leads to where a new one is asked for.
    await phone.page.goto(link);
    await phone.page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
    await phone.leave();
    await leave();
  });

  it("hands out what is kept about the user, as a file without a secret", async () => {
    const { page, leave } = await visitor(javaScript);
    const email = await signUpAt(page, tenant);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download my data" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^app_\w+-usr_\w+\.json$/);
    const text = await readFile(await download.path(), "utf8");
    const { profile, sessions, events } = JSON.parse(text);
    expect(profile).toMatchObject({ email, email_verified: false });
    expect(sessions).toHaveLength(1);
    expect(events.map(({ type }: { type: string }) => type)).toContain("user.signed_up");
    expect(text).not.toMatch(/\$2[aby]\$|hash|salt/i);
    await leave();
  });
});

/** Every row of the database that names a user: table → how many. */
async function rowsAbout(userId: string, email: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: server.environment.DATABASE_URL });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables.rows) {
    const text = `SELECT count(*)::int AS count FROM "${name}" t WHERE row_to_json(t)::text LIKE ANY($1)`;
    const { rows } = await client.query(text, [[`%${userId}%`, `%${email}%`]]);
    if (rows[0].count > 0) found[name] = rows[0].count;
  }
  await client.end();
  return found;
}

/** Bob allows a third party to come and go. → what it holds */
async function connectThirdParty(page: Page, email: string) {
  const site = await startSite();
  const { client_id: clientId, client_secret: clientSecret } = await foyer(
    server.environment,
    ...["clients", "create", "--app", tenant.app_id, "--name", "SuperPhotoPrints", "--redirect-uri", site.redirectUri],
  );
  const { redirectUri, goodbyeUri } = site;
  const connection = await connectByOpenidClient({
    issuer: tenant.issuer,
    clientId,
    clientSecret,
    redirectUri,
    goodbyeUri,
  });
  site.connection = connection;
  await page.goto(`${site.url}/login`);
  if (page.url().includes("/signin?")) await signInAt(page, tenant, email);
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("heading", { name: "Signed in" }).waitFor();
  const held = site.held ?? expect.fail("the site holds nothing");
  return { held, connection };
}

describe("deleting the account", () => {
  it("takes the password once more; then nothing of the user is left, and every token is dead", async () => {
    const [{ page, leave }, phone] = [await visitor(), await visitor()];
    const email = await signUpAt(page, tenant);
    await signInAt(phone.page, tenant, email);
    await phone.page.waitForURL("**/account");
    const { held, connection } = await connectThirdParty(page, email);
    const direct = await (await logIn(server, tenant, email)).json();
    const userId: string = direct.user.id;
    await backend(tenant, `/api/auth/password/forgot/${tenant.app_id}`, { email });
    const { link } = await mailTo(server, email);

    await page.goto(`/o/${tenant.app_id}/account`);
    await page.getByRole("link", { name: "Delete my account" }).click();
    await page.getByRole("heading", { name: "Delete your account" }).waitFor();
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByText("The password is not your present password").waitFor();
    expect(await isLive(direct.token)).toBe(true);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();

    expect([await isSignedIn(page, tenant), await isSignedIn(phone.page, tenant)]).toEqual([false, false]);
    expect([await isLive(direct.token), await isLive(held.accessToken)]).toEqual([false, false]);
    expect(await refresh(direct.refresh_token)).toBe(401);
    await expect(connection.refresh(held)).rejects.toThrow();
    expect(await connection.introspect(held.accessToken)).toEqual({ active: false });
    expect((await logIn(server, tenant, email)).status).toBe(401);
    expect((await backend(tenant, `/api/v1/apps/${tenant.app_id}/users/${userId}`)).status).toBe(404);
    expect((await page.goto(link))?.status()).toBe(400);
    // What happened stays until the App's time for that is over; it knows an id, and no address.
    expect(Object.keys(await rowsAbout(userId, email))).toEqual(["AuditEvent"]);
    expect(await rowsAbout(email, email)).toEqual({});

    // The address is free: whoever comes with it is somebody new.
    await signUpAt(page, tenant, email);
    expect((await (await logIn(server, tenant, email)).json()).user.id).not.toBe(userId);
    await phone.leave();
    await leave();
  }, 120_000);

  it("takes a sign-in from just now of who has no password", async () => {
    const { page, leave } = await visitor();
    const email = newEmail();
    const enter = async () => {
      await page.getByLabel("E-mail address").fill(email);
      await page.getByRole("button", { name: "Mail me a link instead" }).click();
      await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
      await page.goto((await mailTo(server, email)).link);
      await page.getByRole("button", { name: "Sign in" }).click();
    };
    await page.goto(`/o/${tenant.app_id}/account/start`);
    await enter();
    await page.waitForURL("**/account");
    const client = new pg.Client({ connectionString: server.environment.DATABASE_URL });
    await client.connect();
    await client.query(
      `UPDATE "Session" s SET "authTime" = now() - interval '6 minutes' FROM "User" u
       WHERE u."appId" = s."appId" AND u."id" = s."userId" AND u."email" = $1`,
      [email],
    );
    await client.end();
    await page.goto(`/o/${tenant.app_id}/account/delete`);
    expect(await page.getByRole("button", { name: "Delete my account" }).count()).toBe(0);
    await page.getByRole("link", { name: "Sign in again" }).click();
    await enter();
    await page.waitForURL("**/account/delete");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
    await leave();
  });
});

describe("linked accounts", () => {
  it("the last way in is never removed: not by the page, not by a form that was open before", async () => {
    const app = await createTenant(server.environment);
    const set = (...settings: string[]) =>
      foyer(
        server.environment,
        ...["apps", "update", "--app", app.app_id],
        ...settings.flatMap((setting) => ["--setting", setting]),
      );
    await foyer(
      server.environment,
      ...["social", "set", "--app", app.app_id, "--provider", "github", "--client-id", "the-client"],
      ...["--client-secret", "the-secret", "--redirect-uri", "https://blog.example.com/in"],
      ...["--authorize-url", `${github.url}/login/oauth/authorize`],
      ...["--token-url", `${github.url}/login/oauth/access_token`, "--api-url", github.url],
    );
    const { page, leave } = await visitor();
    await page.goto(`/o/${app.app_id}/account/start`);
    await page.getByRole("button", { name: "Continue with GitHub" }).click();
    await page.getByRole("button", { name: "Carol Danvers" }).click();
    await page.waitForURL("**/account");
    // Open while a link could still be mailed.
    await page.getByRole("button", { name: "Unlink GitHub" }).waitFor();
    await set("methods.magic_link=off");
    await page.getByRole("button", { name: "Unlink GitHub" }).click();
    await page.getByRole("alert").getByText("This is the only way in that is left").waitFor();
    await page.getByText("Your only way in").waitFor();
    expect(await page.getByRole("button", { name: "Unlink GitHub" }).count()).toBe(0);

    await formTo(page, "account/password").getByLabel("New password").fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByRole("status").getByText("Your password is changed").waitFor();
    await page.getByRole("button", { name: "Unlink GitHub" }).click();
    await page.getByRole("status").getByText("no longer linked").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await signInAt(page, app, "carol@example.com", NEW_PASSWORD);
    await page.waitForURL("**/account");
    await leave();
  }, 120_000);
});

describe("where somebody is signed in", () => {
  it("ends one session, then all others; the present one stays", async () => {
    const [{ page, leave }, phone] = [await visitor(), await visitor()];
    const email = await signUpAt(page, tenant);
    await signInAt(phone.page, tenant, email);
    await phone.page.waitForURL("**/account");
    await page.reload();
    await page.getByRole("button", { name: /^End the session/ }).click();
    await page.getByRole("status").getByText("Signed out there").waitFor();
    expect(await isSignedIn(phone.page, tenant)).toBe(false);
    const [first, second] = [await logIn(server, tenant, email), await logIn(server, tenant, email)];
    const tokens = [(await first.json()).token, (await second.json()).token];
    await page.reload();
    await page.getByRole("button", { name: "End all others" }).click();
    await page.getByRole("status").waitFor();
    expect(await Promise.all(tokens.map(isLive))).toEqual([false, false]);
    expect(await isSignedIn(page, tenant)).toBe(true);
    await phone.leave();
    await leave();
  });

  it("shows nothing of another App's user of the same address, and signs in nobody there", async () => {
    const other = await createTenant(server.environment);
    const { page, leave } = await visitor();
    const email = await signUpAt(page, tenant);
    expect((await signUp(server, other, email)).status).toBe(201);
    expect(await isSignedIn(page, other)).toBe(false);
    await page.goto(`/o/${tenant.app_id}/account`);
    expect(await page.getByRole("button", { name: /^End the session/ }).count()).toBe(0);
    await leave();
  });
});
