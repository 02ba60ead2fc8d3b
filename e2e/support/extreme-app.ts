/** An app in which every name has its maximum length, without a space where a line could break. */
import { randomBytes } from "node:crypto";
import { expect, type Page } from "playwright/test";
import { manage, type TestApp } from "./app";
import type { Developer } from "./fixtures";
import { signInAt } from "./hosted";
import { PASSWORD } from "./people";

function longWord(length: number): string {
  return "Donaudampfschifffahrtsgesellschaftskapitänswitwe".repeat(5).slice(0, length);
}

/** As long as RFC 5321 §4.5.3.1 allows. */
function longEmail(): string {
  const label = "llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
  return `${randomBytes(32).toString("hex")}@${label}.${label}.${label}.example`;
}

const LONG_URI = `https://prints.example.com/${"0123456789abcdef".repeat(14)}`;

const FORMS = [
  ...["/quickstart", "/users/new", "/users/import", "/users/export", "/users/invitations", "/clients/new"],
  ...["/clients/new?owner=own", "/clients/new?owner=third_party&type=web", "/clients/new?owner=own&type=machine"],
  ...["/connections/new/github", "/connections/new/oidc"],
];

export type ExtremeApp = Awaited<ReturnType<typeof createExtremeApp>>;

/** → the app, and the paths of its pages: those of the navigation, forms, and single objects */
export async function createExtremeApp(developer: Developer) {
  const { page } = developer;
  const app = await developer.createApp(longWord(200));
  const objects = await fill(page, app);
  const base = `/dashboard/apps/${app.id}`;
  await page.goto(base);
  const links = page.locator(`nav a[href^="${base}"]`);
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const firstOf = async (list: string) => {
    await page.goto(base + list);
    return (await page.locator("tbody a").first().getAttribute("href")) ?? "";
  };
  return {
    ...app,
    navigation: [...new Set(hrefs)],
    forms: FORMS.map((path) => base + path),
    objects: [
      ...objects.map((path) => base + path),
      await firstOf("/events?outcome=rejected"),
      await firstOf("/mails"),
    ],
    client: base + (objects[1] ?? ""),
  };
}

/** Creates one of each kind. → the paths of their pages inside the app */
async function fill(page: Page, app: TestApp): Promise<string[]> {
  await manage(app, "PATCH", "", { settings: { return_urls: [LONG_URI] } });
  await manage(app, "POST", "/keys", { name: longWord(100) });
  const scope = `photos:${"x".repeat(93)}`;
  await manage(app, "POST", "/scopes", { name: scope, description: longWord(200), sensitive: true });
  const uris = [LONG_URI];
  const { client_id } = await manage(app, "POST", "/clients", {
    ...{ client_name: longWord(200), client_uri: LONG_URI, redirect_uris: uris, post_logout_redirect_uris: uris },
    scopes: ["openid", "offline_access", scope],
  });
  const connection = "c".repeat(40);
  await manage(app, "POST", "/connections", {
    ...{ connection, provider: "oidc", display_name: longWord(60), issuer: LONG_URI, redirect_uris: uris },
    ...{ client_id: "y".repeat(300), client_secret: "z" },
  });
  const email = longEmail();
  const metadata = { [longWord(100)]: longWord(240) };
  const user = await manage(app, "POST", "/users", {
    ...{ email, password: PASSWORD, name: longWord(200), given_name: longWord(200), external_id: longWord(200) },
    ...{ picture: LONG_URI, metadata, public_metadata: metadata },
  });
  await manage(app, "POST", "/users", { email: longEmail() });
  await manage(app, "POST", "/invitations", { email: longEmail(), redirect_uri: LONG_URI });
  await inviteDeveloper(page, app);
  await connect(page, app, email, { client_id, redirect_uri: LONG_URI, scope: `openid offline_access ${scope}` });
  const client = `/clients/${client_id}`;
  return [`/users/${user.id}`, client, `${client}/settings`, `/connections/${connection}`];
}

async function inviteDeveloper(page: Page, app: TestApp): Promise<void> {
  await page.goto(`/dashboard/apps/${app.id}/team`);
  await page.getByLabel("Email address").fill(longEmail());
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByRole("table", { name: "Invitations" })).toBeVisible();
}

/** The user allows the client, which then sends a redirect URI that is not registered. */
async function connect(page: Page, app: TestApp, email: string, query: Record<string, string>): Promise<void> {
  const pkce = { code_challenge: "c".repeat(43), code_challenge_method: "S256" };
  const authorize = (changes: Record<string, string>) =>
    `/o/${app.id}/authorize?${new URLSearchParams({ response_type: "code", ...query, ...pkce, ...changes })}`;
  await page.route(`${new URL(LONG_URI).origin}/**`, (route) =>
    route.fulfill({ contentType: "text/html", body: "Connected" }),
  );
  await page.goto(authorize({}));
  await signInAt(page, app, email);
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText("Connected")).toBeVisible();
  await page.goto(authorize({ redirect_uri: `${LONG_URI}/elsewhere` }));
}
