/** A walk through every page that the users of an App see, in the order in which they come to them. */
import { createHash, randomBytes } from "node:crypto";
import type { Page } from "playwright";
import { expect } from "vitest";
import { backend, formTo, mailTo, signInAt, tokenOf } from "./hosted";
import type { Server } from "./server";
import { createTenant, newEmail, PASSWORD, type Tenant } from "./tenant";

export interface Names {
  app: string;
  client: string;
  person: string;
  email: string;
  /** What the button of a connection says; at most 60. */
  connection: string;
  scope: string;
}

export interface Branding {
  color?: string;
  logo_url?: string;
}

export interface Place extends Tenant {
  names: Names;
  clientId: string;
  redirectUri: string;
}

async function tell(tenant: Tenant, path: string, body: unknown, method?: string) {
  const answer = await backend(tenant, `/api/v1/apps/${tenant.app_id}${path}`, body, method);
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
  return answer.json();
}

/** An App with a connection, scopes of every kind and a client, all under these names. */
export async function makePlace(server: Server, names: Names, branding: Branding = {}): Promise<Place> {
  const tenant = await createTenant(server.environment);
  await tell(tenant, "", { name: names.app, settings: { branding } }, "PATCH");
  const credentials = { provider: "github", client_id: "one", client_secret: "two" };
  await tell(tenant, "/connections", { ...credentials, display_name: names.connection });
  const kinds = [{}, { sensitive: true }, { optional: true }, { optional: true, sensitive: true }];
  const scopes = kinds.map((kind, index) => ({ name: `photos:${index}`, description: names.scope, ...kind }));
  for (const scope of scopes) await tell(tenant, "/scopes", scope);
  const host = names.client.replace(/\W/g, "").toLowerCase().slice(0, 60);
  const redirectUri = `https://${host}.example/callback`;
  const client = await tell(tenant, "/clients", {
    client_name: names.client,
    redirect_uris: [redirectUri],
    scopes: ["openid", "profile", "email", "offline_access", ...scopes.map(({ name }) => name)],
    client_uri: `https://www.${host}.example/`,
    policy_uri: `https://${host}.example/privacy`,
    tos_uri: `https://${host}.example/terms`,
  });
  return { ...tenant, names, clientId: client.client_id, redirectUri };
}

const VERIFIER = "a".repeat(43);

export function authorizePath(place: Place, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: place.clientId,
    redirect_uri: place.redirectUri,
    response_type: "code",
    scope: "openid profile email offline_access photos:0 photos:1 photos:2 photos:3",
    state: "x",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    ...more,
  });
  return `/o/${place.app_id}/authorize?${query}`;
}

/** Called on each page, with a word for it. */
export type See = (page: Page, what: string) => Promise<void>;

/** Whoever comes for the first time, until they stand before the account page. */
async function arrive(server: Server, place: Place, page: Page, see: See): Promise<void> {
  const { email, person } = place.names;
  await page.goto(authorizePath(place));
  await see(page, "signin");
  await signInAt(page, place, email, "not the password");
  await page.getByText("E-mail address or password is wrong").waitFor();
  await see(page, "signin refused");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Mail me a link instead" }).click();
  await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
  await see(page, "magic-link");
  await page.goto(page.url().replace("/magic-link?", "/signup?"));
  await page.getByLabel("Name").fill(person);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("password1");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByText(/most common passwords/).waitFor();
  await see(page, "signup refused");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/consent?**");
  await see(page, "consent");
  const { link } = await mailTo(server, email);
  await page.route(`${place.redirectUri}**`, (route) => route.fulfill({ body: "hello" }));
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(`${place.redirectUri}**`);
  await page.goto(authorizePath(place, { prompt: "select_account" }));
  await see(page, "select-account");
  await page.goto(authorizePath(place, { prompt: "login" }));
  await see(page, "signin once more");
  await page.goto(link);
  await see(page, "verify");
}

/** Who is signed in: the account, and the pages behind its mails. */
async function stay(server: Server, place: Place, page: Page, see: See): Promise<void> {
  const { names, app_id: app } = place;
  const home = `/o/${app}/account`;
  await page.goto(home);
  await formTo(page, "account/email").getByLabel("New e-mail address").fill(`other.${names.email}`);
  await formTo(page, "account/email").getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Change address" }).click();
  await page.getByText("What is wrong stands beside the field").waitFor();
  await see(page, "account");
  // What was typed is still there.
  await formTo(page, "account/email").getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Change address" }).click();
  await page.getByRole("status").waitFor();
  await page.goto((await mailTo(server, `other.${names.email}`)).link);
  await see(page, "change-email");
  await page.goto(`${home}/delete`);
  await see(page, "delete");
  await page.goto(`/o/${app}/done/verified`);
  await see(page, "done");
  await page.goto(`/o/${app}/logout`);
  await see(page, "logout question");
  await page.getByRole("button", { name: "Sign out" }).click();
  await see(page, "signed out");
}

/** Who is not, and what goes wrong. */
async function lookIn(server: Server, place: Place, page: Page, see: See): Promise<void> {
  const { names, app_id: app } = place;
  await page.goto(`/o/${app}/account/start`);
  await page.getByRole("link", { name: "Forgotten your password?" }).click();
  await page.waitForURL("**/forgot?**");
  await see(page, "forgot");
  await page.getByLabel("E-mail address").fill(names.email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
  await see(page, "forgot sent");
  const reset = (await mailTo(server, names.email)).link;
  await page.goto(reset);
  await see(page, "reset");
  await page.goto(reset.slice(0, -3));
  await see(page, "dead link");
  await tell(place, "/invitations", { email: `guest.${names.email}` });
  await page.goto((await mailTo(server, `guest.${names.email}`)).link);
  await see(page, "invitation");
  for (const [path, what] of Object.entries({
    [`/o/${app}/signin`]: "ended",
    "/o/app_none/signin": "not-found",
    [authorizePath(place, { redirect_uri: `${place.redirectUri}/` })]: "address not registered",
    [authorizePath(place, { scope: "nothing" })]: "request refused",
    [`/o/${app}/logout?client_id=x&id_token_hint=x`]: "signed out already",
    [`/api/auth/none/${app}`]: "no such connection",
  })) {
    await page.goto(path);
    await see(page, what);
  }
  await page.goto(`/o/${app}/account/start`);
  await page.getByLabel("E-mail address").fill(names.email);
  await page.getByRole("button", { name: "Mail me a link instead" }).click();
  await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
  const magic = (await mailTo(server, names.email)).link;
  await page.goto(magic);
  await see(page, "mailed sign-in");
  await page.goto(magic.replace(tokenOf(magic), "none"));
  await see(page, "mailed sign-in dead");
}

export async function walkHostedPages(server: Server, place: Place, page: Page, see: See): Promise<void> {
  await arrive(server, place, page, see);
  await stay(server, place, page, see);
  await lookIn(server, place, page, see);
}

export function shortNames(): Names {
  const names = { app: "Photo Blog", client: "SuperPhotoPrints", person: "Bob Builder", email: newEmail() };
  return { ...names, connection: "GitHub", scope: "See your photos" };
}

/** As long as each may be, and without a space to break at. */
export function longNames(): Names {
  const long = (beginning: string, length: number) => beginning.padEnd(length, "W");
  const local = `bob-${randomBytes(4).toString("hex")}`.padEnd(50, "x");
  return {
    app: long("The", 200),
    client: long("Prints", 200),
    person: long("Bob", 200),
    email: `${local}@${"d".repeat(60)}.${"e".repeat(60)}.example.com`,
    connection: long("Git", 60),
    scope: long("See", 200),
  };
}
