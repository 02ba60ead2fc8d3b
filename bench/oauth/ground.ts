/**
 * Both sides on one PostgreSQL: Foyer with generated rows, and oidc-provider with as many users.
 */
import { basename, dirname, join } from "node:path";
import pg from "pg";
import { freePort, type Ground, type Program, prepareGround, startProgram } from "../ground";
import { TABLES } from "./adapter";
import { CHALLENGE, CLIENT_KEY, CLIENTS, ID_TOKEN_ALG, REDIRECT_URI, SECRET, VERIFIER } from "./registered";
import { generateRows, type Population } from "./rows";

/** Database connections of each side: Foyer's default. */
const POOL_SIZE = 10;
const COST = 4;

export interface FoyerSide {
  ground: Ground;
  database: pg.Client;
  population: Population;
  close(): Promise<void>;
}

async function connect(url: string | undefined): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // After an aborted run, the database is closed first.
  client.on("error", () => {});
  await client.connect();
  return client;
}

export async function prepareFoyer(population: Population): Promise<FoyerSide> {
  const ground = await prepareGround({ cost: COST, users: 10 });
  const database = await connect(ground.shared.DATABASE_URL);
  await generateRows(database, `http://localhost:${ground.server.port}`, population);
  const close = async () => {
    await database.end();
    await ground.close();
  };
  return { ground, database, population, close };
}

/**
 * The server of another build on the same database. `build`: its folder
 * (`<checkout>/.build/<fingerprint>`).
 */
export async function startOtherBuild({ ground }: FoyerSide, build: string): Promise<Program> {
  const port = await freePort();
  const checkout = dirname(dirname(build));
  const env = {
    ...ground.environment,
    ...ground.shared,
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${ground.server.port}`,
    FOYER_DIST_DIR: join(".build", basename(build), "next"),
  } as NodeJS.ProcessEnv;
  return startProgram([process.execPath, join(build, "server.mjs")], port, env, "Foyer is ready", checkout);
}

/** The configuration of oidc-provider is in ./provider.ts. */
export type PeerKind = "stored" | "configured";

export interface PeerSide {
  program: Program;
  database: pg.Client;
  postgresPid: number;
}

export async function preparePeer({ ground, database }: FoyerSide, kind: PeerKind, users: number): Promise<PeerSide> {
  const name = `oidc_provider_${kind}`;
  await database.query(`CREATE DATABASE ${name}`);
  const url = new URL(ground.shared.DATABASE_URL ?? "");
  url.pathname = `/${name}`;
  const own = await connect(url.href);
  await own.query(TABLES);
  await own.query(
    `INSERT INTO "account" SELECT 'user-' || i, jsonb_build_object('email', 'user-' || i || '@rows.example', 'email_verified', true,
       'name', 'User ' || i) FROM generate_series(1, $1::int) AS i`,
    [users],
  );
  await own.query(
    `INSERT INTO "oidc" ("model", "id", "payload") SELECT 'Client', c->>'client_id', c FROM jsonb_array_elements($1::jsonb) AS c`,
    [JSON.stringify(CLIENTS)],
  );
  await own.query(`VACUUM ANALYZE`);
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    PORT: String(port),
    DATABASE_URL: url.href,
    POOL_SIZE: String(POOL_SIZE),
    PEER: kind,
    ID_TOKEN_ALG,
    BENCH_CLIENT_KEY: CLIENT_KEY.export({ format: "pem", type: "pkcs8" }),
  } as NodeJS.ProcessEnv;
  const file = new URL("./oauth/provider.mjs", import.meta.url).pathname;
  const program = await startProgram([process.execPath, file], port, env, "oidc-provider is ready");
  return { program, database: own, postgresPid: ground.postgresPid };
}

export function peerAuthorizePath(client: string, user: number): string {
  const proof = { code_challenge: CHALLENGE, code_challenge_method: "S256", state: "s", nonce: "of-the-bench" };
  const asked = { response_type: "code", client_id: client, redirect_uri: REDIRECT_URI, scope: "openid profile email" };
  return `/auth?${new URLSearchParams({ ...asked, ...proof, login_hint: `user-${user}` })}`;
}

/** Goes through oidc-provider's authorization as a browser, until it has a code. */
export async function walkPeer(port: number, client: string, user: number): Promise<{ cookie: string; code: string }> {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  let url = new URL(peerAuthorizePath(client, user), `http://localhost:${port}`);
  for (let step = 0; step < 10; step++) {
    const answer = await fetch(url, { redirect: "manual", headers: { cookie: cookie() } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    url = new URL(answer.headers.get("location") ?? "about:blank", url);
    const code = url.searchParams.get("code");
    if (code) return { cookie: cookie(), code };
  }
  throw new Error(`oidc-provider gave no code: ${url}`);
}

export function basic(id: string): string {
  return `Basic ${Buffer.from(`${id}:${SECRET}`).toString("base64")}`;
}

export async function peerTokens(
  port: number,
  client: string,
  code: string,
  dpop?: string,
): Promise<Record<string, string>> {
  const form = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
  return postForm(`http://localhost:${port}/token`, client, form, dpop);
}

/** Returns the JSON of a 200 response. The public client sends its ID in the body. */
export async function postForm(
  url: string,
  client: string,
  form: Record<string, string>,
  dpop?: string,
): Promise<Record<string, string>> {
  const isPublic = client === "spa";
  const body = new URLSearchParams({ ...form, ...(isPublic && { client_id: client }) });
  const headers: Record<string, string> = isPublic ? {} : { authorization: basic(client) };
  if (dpop) headers.dpop = dpop;
  const answer = await fetch(url, { method: "POST", headers, body });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}
