/** A walk through every hosted page of an app, in the order in which its users see them. */
import { createHash, randomBytes } from "node:crypto";
import { expect, type Page } from "playwright/test";
import { backend, manage, type TestApp } from "./app";
import { lastMailTo } from "./fixtures";
import { formTo, openPasswordReset, requestMagicLink, requestPasswordReset, signInAt, tokenOf } from "./hosted";
import { newEmail, PASSWORD } from "./people";
import { confirmAuthenticator, enterCode, readRecoveryCodes } from "./second-factor";

export interface Names {
  app: string;
  client: string;
  user: string;
  email: string;
  /** The label of the social connection, at most 60 characters. */
  connection: string;
  scope: string;
}

export interface Branding {
  color?: string;
  logo_url?: string;
}

export interface NamedApp extends TestApp {
  names: Names;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/** Gives an app these names, a connection, a scope of each kind, and a client. */
export async function nameApp(app: TestApp, names: Names, branding: Branding = {}): Promise<NamedApp> {
  await manage(app, "PATCH", "", { name: names.app, settings: { branding } });
  const credentials = { provider: "github", client_id: "one", client_secret: "two" };
  await manage(app, "POST", "/connections", { ...credentials, display_name: names.connection });
  const kinds = [{}, { sensitive: true }, { optional: true }, { optional: true, sensitive: true }];
  const scopes = kinds.map((kind, index) => ({ name: `photos:${index}`, description: names.scope, ...kind }));
  for (const scope of scopes) await manage(app, "POST", "/scopes", scope);
  const host = names.client.replace(/\W/g, "").toLowerCase().slice(0, 60);
  const redirectUri = `https://${host}.example/callback`;
  const client = await manage(app, "POST", "/clients", {
    client_name: names.client,
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
    scopes: ["openid", "profile", "email", "offline_access", ...scopes.map(({ name }) => name)],
    client_uri: `https://www.${host}.example/`,
    policy_uri: `https://${host}.example/privacy`,
    tos_uri: `https://${host}.example/terms`,
  });
  return { ...app, names, clientId: client.client_id, clientSecret: client.client_secret, redirectUri };
}

const VERIFIER = "a".repeat(43);

export function authorizePath(app: NamedApp, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    response_type: "code",
    scope: "openid profile email offline_access photos:0 photos:1 photos:2 photos:3",
    state: "x",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    ...more,
  });
  return `/o/${app.id}/authorize?${query}`;
}

/** Called on each page, with a name for it. */
export type Visit = (page: Page, name: string) => Promise<void>;

/** A new user: sign-in, sign-up, consent. */
async function walkSignUp(app: NamedApp, page: Page, visit: Visit): Promise<void> {
  const { email, user } = app.names;
  await page.goto(authorizePath(app));
  await visit(page, "signin");
  await signInAt(page, app, email, "not the password");
  await expect(page.getByText("The email address or the password is wrong.")).toBeVisible();
  await visit(page, "signin rejected");
  await requestMagicLink(page, email);
  await visit(page, "magic-link");
  await page.goto(page.url().replace("/magic-link?", "/signup?"));
  await page.getByLabel("Name").fill(user);
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("password1");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText(/most common passwords/)).toBeVisible();
  await visit(page, "signup rejected");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/consent?**");
  await visit(page, "consent");
  const { link } = await lastMailTo(email);
  await page.route(`${app.redirectUri}**`, (route) => route.fulfill({ contentType: "text/html", body: "hello" }));
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(`${app.redirectUri}**`);
  await page.goto(authorizePath(app, { prompt: "select_account" }));
  await visit(page, "select-account");
  await page.goto(authorizePath(app, { prompt: "login" }));
  await visit(page, "signin again");
  await page.goto(link);
  await visit(page, "verify");
}

/** A device of the client: the code, and the question whether the user started it. */
async function walkDevice(app: NamedApp, page: Page, visit: Visit): Promise<void> {
  const { clientId: client_id, clientSecret: client_secret, names } = app;
  const response = await fetch(`${app.issuer}/device_authorization`, {
    method: "POST",
    headers: { "User-Agent": names.client },
    body: new URLSearchParams({ client_id, client_secret, scope: "openid email photos:0 photos:1 photos:2 photos:3" }),
  });
  const { verification_uri, verification_uri_complete } = await response.json();
  await page.goto(verification_uri);
  await visit(page, "device");
  await page.getByLabel("Code").fill("AAAA-AAAA");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("This code isn’t valid.")).toBeVisible();
  await visit(page, "device rejected");
  await page.goto(verification_uri_complete);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL("**/device/confirm?**");
  await visit(page, "device confirm");
  const confirm = page.url();
  await page.getByRole("button", { name: "Deny" }).click();
  await page.waitForURL("**/done/device-denied");
  await visit(page, "done device-denied");
  await page.goto(confirm);
  await visit(page, "device expired");
}

/** The second factor of a signed-in user. */
async function walkFactors({ id }: NamedApp, page: Page, visit: Visit): Promise<void> {
  await page.goto(`/o/${id}/account/passkeys`);
  await visit(page, "account passkeys");
  await page.goto(`/o/${id}/account/authenticator`);
  await visit(page, "account authenticator");
  await confirmAuthenticator(page, "Add authenticator app");
  await readRecoveryCodes(page);
  await visit(page, "recovery codes");
  await page.getByRole("button", { name: "I saved the codes" }).click();
  await expect(page.getByRole("status")).toBeVisible();
  await visit(page, "account with a second factor");
}

/** A user who is signed in: the account page, and the pages that its emails link to. */
async function walkAccount(app: NamedApp, page: Page, visit: Visit): Promise<void> {
  const { names, id } = app;
  const account = `/o/${id}/account`;
  await page.goto(account);
  const form = formTo(page, "account/email");
  await form.getByLabel("New email address").fill(`other.${names.email}`);
  await form.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Change email address" }).click();
  await expect(page.getByText("Fix the errors below")).toBeVisible();
  await visit(page, "account");
  // The email address is still filled in.
  await form.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Change email address" }).click();
  await expect(page.getByRole("status")).toBeVisible();
  await page.goto((await lastMailTo(`other.${names.email}`)).link);
  await visit(page, "change-email");
  await page.goto(`${account}/delete`);
  await visit(page, "delete");
  await walkFactors(app, page, visit);
  for (const outcome of ["verified", "closed"]) {
    await page.goto(`/o/${id}/done/${outcome}`);
    await visit(page, `done ${outcome}`);
  }
  await page.goto(`/o/${id}/logout`);
  await visit(page, "logout question");
  await page.getByRole("button", { name: "Sign out" }).click();
  await visit(page, "signed out");
  await signInAt(page, app, names.email);
  await page.waitForURL("**/second-factor?**");
  await visit(page, "second factor");
  await page.getByRole("link", { name: "Recovery code" }).click();
  await expect(page.getByLabel("Recovery code")).toBeVisible();
  await enterCode(page, "not a code");
  await expect(page.getByText("The code is wrong")).toBeVisible();
  await visit(page, "recovery code rejected");
  await page.goto(`/o/${id}/second-factor`);
  await visit(page, "second factor expired");
}

/** A user who is not signed in: reset, invitation, magic link, and errors. */
async function walkSignedOut(app: NamedApp, page: Page, visit: Visit): Promise<void> {
  const { names, id } = app;
  await openPasswordReset(page, app);
  await visit(page, "forgot");
  await requestPasswordReset(page, names.email);
  await visit(page, "forgot sent");
  const reset = (await lastMailTo(names.email)).link;
  await page.goto(reset);
  await visit(page, "reset");
  await page.goto(reset.slice(0, -3));
  await visit(page, "invalid link");
  await backend(app, `/api/v1/apps/${id}/invitations`, { body: { email: `guest.${names.email}` } });
  await page.goto((await lastMailTo(`guest.${names.email}`)).link);
  await visit(page, "invitation");
  for (const [path, name] of Object.entries({
    [`/o/${id}/signin`]: "ended",
    "/o/app_none/signin": "not-found",
    [authorizePath(app, { redirect_uri: `${app.redirectUri}/` })]: "redirect URI not registered",
    [authorizePath(app, { scope: "nothing" })]: "request rejected",
    [`/o/${id}/logout?client_id=x&id_token_hint=x`]: "signed out already",
    [`/api/auth/none/${id}`]: "no such connection",
  })) {
    await page.goto(path);
    await visit(page, name);
  }
  await page.goto(`/o/${id}/account/start`);
  await requestMagicLink(page, names.email);
  const magic = (await lastMailTo(names.email)).link;
  await page.goto(magic);
  await visit(page, "magic link opened");
  await page.goto(magic.replace(tokenOf(magic), "none"));
  await visit(page, "magic link invalid");
}

export async function walkHostedPages(app: NamedApp, page: Page, visit: Visit): Promise<void> {
  await walkSignUp(app, page, visit);
  await walkDevice(app, page, visit);
  await walkAccount(app, page, visit);
  await walkSignedOut(app, page, visit);
}

export function shortNames(): Names {
  const names = { app: "Photo Blog", client: "SuperPhotoPrints", user: "Bob Builder", email: newEmail() };
  return { ...names, connection: "GitHub", scope: "See your photos" };
}

/** Each name as long as it may be, without a space where a line could break. */
export function longNames(): Names {
  const long = (beginning: string, length: number) => beginning.padEnd(length, "W");
  const local = `bob-${randomBytes(4).toString("hex")}`.padEnd(50, "x");
  return {
    app: long("The", 200),
    client: long("Prints", 200),
    user: long("Bob", 200),
    email: `${local}@${"d".repeat(60)}.${"e".repeat(60)}.example.com`,
    connection: long("Git", 60),
    scope: long("See", 200),
  };
}
