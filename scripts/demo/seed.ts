/**
 * Fills an empty installation with the demo: a developer, her app, its connection and client, and
 * a month of users. Prints what the demo's sites need as JSON. Later runs print the same.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createApp, getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { env } from "@/lib/env";
import { TENANT_ZERO } from "@/lib/ids";
import { createClient } from "@/lib/oauth/clients/clients";
import { createScope } from "@/lib/oauth/scopes/scopes";
import { boot, shutdown } from "@/lib/operations/boot";
import { setConnection } from "@/lib/social/connections";
import { createUser } from "@/lib/users/create-user";
import { createDeveloper } from "@/lib/users/developers";
import { parseEmail } from "@/lib/users/email";
import { updateUser } from "@/lib/users/update-user";
import { createDemoUsers } from "./people";

const OPERATOR = { type: "operator" } as const;

const { BLOG_URL = "", PRINTS_URL = "", GITHUB_URL = "" } = process.env;

function emailAddress(email: string) {
  const address = parseEmail(email);
  if (!address) throw new Error(`${email} is not an email address`);
  return address;
}

async function createDemoApp() {
  const alice = await createDeveloper({
    email: emailAddress("alice@example.com"),
    password: "open sesame 42",
    by: OPERATOR,
  });
  const by = { type: "developer", id: alice.developer_id } as const;
  await updateUser(await getApp(TENANT_ZERO), alice.developer_id, { email_verified: true, name: "Alice" }, OPERATOR);
  const created = await createApp({ ownerId: alice.developer_id, name: "The Photo Blog", by });
  const app = await getApp(created.app_id);
  const returnUrl = `${BLOG_URL}/signed-in`;
  const branding = { color: "#c2410c" };
  await updateApp(app.id, { settings: { return_urls: [returnUrl], delivery: "code", branding } }, by);
  const github = {
    provider: "github",
    client_id: "the-photo-blog",
    client_secret: "known-to-the-stand-in",
    authorization_url: `${GITHUB_URL}/login/oauth/authorize`,
    token_url: `${GITHUB_URL}/login/oauth/access_token`,
    api_url: GITHUB_URL,
    redirect_uris: [returnUrl],
    delivery: "code",
  } as const;
  await setConnection(app, { ...github, redirect_uris: [returnUrl] }, by);
  const scope = { name: "photos:read", description: "See your photos", sensitive: false, optional: false };
  await createScope(app.id, scope, by);
  const client = await createClient(
    app.id,
    {
      client_name: "SuperPhotoPrints",
      client_uri: PRINTS_URL,
      redirect_uris: [`${PRINTS_URL}/callback`],
      scopes: ["openid", "profile", "email", "offline_access", "photos:read"],
    },
    by,
  );
  const bob = { email: emailAddress("bob@example.com"), email_verified: true, password: "correct horse battery" };
  await createUser(app, { ...bob, name: "Bob Builder" }, by);
  await createDemoUsers({
    appId: app.id,
    client: { id: client.client_id, callback: `${PRINTS_URL}/callback` },
    gitHub: GITHUB_URL,
  });
  const { client_secret: clientSecret } = client as { client_secret?: string };
  return { appId: app.id, apiKey: created.api_key, issuer: created.issuer, clientId: client.client_id, clientSecret };
}

await boot("tool");
const file = join(env().DATA_DIR, "demo.json");
const before = await readFile(file, "utf8").catch(() => null);
const story = before ?? JSON.stringify(await createDemoApp());
if (!before) await writeFile(file, story, { mode: 0o600 });
process.stdout.write(`${story}\n`);
await shutdown();
