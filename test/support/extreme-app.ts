/** An App in which everything that has a name has the longest that it may have, without a space: what must still fit on a phone. */
import { randomBytes } from "node:crypto";
import type { Page } from "playwright";
import { appNavigation } from "@/app/(site)/dashboard/apps/[app_id]/navigation";
import { createAppInBrowser, type MadeApp } from "./dashboard";
import { signInAt } from "./hosted";
import type { Server } from "./server";
import { PASSWORD } from "./tenant";

/** No place in it where a line may break. */
function longWord(length: number): string {
  return "Donaudampfschifffahrtsgesellschaftskapitänswitwe".repeat(5).slice(0, length);
}

/** As long as RFC 5321 §4.5.3.1 allows. */
function longEmail(): string {
  const label = "llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
  return `${randomBytes(32).toString("hex")}@${label}.${label}.${label}.example`;
}

const LONG_URI = `https://prints.example.com/${"0123456789abcdef".repeat(14)}`;

export type ExtremeApp = Awaited<ReturnType<typeof createExtremeApp>>;

/** Also the paths of its pages: its rooms, and those that no navigation names, of what is being made and of single things. */
export async function createExtremeApp(server: Pick<Server, "url">, page: Page) {
  const app = await createAppInBrowser(page, longWord(200));
  const single = await fill(server, page, app);
  const rooms = appNavigation(app.id).flatMap(({ items }) => items.map(({ href }) => href));
  const forms = [
    ...["/quickstart", "/users/new", "/users/import", "/users/export", "/users/invitations", "/clients/new"],
    ...["/clients/new?type=web", "/clients/new?type=machine", "/connections/new/github", "/connections/new/oidc"],
  ];
  const inside = (paths: string[]) => paths.map((path) => `/dashboard/apps/${app.id}${path}`);
  const newest = async (list: string) => {
    await page.goto(`/dashboard/apps/${app.id}${list}`);
    return (await page.locator("tbody a").first().getAttribute("href")) ?? "";
  };
  const listed = [await newest("/events?outcome=rejected"), await newest("/mails")];
  return { ...app, rooms, forms: inside(forms), single: [...inside(single), ...listed] };
}

/** → the pages of what was made */
async function fill({ url }: Pick<Server, "url">, page: Page, app: MadeApp): Promise<string[]> {
  const api = async (method: string, path: string, body: object) => {
    const answer = await fetch(`${url}/api/v1/apps/${app.id}${path}`, {
      method,
      headers: { authorization: `Bearer ${app.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  await api("PATCH", "", { settings: { return_urls: [LONG_URI] } });
  await api("POST", "/keys", { name: longWord(100) });
  const scope = `photos:${"x".repeat(93)}`;
  await api("POST", "/scopes", { name: scope, description: longWord(200), sensitive: true });
  const uris = [LONG_URI];
  const { client_id } = await api("POST", "/clients", {
    ...{ client_name: longWord(200), client_uri: LONG_URI, redirect_uris: uris, post_logout_redirect_uris: uris },
    scopes: ["openid", "offline_access", scope],
  });
  const connection = "c".repeat(40);
  await api("POST", "/connections", {
    ...{ connection, provider: "oidc", display_name: longWord(60), issuer: LONG_URI, redirect_uris: uris },
    ...{ client_id: "y".repeat(300), client_secret: "z" },
  });
  const email = longEmail();
  const metadata = { [longWord(100)]: longWord(240) };
  const user = await api("POST", "/users", {
    ...{ email, password: PASSWORD, name: longWord(200), given_name: longWord(200), external_id: longWord(200) },
    ...{ picture: LONG_URI, metadata, public_metadata: metadata },
  });
  await api("POST", "/users", { email: longEmail() });
  await api("POST", "/invitations", { email: longEmail(), redirect_uri: LONG_URI });
  await inviteDeveloper(page, app);
  await connect(page, app, email, { client_id, redirect_uri: LONG_URI, scope: `openid offline_access ${scope}` });
  const client = `/clients/${client_id}`;
  return [`/users/${user.id}`, client, `${client}/settings`, `/connections/${connection}`];
}

async function inviteDeveloper(page: Page, app: MadeApp): Promise<void> {
  await page.goto(`/dashboard/apps/${app.id}/team`);
  await page.getByLabel("E-mail address").fill(longEmail());
  await page.getByRole("button", { name: "Send invitation" }).click();
  await page.getByRole("table", { name: "Invitations" }).waitFor();
}

/** The user lets the client in; then the client asks for an answer elsewhere, and is refused. */
async function connect(page: Page, app: MadeApp, email: string, query: Record<string, string>): Promise<void> {
  const pkce = { code_challenge: "c".repeat(43), code_challenge_method: "S256" };
  const authorize = (changes: Record<string, string>) =>
    `/o/${app.id}/authorize?${new URLSearchParams({ response_type: "code", ...query, ...pkce, ...changes })}`;
  await page.route(`${new URL(LONG_URI).origin}/**`, (route) => route.fulfill({ body: "Connected" }));
  await page.goto(authorize({}));
  await signInAt(page, { app_id: app.id }, email);
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByText("Connected").waitFor();
  await page.goto(authorize({ redirect_uri: `${LONG_URI}/elsewhere` }));
}
