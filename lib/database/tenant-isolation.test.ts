import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { someApp, someDeveloper, type TestApp } from "@/test/support/factories";
import { runtimeDatabaseUrl } from "../env";
import { newId } from "../ids";
import { pool } from "./client";

/** Tables that are an App, or belong to none. */
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
async function someResidents(app: TestApp) {
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

describe("an App is an island: the database refuses a row that joins two", () => {
  let a: TestApp;
  let b: TestApp;
  let ofA: Awaited<ReturnType<typeof someResidents>>;
  let ofB: Awaited<ReturnType<typeof someResidents>>;
  beforeAll(async () => {
    [a, b] = [await someApp("A"), await someApp("B")];
    [ofA, ofB] = [await someResidents(a), await someResidents(b)];
  });

  it("a session of App A for a user of App B", () =>
    expect(insert("Session", sessionRow(a.id, ofB.userId))).rejects.toMatchObject(FOREIGN_KEY));

  it.each(["userId", "clientId", "sessionId"] as const)("a grant of App A with the %s of App B", (name) =>
    expect(insert("Grant", grantRow(a.id, { ...pick(ofA), [name]: ofB[name] }))).rejects.toMatchObject(FOREIGN_KEY),
  );

  it.each(["userId", "clientId"] as const)("a consent of App A with the %s of App B", (name) => {
    const { userId, clientId } = ofA;
    return expect(
      insert("Consent", { appId: a.id, userId, clientId, updatedAt: new Date(), [name]: ofB[name] }),
    ).rejects.toMatchObject(FOREIGN_KEY);
  });

  it.each(["userId", "clientId", "sessionId"] as const)("a code of App A with the %s of App B", (name) => {
    const row = { appId: a.id, hash: randomBytes(32), ...ofA, authTime: new Date(), expiresAt: soon() };
    return expect(insert("AuthorizationCode", { ...row, [name]: ofB[name] })).rejects.toMatchObject(FOREIGN_KEY);
  });

  it("an identity of App A for a user of App B", () =>
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

  it("a row of an App that does not exist", () =>
    expect(insert("User", { appId: "app_nowhere", id: newId("usr") })).rejects.toMatchObject(FOREIGN_KEY));

  it("a session that is moved to another App", () =>
    expect(
      pool().query(`UPDATE "Session" SET "appId" = $1 WHERE "id" = $2`, [b.id, ofA.sessionId]),
    ).rejects.toMatchObject(FOREIGN_KEY));

  it("the same ids in two Apps are two things", async () => {
    await insert("User", { appId: b.id, id: ofA.userId });
    const rows = await rowsOf<{ appId: string }>(`SELECT "appId" FROM "User" WHERE "id" = $1`, [ofA.userId]);
    expect(rows).toHaveLength(2);
  });

  it("a grant outlives its session, in its own App (ON DELETE SET NULL of the session alone)", async () => {
    const own = await someResidents(a);
    await pool().query(`DELETE FROM "Session" WHERE "id" = $1`, [own.sessionId]);
    expect(await rowsOf(`SELECT "appId", "sessionId" FROM "Grant" WHERE "id" = $1`, [own.grantId])).toEqual([
      { appId: a.id, sessionId: null },
    ]);
  });

  it("and a user goes with everything that hangs on them, nobody else's", async () => {
    const [own, neighbour] = [await someResidents(a), await someResidents(a)];
    await pool().query(`DELETE FROM "User" WHERE "appId" = $1 AND "id" = $2`, [a.id, own.userId]);
    const left = await rowsOf<{ id: string }>(`SELECT "id" FROM "Grant" WHERE "id" = ANY($1)`, [
      [own.grantId, neighbour.grantId],
    ]);
    expect(left).toEqual([{ id: neighbour.grantId }]);
    expect(await rowsOf(`SELECT 1 FROM "Session" WHERE "id" = $1`, [own.sessionId])).toEqual([]);
  });

  const pick = ({ userId, clientId, sessionId }: typeof ofA) => ({ userId, clientId, sessionId });
});

describe("AppMember, the one row that joins two Apps by design", () => {
  it("takes a user of tenant zero", async () => {
    const [app, developer] = [await someApp(), await someDeveloper()];
    await insert("AppMember", { appId: app.id, userId: developer.id, role: "viewer" });
  });

  it("refuses a user of any other App", async () => {
    const app = await someApp();
    const { userId } = await someResidents(app);
    await expect(insert("AppMember", { appId: app.id, userId, role: "owner" })).rejects.toMatchObject(FOREIGN_KEY);
    await expect(
      insert("AppMember", { appId: app.id, developerAppId: app.id, userId, role: "owner" }),
    ).rejects.toMatchObject(CHECK);
  });
});

describe("every table", () => {
  it("of a tenant starts its primary key with appId", async () => {
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

  it("points at another tenant table by App and id together", async () => {
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

  it("keeps its times with their zone", async () => {
    const columns = await rowsOf(`
      SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'`);
    expect(columns).toEqual([]);
  });
});

it("at most one key per App and algorithm signs", async () => {
  const app = await someApp();
  const row = { appId: app.id, alg: "ES256", publicJwk: "{}", privateSealed: "x" };
  await insert("SigningKey", { ...row, id: "k1", status: "next" });
  await expect(insert("SigningKey", { ...row, id: "k2", status: "active" })).rejects.toMatchObject({ code: "23505" });
});

describe("triggers announce a change of configuration with the App's id", () => {
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

  /** What was announced by `statements`, each of which is its own transaction. */
  async function announcedBy(...statements: [text: string, values: unknown[]][]): Promise<string[]> {
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
  ])("%s: made, changed, deleted", async (table, values, change, id) => {
    await pool().query(
      `INSERT INTO "OAuthClient" ("appId", "id", "name") VALUES ($1, 'for-secrets', 'n') ON CONFLICT DO NOTHING`,
      [app.id],
    );
    const said = await announcedBy(
      [`INSERT INTO "${table}" ${values}`, [app.id]],
      [`UPDATE "${table}" SET ${change} ${WHERE} AND "id" = $2`, [app.id, id]],
      [`DELETE FROM "${table}" ${WHERE} AND "id" = $2`, [app.id, id]],
    );
    expect(said).toEqual(Array(3).fill(`foyer_config ${app.id}`));
  });

  it.each<[string, string, string]>([
    ["Scope", `("appId", "name", "description") VALUES ($1, 'photos', 'See your photos')`, `"sensitive" = true`],
    ["Resource", `("appId", "identifier", "name") VALUES ($1, 'https://api', 'API')`, `"name" = 'x'`],
    [
      "OAuthConfig",
      `("appId", "connection", "provider", "clientId") VALUES ($1, 'github', 'github', 'c')`,
      `"enabled" = false`,
    ],
  ])("%s: made, changed, deleted", async (table, values, change) => {
    const said = await announcedBy(
      [`INSERT INTO "${table}" ${values}`, [app.id]],
      [`UPDATE "${table}" SET ${change} ${WHERE}`, [app.id]],
      [`DELETE FROM "${table}" ${WHERE}`, [app.id]],
    );
    expect(said).toEqual(Array(3).fill(`foyer_config ${app.id}`));
  });

  it("App: changed and deleted", async () => {
    const other = await someApp();
    const changed = await announcedBy([`UPDATE "App" SET "disabledAt" = now() WHERE "id" = $1`, [other.id]]);
    expect(changed).toEqual([`foyer_config ${other.id}`]);
    const deleted = await announcedBy([`DELETE FROM "App" WHERE "id" = $1`, [other.id]]);
    expect(new Set(deleted)).toEqual(new Set([`foyer_config ${other.id}`]));
  });

  it.each(["ApiKey", "ClientSecret", "OAuthClient"])("%s: that it was used is nobody's business", async (table) => {
    await pool().query(
      `INSERT INTO "OAuthClient" ("appId", "id", "name") VALUES ($1, 'used', 'n') ON CONFLICT DO NOTHING`,
      [app.id],
    );
    await pool().query(
      `INSERT INTO "ClientSecret" ("appId", "id", "clientId", "prefix", "hash") VALUES ($1, 'used', 'used', 'p', 'h') ON CONFLICT DO NOTHING`,
      [app.id],
    );
    const text = `UPDATE "${table}" SET "lastUsedAt" = now() WHERE "appId" = $1 RETURNING 1`;
    expect(await announcedBy([text, [app.id]])).toEqual([]);
  });

  it("a session or a user is no configuration", async () => {
    const userId = newId("usr");
    const said = await announcedBy(
      [`INSERT INTO "User" ("appId", "id") VALUES ($1, $2)`, [app.id, userId]],
      [`UPDATE "User" SET "name" = 'x' WHERE "id" = $1`, [userId]],
      [`DELETE FROM "User" WHERE "id" = $1`, [userId]],
    );
    expect(said).toEqual([]);
  });
});
