import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { someApp, someDeveloper, type TestApp } from "@/test/support/factories";
import { runtimeDatabaseUrl } from "../env";
import { newId } from "../ids";
import { pool } from "./client";

/** Tables without a tenant key. */
const NO_TENANT = ["App", "_prisma_migrations"];

async function rowsOf<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await pool().query<Row>(text, values)).rows;
}

async function insert(table: string, row: Record<string, unknown>): Promise<void> {
  const names = Object.keys(row).map((name) => `"${name}"`);
  const places = names.map((_, index) => `$${index + 1}`);
  await pool().query(`INSERT INTO "${table}" (${names}) VALUES (${places})`, Object.values(row));
}

const FOREIGN_KEY = { code: "23503" };
const CHECK = { code: "23514" };
const soon = () => new Date(Date.now() + 3_600_000);

/** A user, a client, a session and a grant of an App. */
async function someUserWithGrant(app: TestApp) {
  const [userId, clientId, sessionId, grantId] = [newId("usr"), `cli_${newId("sec")}`, newId("ses"), newId("grn")];
  await insert("User", { appId: app.id, id: userId });
  await insert("OAuthClient", { appId: app.id, id: clientId, name: "client", updatedAt: new Date() });
  await insert("Session", sessionRow(app.id, userId, sessionId));
  await insert("Grant", grantRow(app.id, { userId, clientId, sessionId }, grantId));
  return { userId, clientId, sessionId, grantId };
}

function sessionRow(appId: string, userId: string, id = newId("ses")) {
  const salt = randomBytes(16);
  return { appId, id, userId, kind: "api", salt, authTime: new Date(), idleExpiresAt: soon(), expiresAt: soon() };
}

function grantRow(
  appId: string,
  of: { userId: string; clientId: string; sessionId: string | null },
  id = newId("grn"),
) {
  const common = { subject: of.userId, salt: randomBytes(16), authTime: new Date() };
  return { appId, id, ...of, ...common, idleExpiresAt: soon(), expiresAt: soon() };
}

describe("the database rejects a row that joins two apps", () => {
  let a: TestApp;
  let b: TestApp;
  let ofA: Awaited<ReturnType<typeof someUserWithGrant>>;
  let ofB: Awaited<ReturnType<typeof someUserWithGrant>>;
  beforeAll(async () => {
    [a, b] = [await someApp("A"), await someApp("B")];
    [ofA, ofB] = [await someUserWithGrant(a), await someUserWithGrant(b)];
  });

  it("such as a session of app A for a user of app B", () =>
    expect(insert("Session", sessionRow(a.id, ofB.userId))).rejects.toMatchObject(FOREIGN_KEY));

  it.each(["userId", "clientId", "sessionId"] as const)("such as a grant of app A with the %s of app B", (name) =>
    expect(insert("Grant", grantRow(a.id, { ...pick(ofA), [name]: ofB[name] }))).rejects.toMatchObject(FOREIGN_KEY),
  );

  it.each(["userId", "clientId"] as const)("such as a consent of app A with the %s of app B", (name) => {
    const { userId, clientId } = ofA;
    return expect(
      insert("Consent", { appId: a.id, userId, clientId, updatedAt: new Date(), [name]: ofB[name] }),
    ).rejects.toMatchObject(FOREIGN_KEY);
  });

  it.each(["userId", "clientId", "sessionId"] as const)("such as a code of app A with the %s of app B", (name) => {
    const row = { appId: a.id, hash: randomBytes(32), ...ofA, authTime: new Date(), expiresAt: soon() };
    return expect(insert("AuthorizationCode", { ...row, [name]: ofB[name] })).rejects.toMatchObject(FOREIGN_KEY);
  });

  it("such as an identity of app A for a user of app B", () =>
    expect(
      insert("Identity", {
        appId: a.id,
        id: newId("idn"),
        userId: ofB.userId,
        connection: "github",
        issuer: "i",
        subject: "s",
      }),
    ).rejects.toMatchObject(FOREIGN_KEY));

  it("and a row of an app that does not exist", () =>
    expect(insert("User", { appId: "app_nowhere", id: newId("usr") })).rejects.toMatchObject(FOREIGN_KEY));

  it("and an update that moves a session to another app", () =>
    expect(
      pool().query(`UPDATE "Session" SET "appId" = $1 WHERE "id" = $2`, [b.id, ofA.sessionId]),
    ).rejects.toMatchObject(FOREIGN_KEY));

  it("but accepts the same ID in two apps", async () => {
    await insert("User", { appId: b.id, id: ofA.userId });
    const rows = await rowsOf<{ appId: string }>(`SELECT "appId" FROM "User" WHERE "id" = $1`, [ofA.userId]);
    expect(rows).toHaveLength(2);
  });

  it("and keeps a grant in its app when its session is deleted (ON DELETE SET NULL of the session ID only)", async () => {
    const own = await someUserWithGrant(a);
    await pool().query(`DELETE FROM "Session" WHERE "id" = $1`, [own.sessionId]);
    expect(await rowsOf(`SELECT "appId", "sessionId" FROM "Grant" WHERE "id" = $1`, [own.grantId])).toEqual([
      { appId: a.id, sessionId: null },
    ]);
  });

  it("and deletes a user's own sessions and grants with the user", async () => {
    const [own, neighbor] = [await someUserWithGrant(a), await someUserWithGrant(a)];
    await pool().query(`DELETE FROM "User" WHERE "appId" = $1 AND "id" = $2`, [a.id, own.userId]);
    const left = await rowsOf<{ id: string }>(`SELECT "id" FROM "Grant" WHERE "id" = ANY($1)`, [
      [own.grantId, neighbor.grantId],
    ]);
    expect(left).toEqual([{ id: neighbor.grantId }]);
    expect(await rowsOf(`SELECT 1 FROM "Session" WHERE "id" = $1`, [own.sessionId])).toEqual([]);
  });

  const pick = ({ userId, clientId, sessionId }: typeof ofA) => ({ userId, clientId, sessionId });
});

describe("AppMember, which joins two apps by design", () => {
  it("accepts a user of tenant zero", async () => {
    const [app, developer] = [await someApp(), await someDeveloper()];
    await insert("AppMember", { appId: app.id, userId: developer.id, role: "viewer" });
  });

  it("rejects a user of any other app", async () => {
    const app = await someApp();
    const { userId } = await someUserWithGrant(app);
    await expect(insert("AppMember", { appId: app.id, userId, role: "owner" })).rejects.toMatchObject(FOREIGN_KEY);
    await expect(
      insert("AppMember", { appId: app.id, developerAppId: app.id, userId, role: "owner" }),
    ).rejects.toMatchObject(CHECK);
  });
});

describe("every table", () => {
  it("with a tenant key starts its primary key with appId", async () => {
    const keys = await rowsOf<{ table: string; column: string }>(`
      SELECT c.relname AS "table", a.attname AS "column"
      FROM pg_class c
      LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`);
    expect(keys.length).toBeGreaterThan(20);
    const wrong = keys.filter(({ table, column }) => !NO_TENANT.includes(table) && column !== "appId");
    expect(wrong).toEqual([]);
  });

  it("references another tenant table by app ID and ID", async () => {
    const keys = await rowsOf<{ name: string; target: string; from: string[]; to: string[] }>(`
      SELECT k.conname AS name, k.confrelid::regclass::text AS target,
        ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY n(num, i)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.num ORDER BY n.i) AS "from",
        ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY n(num, i)
          JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = n.num ORDER BY n.i) AS "to"
      FROM pg_constraint k WHERE k.contype = 'f'`);
    expect(keys.length).toBeGreaterThan(20);
    const loose = keys.filter(({ target, from, to }) => {
      if (target === '"App"') return from.join() !== "appId";
      return !(["appId", "developerAppId"].includes(from[0] ?? "") && to[0] === "appId" && from.length === 2);
    });
    expect(loose).toEqual([]);
    expect(keys.filter(({ from }) => from[0] === "developerAppId").map(({ name }) => name)).toEqual([
      "AppMember_developerAppId_userId_fkey",
    ]);
  });

  it("stores times with their time zone", async () => {
    const columns = await rowsOf(`
      SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'`);
    expect(columns).toEqual([]);
  });
});

it("allows one active signing key per app and algorithm", async () => {
  const app = await someApp();
  const row = { appId: app.id, alg: "ES256", publicJwk: "{}", privateSealed: "x" };
  await insert("SigningKey", { ...row, id: "k1", status: "next" });
  await expect(insert("SigningKey", { ...row, id: "k2", status: "active" })).rejects.toMatchObject({ code: "23505" });
});

describe("triggers notify a change of configuration with the app's ID", () => {
  let listener: pg.Client;
  const heard: string[] = [];
  let app: TestApp;

  beforeAll(async () => {
    listener = new pg.Client({ connectionString: runtimeDatabaseUrl() });
    await listener.connect();
    listener.on("notification", ({ channel, payload }) => heard.push(`${channel} ${payload}`));
    await listener.query("LISTEN foyer_config");
    app = await someApp();
  });
  afterAll(() => listener.end());

  /** Returns the notifications of `statements`, each of which is its own transaction. */
  async function notificationsOf(...statements: [text: string, values: unknown[]][]): Promise<string[]> {
    await listener.query("SELECT 1");
    heard.length = 0;
    for (const [text, values] of statements) await listener.query(text, values);
    await listener.query("SELECT 1");
    return [...heard];
  }

  const WHERE = `WHERE "appId" = $1`;
  it.each<[string, string, string, string]>([
    ["ApiKey", `("appId", "id", "name", "prefix", "hash") VALUES ($1, 'k', 'n', 'p', 'h')`, `"revokedAt" = now()`, "k"],
    [
      "SigningKey",
      `("appId", "id", "alg", "status", "publicJwk") VALUES ($1, 'k', 'x', 'next', '{}')`,
      `"status" = 'retiring'`,
      "k",
    ],
    ["OAuthClient", `("appId", "id", "name") VALUES ($1, 'c', 'n')`, `"disabledAt" = now()`, "c"],
    [
      "ClientSecret",
      `("appId", "id", "clientId", "prefix", "hash") VALUES ($1, 's', 'for-secrets', 'p', 'h')`,
      `"revokedAt" = now()`,
      "s",
    ],
  ])("for a created, changed and deleted %s", async (table, values, change, id) => {
    await pool().query(
      `INSERT INTO "OAuthClient" ("appId", "id", "name") VALUES ($1, 'for-secrets', 'n') ON CONFLICT DO NOTHING`,
      [app.id],
    );
    const said = await notificationsOf(
      [`INSERT INTO "${table}" ${values}`, [app.id]],
      [`UPDATE "${table}" SET ${change} ${WHERE} AND "id" = $2`, [app.id, id]],
      [`DELETE FROM "${table}" ${WHERE} AND "id" = $2`, [app.id, id]],
    );
    expect(said).toEqual(Array(3).fill(`foyer_config ${app.id}`));
  });

  it.each<[string, string, string]>([
    ["Scope", `("appId", "name", "description") VALUES ($1, 'photos', 'See your photos')`, `"sensitive" = true`],
    [
      "Resource",
      `("appId", "id", "identifier", "identifierCanonical", "name") VALUES ($1, 'r', 'https://api', 'https://api/', 'API')`,
      `"name" = 'x'`,
    ],
    ["CustomClaim", `("appId", "id", "name", "source") VALUES ($1, 'c', 'plan', '{"constant": 1}')`, `"scope" = 'x'`],
    [
      "OAuthConfig",
      `("appId", "connection", "provider", "clientId") VALUES ($1, 'github', 'github', 'c')`,
      `"enabled" = false`,
    ],
  ])("for a created, changed and deleted %s", async (table, values, change) => {
    const said = await notificationsOf(
      [`INSERT INTO "${table}" ${values}`, [app.id]],
      [`UPDATE "${table}" SET ${change} ${WHERE}`, [app.id]],
      [`DELETE FROM "${table}" ${WHERE}`, [app.id]],
    );
    expect(said).toEqual(Array(3).fill(`foyer_config ${app.id}`));
  });

  it("for a changed and deleted App", async () => {
    const other = await someApp();
    const changed = await notificationsOf([`UPDATE "App" SET "disabledAt" = now() WHERE "id" = $1`, [other.id]]);
    expect(changed).toEqual([`foyer_config ${other.id}`]);
    const deleted = await notificationsOf([`DELETE FROM "App" WHERE "id" = $1`, [other.id]]);
    expect(new Set(deleted)).toEqual(new Set([`foyer_config ${other.id}`]));
  });

  it.each(["ApiKey", "ClientSecret", "OAuthClient"])("but not for the last use of an %s", async (table) => {
    await pool().query(
      `INSERT INTO "OAuthClient" ("appId", "id", "name") VALUES ($1, 'used', 'n') ON CONFLICT DO NOTHING`,
      [app.id],
    );
    await pool().query(
      `INSERT INTO "ClientSecret" ("appId", "id", "clientId", "prefix", "hash") VALUES ($1, 'used', 'used', 'p', 'h') ON CONFLICT DO NOTHING`,
      [app.id],
    );
    const text = `UPDATE "${table}" SET "lastUsedAt" = now() WHERE "appId" = $1 RETURNING 1`;
    expect(await notificationsOf([text, [app.id]])).toEqual([]);
  });

  it("but not for a user", async () => {
    const userId = newId("usr");
    const said = await notificationsOf(
      [`INSERT INTO "User" ("appId", "id") VALUES ($1, $2)`, [app.id, userId]],
      [`UPDATE "User" SET "name" = 'x' WHERE "id" = $1`, [userId]],
      [`DELETE FROM "User" WHERE "id" = $1`, [userId]],
    );
    expect(said).toEqual([]);
  });
});
