/**
 * What the mails of an account lead to, as people walk it: verify an address, choose a new password, move to another address, accept an
 * invitation. Against the production server, in Chromium, with and without JavaScript.
 */
import { AxeBuilder } from "@axe-core/playwright";
import pg from "pg";
import type { Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { createAppInBrowser, openBrowser, signUpDeveloper } from "../test/support/dashboard";
import { backend, formTo, isSignedIn, mailTo, signInAt, signUpAt, tokenOf, twentyClicks } from "../test/support/hosted";
import { type Server, startServer } from "../test/support/server";
import { createTenant, foyer, logIn, newEmail, PASSWORD, signUp, type Tenant } from "../test/support/tenant";

const NEW_PASSWORD = "another horse battery";

let server: Server;
let tenant: Tenant;
let neighbour: Tenant;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
  [tenant, neighbour] = [await createTenant(server.environment), await createTenant(server.environment)];
});

const visitor = (javaScriptEnabled = false) => openBrowser(server, { javaScriptEnabled });

async function openDead(page: Page, link: string, status: number, why: string | RegExp): Promise<void> {
  const answer = await page.goto(link);
  expect(answer?.status()).toBe(status);
  await page.getByText(why).waitFor();
}

/** Makes every link that was mailed to an address as old as it is after its time. */
async function letLinksExpire(email: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.environment.DATABASE_URL });
  await client.connect();
  await client.query(`UPDATE "OneTimeToken" SET "expiresAt" = now() - interval '1 second' WHERE "email" = $1`, [email]);
  await client.end();
}

const USED = "was used before";
const OLD = "This link is too old";
const NOT_HERE = "This link is not valid here";

/** An App made in a browser, so that its owner can delete it there. */
async function appWithOwner(name: string) {
  const owner = await signUpDeveloper(server);
  const { id, apiKey } = await createAppInBrowser(owner.page, name);
  const app: Tenant = { app_id: id, api_key: apiKey, issuer: `${server.url}/o/${id}` };
  const deleteIt = async () => {
    await owner.page.goto(`/dashboard/apps/${id}/settings`);
    await owner.page.getByRole("button", { name: "Delete App" }).click();
    await owner.page.getByLabel(/To confirm/).fill(name);
    await owner.page.getByRole("button", { name: "Delete for good" }).click();
    await owner.page.waitForURL("**/dashboard");
    await owner.leave();
  };
  return { app, deleteIt };
}

async function idOf(app: Tenant, email: string): Promise<string> {
  const answer = await backend(app, `/api/v1/apps/${app.app_id}/users?q=${encodeURIComponent(email)}`);
  return (await answer.json()).data[0].id;
}

async function disable(app: Tenant, email: string, disabled: boolean): Promise<void> {
  const path = `/api/v1/apps/${app.app_id}/users/${await idOf(app, email)}`;
  expect((await backend(app, path, { disabled }, "PATCH")).status).toBe(200);
}

describe.each([
  ["with", true],
  ["without", false],
])("verifying an address, %s JavaScript", (_how, javaScript) => {
  it("by the mail of the sign-up or the one sent again; looking uses nothing up; the second time it is said", async () => {
    const { page, leave } = await visitor(javaScript);
    const email = await signUpAt(page, tenant);
    const first = await mailTo(server, email);
    expect(first.subject).toContain("Verify your address");
    await page.getByText("Your address is not verified yet").waitFor();
    await page.getByRole("button", { name: "Send the mail again" }).click();
    await page.getByRole("status").getByText("The mail is on its way").waitFor();
    const second = await mailTo(server, email);
    expect(second.link).not.toBe(first.link);

    await page.goto(second.link);
    await page.goto(second.link);
    await page.getByText(email).waitFor();
    await page.getByRole("button", { name: "Yes, this is my address" }).click();
    await page.getByRole("heading", { name: "Your address is verified" }).waitFor();
    await page.getByRole("link", { name: "Go to your account" }).click();
    await page.waitForURL("**/account");
    expect(await page.getByText("not verified yet").count()).toBe(0);
    await openDead(page, second.link, 400, USED);
    // The other mail of the kind must not be able to take a verified account away.
    await openDead(page, first.link, 400, NOT_HERE);
    await leave();
  });
});

describe("an address that somebody else put down", () => {
  it("“It was not me” closes the account to whoever made it, and the address is free", async () => {
    const [stranger, bob] = [await visitor(), await visitor()];
    const email = await signUpAt(stranger.page, tenant);
    await bob.page.goto((await mailTo(server, email)).link);
    await bob.page.getByRole("button", { name: "It was not me" }).click();
    await bob.page.getByRole("heading", { name: "Thank you for saying so" }).waitFor();
    expect(await isSignedIn(stranger.page, tenant)).toBe(false);
    expect((await logIn(server, tenant, email)).status).toBe(401);
    await signUpAt(bob.page, tenant, email);
    await stranger.leave();
    await bob.leave();
  });
});

describe("an App that lets in verified addresses only", () => {
  it("shows a page that waits for the mail, sends it again, and the link goes on with the sign-in", async () => {
    const strict = await createTenant(server.environment);
    await foyer(
      server.environment,
      ...["apps", "update", "--app", strict.app_id, "--setting", "require_verified_email=on"],
    );
    const { page, leave } = await visitor();
    const email = newEmail();
    await page.goto(`/o/${strict.app_id}/account/start`);
    await page.getByRole("link", { name: "Create an account" }).click();
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("heading", { name: "Verify your address first" }).waitFor();
    await page.getByRole("button", { name: "Send the mail again" }).click();
    await page.getByRole("status").getByText("The mail is on its way").waitFor();
    await page.goto((await mailTo(server, email)).link);
    await page.getByRole("button", { name: "Yes, this is my address" }).click();
    await page.getByRole("status").getByText("Your address is verified. Sign in to go on.").waitFor();
    await signInAt(page, strict, email);
    await page.waitForURL("**/account");
    await leave();
  });
});

/** Asks for the link to a new password at the sign-in. → its address */
async function forget(page: Page, app: Tenant, email: string): Promise<string> {
  await page.goto(`/o/${app.app_id}/account/start`);
  await page.getByRole("link", { name: "Forgotten your password?" }).click();
  await page.waitForURL("**/forgot?**");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
  return (await mailTo(server, email)).link;
}

describe.each([
  ["with", true],
  ["without", false],
])("a forgotten password, %s JavaScript", (_how, javaScript) => {
  it("gets a new one by mail: the old one is dead, every device is signed out, the link works once", async () => {
    const [laptop, phone] = [await visitor(javaScript), await visitor(javaScript)];
    const email = await signUpAt(laptop.page, tenant);
    const { token } = await (await logIn(server, tenant, email)).json();
    const { page } = phone;
    const link = await forget(page, tenant, email);

    await page.goto(link);
    const form = formTo(page, "reset");
    await form.getByLabel("New password").fill("password1");
    await form.getByRole("button", { name: "Change password" }).click();
    await page.getByText(/most common passwords/).waitFor();
    await form.getByLabel("New password").fill(NEW_PASSWORD);
    await form.getByRole("button", { name: "Change password" }).click();
    // The sign-in that was left for it is gone on with.
    await page.getByRole("status").getByText("Your password is changed").waitFor();
    await signInAt(page, tenant, email, PASSWORD);
    await page.getByRole("alert").getByText("E-mail address or password is wrong").waitFor();
    await signInAt(page, tenant, email, NEW_PASSWORD);
    await page.waitForURL("**/account");

    expect(await isSignedIn(laptop.page, tenant)).toBe(false);
    const me = await fetch(`${server.url}/api/me`, { headers: { Authorization: `Bearer ${token}` } });
    expect(me.status).toBe(401);
    expect((await mailTo(server, email)).subject).toContain("was changed");
    await openDead(page, link, 400, USED);
    await page.getByRole("link", { name: "Ask for a new link" }).click();
    await page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
    await laptop.leave();
    await phone.leave();
  });
});

describe("the link to a new password", () => {
  async function forgetful(app = tenant) {
    const someone = await visitor();
    const email = newEmail();
    expect((await signUp(server, app, email)).status).toBe(201);
    return { ...someone, email, link: await forget(someone.page, app, email) };
  }

  it("says that it is too old, incomplete, or of another App; and is still good afterwards", async () => {
    const { page, email, link, leave } = await forgetful();
    await openDead(page, link.slice(0, -3), 400, NOT_HERE);
    await openDead(page, link.replace(/token=.*/, "token="), 400, NOT_HERE);
    await openDead(page, link.replace(tenant.app_id, neighbour.app_id), 400, NOT_HERE);
    // Neither is it good for anything else.
    await openDead(page, link.replace("/reset?", "/verify?"), 400, NOT_HERE);
    await openDead(page, link.replace("/reset?", "/change-email?"), 400, NOT_HERE);
    await page.goto(link);
    await page.getByRole("heading", { name: "Choose a new password" }).waitFor();
    // It may grow old while somebody thinks.
    await letLinksExpire(email);
    await page.getByLabel("New password").fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText(OLD).waitFor();
    await openDead(page, link, 400, OLD);
    expect((await logIn(server, tenant, email)).status).toBe(200);
    await leave();
  });

  it("is pressed twenty times at once: one sets the password, nineteen are told", async () => {
    const { page, email, link, leave } = await forgetful();
    const fields = { token: tokenOf(link), password: NEW_PASSWORD };
    const statuses = await twentyClicks(`${tenant.issuer}/reset/submit`, fields);
    expect(statuses).toEqual([303, ...Array(19).fill(400)]);
    await signInAt(page, tenant, email, NEW_PASSWORD);
    await page.waitForURL("**/account");
    await leave();
  });

  it("leads nowhere for a user who was disabled meanwhile, and again once they are enabled", async () => {
    const { page, email, link, leave } = await forgetful();
    await disable(tenant, email, true);
    await openDead(page, link, 403, "This account is disabled");
    await disable(tenant, email, false);
    await page.goto(link);
    await page.getByRole("heading", { name: "Choose a new password" }).waitFor();
    await leave();
  });

  it("leads to a page that says so when its App was deleted meanwhile, before and after it was opened", async () => {
    const { app, deleteIt } = await appWithOwner("Short Story");
    const { page, link, leave } = await forgetful(app);
    await page.goto(link);
    await page.getByLabel("New password").fill(NEW_PASSWORD);
    await deleteIt();
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByRole("heading", { name: "That did not work" }).waitFor();
    await openDead(page, link, 404, "That did not work");
    await leave();
  });
});

describe.each([
  ["with", true],
  ["without", false],
])("another address, %s JavaScript", (_how, javaScript) => {
  it("is asked about at both ends, moves nothing before its link is pressed, and signs in from then on", async () => {
    const { page, leave } = await visitor(javaScript);
    const before = await signUpAt(page, tenant);
    const after = newEmail();
    const form = formTo(page, "account/email");
    await form.getByLabel("New e-mail address").fill(after);
    await form.getByLabel("Password", { exact: true }).fill("not the password");
    await form.getByRole("button", { name: "Change address" }).click();
    await form.getByText("is not your present password").waitFor();
    await form.getByLabel("New e-mail address").fill(after);
    await form.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await form.getByRole("button", { name: "Change address" }).click();
    await page.getByRole("status").getByText("Nothing has changed yet").waitFor();

    const warning = await mailTo(server, before);
    expect(warning.subject).toContain("is about to change");
    // Whoever reads the old mailbox may not be told all of the new address.
    expect(warning.text).not.toContain(after);
    expect((await logIn(server, tenant, before)).status).toBe(200);
    const { link } = await mailTo(server, after);
    await page.goto(link);
    await page.getByText(after).waitFor();
    expect(await page.locator("main").innerText()).not.toContain(before);
    await page.getByRole("button", { name: "Use this address" }).click();
    await page.getByRole("heading", { name: "Your new address is in use" }).waitFor();
    expect((await mailTo(server, before)).subject).toContain("was changed");
    expect((await logIn(server, tenant, before)).status).toBe(401);
    expect((await logIn(server, tenant, after)).status).toBe(200);
    await page.getByRole("link", { name: "Go to your account" }).click();
    await page.getByRole("main").getByText(after).first().waitFor();
    await openDead(page, link, 400, USED);
    await leave();
  });
});

describe("the link to another address", () => {
  it("is worth nothing once the one before was followed by a newer one, or a new password; twenty at once move it once", async () => {
    const { page, leave } = await visitor();
    await signUpAt(page, tenant);
    const ask = async () => {
      const to = newEmail();
      await page.goto(`/o/${tenant.app_id}/account`);
      const form = formTo(page, "account/email");
      await form.getByLabel("New e-mail address").fill(to);
      await form.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await form.getByRole("button", { name: "Change address" }).click();
      await page.getByRole("status").waitFor();
      return { to, ...(await mailTo(server, to)) };
    };
    const [first, second] = [await ask(), await ask()];
    await openDead(page, first.link, 400, NOT_HERE);
    await openDead(page, second.link.replace(tenant.app_id, neighbour.app_id), 400, NOT_HERE);
    const statuses = await twentyClicks(`${tenant.issuer}/change-email/submit`, { token: tokenOf(second.link) });
    expect(statuses).toEqual([303, ...Array(19).fill(400)]);
    expect((await logIn(server, tenant, second.to)).status).toBe(200);
    await leave();
  });

  it("does not tell who asks that the address is somebody's; that somebody is told", async () => {
    const { page, leave } = await visitor();
    const known = newEmail();
    expect((await signUp(server, tenant, known)).status).toBe(201);
    await signUpAt(page, tenant);
    const form = formTo(page, "account/email");
    await form.getByLabel("New e-mail address").fill(known);
    await form.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await form.getByRole("button", { name: "Change address" }).click();
    await page.getByRole("status").getByText("Nothing has changed yet").waitFor();
    expect((await mailTo(server, known)).subject).toContain("already");
    await leave();
  });
});

describe.each(["light", "dark"] as const)("the pages behind links, %s", (colorScheme) => {
  it("have no violation that axe can find", async () => {
    const { page, leave } = await openBrowser(server, { colorScheme });
    const check = async () => expect((await new AxeBuilder({ page }).analyze()).violations, page.url()).toEqual([]);
    const email = await signUpAt(page, tenant);
    await page.goto((await mailTo(server, email)).link);
    await check();
    const link = await forget(page, tenant, email);
    await check();
    await page.goto(link);
    await check();
    await openDead(page, link.slice(0, -3), 400, NOT_HERE);
    await check();
    await page.goto(`/o/${tenant.app_id}/account/delete`);
    await check();
    await page.goto(`/o/${tenant.app_id}/done/closed`);
    await check();
    await leave();
  });
});

describe("an App that is entered by invitation only", () => {
  let club: Tenant;
  beforeAll(async () => {
    club = await createTenant(server.environment);
    await foyer(server.environment, "apps", "update", "--app", club.app_id, "--setting", "signups=invite_only");
  });

  async function invite(email: string): Promise<string> {
    const path = `/api/v1/apps/${club.app_id}/invitations`;
    expect((await backend(club, path, { email })).status).toBe(201);
    return (await mailTo(server, email)).link;
  }

  it.each([
    ["with", true],
    ["without", false],
  ])("makes the account that the invitation is for, %s JavaScript", async (_how, javaScript) => {
    const { page, leave } = await visitor(javaScript);
    await page.goto(`/o/${club.app_id}/account/start`);
    expect(await page.getByRole("link", { name: "Create an account" }).count()).toBe(0);
    await page.goto(page.url().replace("/signin?", "/signup?"));
    await page.getByText("ask for an invitation").waitFor();

    const email = newEmail();
    const link = await invite(email);
    await page.goto(link);
    await page.getByText(email).waitFor();
    await page.getByLabel("Name").fill("Bob Builder");
    await page.getByLabel("Password", { exact: true }).fill("password1");
    await page.getByRole("button", { name: "Accept the invitation" }).click();
    await page.getByText(/most common passwords/).waitFor();
    await page.getByLabel("Name").fill("Bob Builder");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Accept the invitation" }).click();
    await page.waitForURL("**/account");
    expect(await page.locator("main").innerText()).toContain(email);
    expect(await page.getByText("not verified yet").count()).toBe(0);
    await openDead(page, link, 400, USED);
    expect((await logIn(server, club, email)).status).toBe(200);
    await leave();
  });

  it("goes on without a password; the next sign-in is by mail", async () => {
    const { page, leave } = await visitor();
    const email = newEmail();
    await page.goto(await invite(email));
    await page.getByRole("button", { name: "Go on without a password" }).click();
    await page.waitForURL("**/account");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Mail me a link instead" }).click();
    await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
    await page.goto((await mailTo(server, email)).link);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/account");
    await leave();
  });

  it("is told of a link that is too old, replaced, withdrawn, incomplete or of another App", async () => {
    const { page, leave } = await visitor();
    const email = newEmail();
    const [first, second] = [await invite(email), await invite(email)];
    await openDead(page, first, 400, NOT_HERE);
    await openDead(page, second.slice(0, -3), 400, NOT_HERE);
    await openDead(page, second.replace(club.app_id, tenant.app_id), 400, NOT_HERE);
    await letLinksExpire(email);
    await openDead(page, second, 400, OLD);
    const third = await invite(email);
    const path = `/api/v1/apps/${club.app_id}/invitations`;
    const { data } = await (await backend(club, path)).json();
    expect((await backend(club, `${path}/${data[0].id}`, undefined, "DELETE")).status).toBe(204);
    await openDead(page, third, 400, NOT_HERE);
    await leave();
  });

  it("makes one user with one session of twenty clicks at once", async () => {
    const email = newEmail();
    const token = tokenOf(await invite(email));
    const statuses = await twentyClicks(`${club.issuer}/invitation/submit`, { token, password: PASSWORD });
    expect(statuses).toEqual([303, ...Array(19).fill(400)]);
    const sessions = await backend(club, `/api/v1/apps/${club.app_id}/users/${await idOf(club, email)}/sessions`);
    expect((await sessions.json()).data).toHaveLength(1);
  });
});
