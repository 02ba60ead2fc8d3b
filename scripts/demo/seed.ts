/**
 * Fills an empty installation with the story of the README: a developer, her App, its connection and third party, and two weeks of people coming
 * and going. Prints what the sites of the story need to know, as JSON; run again, it prints what it made the first time.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createApp, getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { env } from "@/lib/env";
import { createClient } from "@/lib/oauth/clients/clients";
import { createScope } from "@/lib/oauth/scopes/scopes";
import { boot, shutdown } from "@/lib/operations/boot";
import { setConnection } from "@/lib/social/connections";
import { createUser } from "@/lib/users/create-user";
import { createDeveloper } from "@/lib/users/developers";
import { parseEmail } from "@/lib/users/email";
import { fillWithPeople } from "./people";

const OPERATOR = { type: "operator" } as const;

const { BLOG_URL = "", PRINTS_URL = "", GITHUB_URL = "" } = process.env;

function addressOf(email: string) {
  const address = parseEmail(email);
  if (!address) throw new Error(`${email} is no address`);
  return address;
}

async function makeApp() {
  const alice = await createDeveloper({
    email: addressOf("alice@example.com"),
    password: "open sesame 42",
    by: OPERATOR,
  });
  const by = { type: "developer", id: alice.developer_id } as const;
  const made = await createApp({ ownerId: alice.developer_id, name: "The Photo Blog", by });
  const app = await getApp(made.app_id);
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
  const bob = { email: addressOf("bob@example.com"), email_verified: true, password: "correct horse battery" };
  await createUser(app, { ...bob, name: "Bob Builder" }, by);
  await fillWithPeople(app.id, client.client_id);
  const { client_secret: clientSecret } = client as { client_secret?: string };
  return { appId: app.id, apiKey: made.api_key, issuer: made.issuer, clientId: client.client_id, clientSecret };
}

await boot("tool");
const file = join(env().DATA_DIR, "demo.json");
const before = await readFile(file, "utf8").catch(() => null);
const story = before ?? JSON.stringify(await makeApp());
if (!before) await writeFile(file, story, { mode: 0o600 });
process.stdout.write(`${story}\n`);
await shutdown();
