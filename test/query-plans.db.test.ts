/**
 * The plans of hot statements, on tables without statistics. A new installation, a restored backup
 * and a bulk import have none, and PostgreSQL then guesses.
 */
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runtimeDatabaseUrl } from "@/lib/env";
import { createOwnDatabase } from "./support/database";
import { SOME_PASSWORD, someApp, someSession, type TestApp } from "./support/factories";
import { addTotp, codeOf, firstStep, mfa } from "./support/factors";
import {
  authorizeUrl,
  Browser,
  basic,
  exchangeCode,
  getCode,
  getTokens,
  post,
  refreshTokens,
  send,
  someClient,
} from "./support/oauth";
import { PreparedStatements, recordStatements, type Statement } from "./support/query-plans";

await createOwnDatabase();

const ROWS = 1500;
/** A lookup by key reads one row; lists of one user's or client's few rows read some more. */
const MOST_ROWS = 30;

let app: TestApp;
let statements: Statement[];
let admin: pg.Client;
let plannedWhileEmpty: PreparedStatements;

/** The requests that an app's users and clients send all day. */
async function hotRequests(): Promise<void> {
  const client = await someClient(app);
  const spa = await someClient(app, { public: true });
  const bob = new Browser(app);
  const tokens = await getTokens(client, bob);
  await refreshTokens(client, tokens.refresh_token);
  await refreshTokens(spa, (await getTokens(spa, bob)).refresh_token);
  for (const token of [tokens.access_token, tokens.refresh_token])
    await send("/o/introspect", { form: { token }, headers: basic(client) });
  await send("/o/userinfo", { bearer: tokens.access_token });
  await send("/api/me", { bearer: tokens.access_token });
  await bob.open(authorizeUrl(client));
  await bob.open(`/o/${app.id}/account`).catch(() => {});
  const code = await getCode(bob, client);
  await Promise.all([code, code, await getCode(bob, client)].map((one) => exchangeCode(client, one)));

  const { email, token, refreshToken } = await someSession(app.id);
  await send("/api/me", { bearer: token });
  await sendJson("login", `credentials/login/${app.id}`, { email, password: SOME_PASSWORD });
  await sendJson("wrong login", `credentials/login/${app.id}`, { email, password: "wrong password" });
  await sendJson("refresh", `refresh/${app.id}`, { refresh_token: refreshToken });
  await sendJson("magic link", `magic-link/${app.id}`, { email });
  await post(client, "revoke", { token: tokens.refresh_token });
  const carol = await addTotp(app, await someSession(app.id));
  await mfa.verify(app, { mfa_token: await firstStep(app, carol.email), code: codeOf(carol.secret, 1) });
}

async function sendJson(_: string, path: string, body: object): Promise<void> {
  const { findHandler } = await import("./support/oauth");
  const { call } = await import("./support/call");
  const { handler, params } = await findHandler("POST", `/api/auth/${path}`);
  const answer = await call(handler, { method: "POST", params, body, bearer: app.apiKey });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(402);
}

/** Every table of an app, with the columns that make a copy of a row another row. */
const COPIES: Record<string, string> = {
  User: `'id', t."id" || n, 'emailCanonical', n || t."emailCanonical", 'externalId', null`,
  Session: `'id', t."id" || n, 'userId', t."userId" || CASE WHEN n % 2 = 0 THEN n::text ELSE '' END`,
  AuthorizationCode: `'hash', sha256(n::text::bytea), 'userId', t."userId" || CASE WHEN n % 2 = 0 THEN n::text ELSE '' END`,
  Grant: `'id', t."id" || n, 'userId', t."userId" || CASE WHEN n % 2 = 0 THEN n::text ELSE '' END`,
  Consent: `'userId', t."userId" || n`,
  AuthorizationRequest: `'id', t."id" || n`,
  OneTimeToken: `'id', t."id" || n, 'secretHash', sha256(n::text::bytea), 'userId', t."userId" || n, 'email', n || t."email"`,
  AuditEvent: `'id', t."id" || n, 'groupKey', null`,
  AttemptCounter: `'keyHash', sha256(n::text::bytea)`,
};

/** Inserts `rows` rows into each table, made from one row of the app by `changes`. */
async function multiply(rows: number, changesOf: (table: string) => string): Promise<void> {
  for (const table of Object.keys(COPIES)) {
    const columns = await columnsOf(table);
    await admin.query(
      `INSERT INTO "${table}" (${columns})
       SELECT ${columns} FROM (
         SELECT (jsonb_populate_record(t, jsonb_build_object(${changesOf(table)}))).*
         FROM "${table}" t, generate_series(1, ${rows}) n
         WHERE t.ctid = (SELECT ctid FROM "${table}" WHERE "appId" = $1 LIMIT 1)
       ) copies`,
      [app.id],
    );
  }
}

/** Those that PostgreSQL doesn't compute. */
async function columnsOf(table: string): Promise<string> {
  const { rows } = await admin.query(
    `SELECT attname FROM pg_attribute WHERE attrelid = '"${table}"'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
  );
  return rows.map(({ attname }) => `"${attname}"`).join(", ");
}

const enlargeApp = () => multiply(ROWS, (table) => COPIES[table] ?? "");

beforeAll(async () => {
  app = await someApp();
  admin = new pg.Client({ connectionString: runtimeDatabaseUrl() });
  await admin.connect();
  // No triggers and foreign keys, so that rows can be copied.
  await admin.query("SET session_replication_role = replica");
  const { rows } = await admin.query(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  for (const { relname } of rows) await admin.query(`ALTER TABLE "${relname}" SET (autovacuum_enabled = off)`);
  statements = await recordStatements(hotRequests);
  plannedWhileEmpty = await PreparedStatements.open(runtimeDatabaseUrl(), statements);
  await plannedWhileEmpty.findLargeScans(0);
  for (const table of Object.keys(COPIES))
    await admin.query(`CREATE TEMP TABLE "kept_${table}" AS SELECT * FROM "${table}" WHERE "appId" = '${app.id}'`);
}, 60_000);

afterAll(async () => {
  await plannedWhileEmpty.close();
  await admin.end();
});

async function expectSmallScans(prepared: PreparedStatements): Promise<void> {
  const large = await prepared.findLargeScans(MOST_ROWS);
  const texts = large.map(({ statement, scan, rows }) => `${rows} rows by ${scan}: ${statement.replace(/\s+/g, " ")}`);
  expect(texts, texts.join("\n")).toEqual([]);
}

it("records the statements of the hot requests", () => {
  expect(statements.length).toBeGreaterThan(20);
});

it("reads few rows with a plan that was made while the tables were empty", { timeout: 120_000 }, async () => {
  await enlargeApp();
  await expectSmallScans(plannedWhileEmpty);
});

it("reads few rows on tables that were never analyzed", { timeout: 120_000 }, async () => {
  const prepared = await PreparedStatements.open(runtimeDatabaseUrl(), statements);
  await expectSmallScans(prepared);
  await prepared.close();
});

it("reads few rows if the statistics are of another time: many small apps, then one large one", {
  timeout: 120_000,
}, async () => {
  for (const table of Object.keys(COPIES)) {
    const columns = await columnsOf(table);
    await admin.query(`DELETE FROM "${table}" WHERE "appId" = $1`, [app.id]);
    await admin.query(`INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM "kept_${table}"`);
  }
  await multiply(500, () => `'appId', t."appId" || n, 'userId', (to_jsonb(t) ->> 'userId') || n`);
  await admin.query("ANALYZE");
  await enlargeApp();
  const prepared = await PreparedStatements.open(runtimeDatabaseUrl(), statements);
  await expectSmallScans(prepared);
  await prepared.close();
});
