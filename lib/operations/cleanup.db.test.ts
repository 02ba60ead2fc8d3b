import { randomBytes } from "node:crypto";
import pg from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { db, pool } from "../database/client";
import { runtimeDatabaseUrl } from "../env";
import { newAppId, newId } from "../ids";
import { removeExpired } from "./cleanup";

await createOwnDatabase();

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY);

/** An app without signing keys. */
function bareApp(settings = {}): Promise<{ id: string }> {
  const id = newAppId();
  return db().app.create({ data: { id, name: "Test App", issuer: id, pairwiseSalt: randomBytes(32), settings } });
}

let app: { id: string };
let userId: string;
beforeEach(async () => {
  app = await bareApp();
  userId = newId("usr");
  await db().user.create({ data: { appId: app.id, id: userId } });
  await db().oAuthClient.create({ data: { appId: app.id, id: "cli", name: "client" } });
});

const lifetime = (expiresAt: Date) => ({
  idleExpiresAt: expiresAt,
  expiresAt,
  authTime: new Date(),
  salt: randomBytes(16),
});

/** Creates a row in each table, which expires at `expiresAt`. */
async function fill(expiresAt: Date, name: string): Promise<void> {
  const appId = app.id;
  const at = new Date();
  await db().oneTimeToken.create({ data: { appId, id: name, purpose: "p", secretHash: randomBytes(32), expiresAt } });
  await db().authorizationRequest.create({ data: { appId, id: name, kind: "query", parameters: {}, expiresAt } });
  await db().authorizationCode.create({
    data: { appId, hash: Buffer.from(name), clientId: "cli", userId, authTime: at, expiresAt },
  });
  await db().grant.create({ data: { appId, id: name, clientId: "cli", userId, subject: "s", ...lifetime(expiresAt) } });
  await db().session.create({ data: { appId, id: name, userId, kind: "api", ...lifetime(expiresAt) } });
  await db().revokedToken.create({ data: { appId, jti: name, expiresAt } });
  await db().usedToken.create({ data: { appId, hash: Buffer.from(name), expiresAt } });
  await db().attemptCounter.create({
    data: { appId, kind: name, keyHash: randomBytes(32), startedAt: at, lastAt: at, expiresAt },
  });
  await db().idempotencyKey.create({
    data: { appId, keyHash: Buffer.from(name), requestHash: randomBytes(32), expiresAt },
  });
}

const TABLES = [
  "OneTimeToken",
  "AuthorizationRequest",
  "AuthorizationCode",
  "Grant",
  "Session",
  "RevokedToken",
  "UsedToken",
  "AttemptCounter",
  "IdempotencyKey",
];

async function counts(): Promise<Record<string, number>> {
  const entries = TABLES.map(async (table) => {
    const { rows } = await pool().query(`SELECT count(*)::int AS n FROM "${table}" WHERE "appId" = $1`, [app.id]);
    return [table, rows[0].n] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const each = (n: number) => Object.fromEntries(TABLES.map((table) => [table, n]));

describe("removeExpired", () => {
  it("deletes expired rows and keeps the others", async () => {
    await fill(ago(2), "dead");
    await fill(ago(-1), "live");
    const removed = await removeExpired();
    expect(await counts()).toEqual(each(1));
    for (const table of TABLES) expect(removed[table]).toBeGreaterThanOrEqual(1);
    const left = await db().session.findMany({ where: { appId: app.id } });
    expect(left.map((session) => session.id)).toEqual(["live"]);
    expect(await db().user.count({ where: { appId: app.id } })).toBe(1);
  });

  it("keeps a used code as long as its grant, so that a replay is detected, and deletes both together", async () => {
    const appId = app.id;
    await db().grant.create({ data: { appId, id: "g", clientId: "cli", userId, subject: "s", ...lifetime(ago(-1)) } });
    await db().authorizationCode.create({
      data: {
        appId,
        hash: Buffer.from("c"),
        clientId: "cli",
        userId,
        authTime: new Date(),
        expiresAt: ago(30),
        consumedAt: ago(30),
        grantId: "g",
      },
    });
    await removeExpired();
    expect(await counts()).toMatchObject({ AuthorizationCode: 1, Grant: 1 });
    await db().grant.updateMany({ where: { appId }, data: { expiresAt: ago(2) } });
    await removeExpired();
    expect(await counts()).toMatchObject({ AuthorizationCode: 0, Grant: 0 });
  });

  it("keeps the last use of a connected application, whose grants are deleted", async () => {
    const appId = app.id;
    await db().consent.create({ data: { appId, userId, clientId: "cli", scopes: [] } });
    const grant = { appId, clientId: "cli", userId, subject: "s", ...lifetime(ago(2)) };
    const uses = [ago(9), ago(3), ago(5)];
    for (const [n, lastUsedAt] of uses.entries())
      await db().grant.create({ data: { ...grant, id: `g${n}`, lastUsedAt } });
    await removeExpired();
    expect((await db().consent.findFirstOrThrow({ where: { appId } })).lastUsedAt).toEqual(uses[1]);
  });

  it("keeps the offline grant of a deleted session", async () => {
    const appId = app.id;
    await db().session.create({ data: { appId, id: "s", userId, kind: "browser", ...lifetime(ago(2)) } });
    await db().grant.create({
      data: { appId, id: "g", clientId: "cli", userId, subject: "s", sessionId: "s", ...lifetime(ago(-1)) },
    });
    await removeExpired();
    expect(await db().grant.findMany({ where: { appId } })).toMatchObject([{ id: "g", sessionId: null }]);
  });

  it("keeps audit events for the retention period of their app", async () => {
    const [patient, hasty] = [app, await bareApp({ audit_retention_days: 7 })];
    for (const { id: appId } of [patient, hasty]) {
      for (const days of [6, 8, 89, 91]) {
        await db().auditEvent.create({
          data: { appId, id: newId("evt"), type: `${days} days`, actorType: "system", createdAt: ago(days) },
        });
      }
    }
    await removeExpired();
    const left = async (appId: string) =>
      (await db().auditEvent.findMany({ where: { appId, actorType: "system" }, orderBy: { createdAt: "desc" } })).map(
        (event) => event.type,
      );
    expect(await left(patient.id)).toEqual(["6 days", "8 days", "89 days"]);
    expect(await left(hasty.id)).toEqual(["6 days"]);
  });

  it("keeps an email that is still to be sent", async () => {
    const mail = { appId: app.id, template: "t", to: "a@b.c", toCanonical: "a@b.c", createdAt: ago(31) };
    await db().mail.create({ data: { ...mail, id: "waiting", nextAttemptAt: new Date() } });
    await db().mail.create({ data: { ...mail, id: "done", nextAttemptAt: null } });
    await removeExpired();
    expect(await db().mail.findMany({ where: { appId: app.id }, select: { id: true } })).toEqual([{ id: "waiting" }]);
  });

  it("deletes batch after batch until no expired row is left", async () => {
    await pool().query(
      `INSERT INTO "RevokedToken" ("appId", "jti", "expiresAt") SELECT $1, 'many-' || n, now() - interval '1 hour' FROM generate_series(1, 1200) n`,
      [app.id],
    );
    expect((await removeExpired()).RevokedToken).toBe(1200);
    expect((await removeExpired()).RevokedToken).toBe(0);
  });

  it("skips a locked row and deletes it the next time", async () => {
    await fill(ago(2), "dead");
    const other = new pg.Client({ connectionString: runtimeDatabaseUrl() });
    await other.connect();
    try {
      await other.query("BEGIN");
      await other.query(`SELECT 1 FROM "RevokedToken" WHERE "appId" = $1 FOR UPDATE`, [app.id]);
      await removeExpired();
      expect(await counts()).toEqual({ ...each(0), RevokedToken: 1 });
      await other.query("COMMIT");
    } finally {
      await other.end();
    }
    await removeExpired();
    expect(await counts()).toEqual(each(0));
  });

  it("may run several times at once", async () => {
    await fill(ago(2), "dead");
    const removed = await Promise.all([removeExpired(), removeExpired(), removeExpired()]);
    expect(removed.reduce((sum, { Session = 0 }) => sum + Session, 0)).toBe(1);
    expect(await counts()).toEqual(each(0));
  });
});

describe("clients of an open registration", () => {
  const due = ago(0.1);
  const oldClient = { createdAt: ago(3), checkUnusedAt: due, source: "dcr" };

  function client(appId: string, id: string, changes: object = {}) {
    return db().oAuthClient.create({ data: { appId, id, name: id, ...oldClient, ...changes } });
  }

  async function remaining(appId: string): Promise<string[]> {
    await removeExpired();
    return (await db().oAuthClient.findMany({ where: { appId }, orderBy: { id: "asc" } })).map(({ id }) => id);
  }

  it.each([{ registration: "open" }, { mcp: true }])(
    "are deleted a day after their last use (%j)",
    async (settings) => {
      const open = await bareApp(settings);
      await client(open.id, "unused");
      await client(open.id, "new", { createdAt: new Date(), checkUnusedAt: ago(-1) });
      await client(open.id, "used", { lastUsedAt: ago(0.5) });
      await client(open.id, "console", { source: "console", checkUnusedAt: null });
      await client(open.id, "by-token", { checkUnusedAt: null });
      expect(await remaining(open.id)).toEqual(["by-token", "console", "new", "used"]);
    },
  );

  it("are kept with an active grant, and checked again a day later", async () => {
    const open = await bareApp({ registration: "open" });
    await db().user.create({ data: { appId: open.id, id: userId } });
    for (const [id, expiresAt] of [
      ["active", ago(-5)],
      ["expired", ago(2)],
    ] as const) {
      await client(open.id, id);
      await db().grant.create({
        data: { appId: open.id, id, clientId: id, userId, subject: "s", ...lifetime(expiresAt) },
      });
    }
    await client(open.id, "signing-in");
    const pending = { appId: open.id, id: "int_x", clientId: "signing-in", kind: "query", parameters: {} };
    await db().authorizationRequest.create({ data: { ...pending, expiresAt: ago(-1) } });
    expect(await remaining(open.id)).toEqual(["active", "signing-in"]);
    const row = await db().oAuthClient.findUniqueOrThrow({ where: { appId_id: { appId: open.id, id: "active" } } });
    expect(row.checkUnusedAt?.getTime()).toBeGreaterThan(Date.now() + 0.9 * DAY);
  });

  it("are kept where the registration is no longer open", async () => {
    const closed = await bareApp({ registration: "token" });
    await client(closed.id, "unused");
    expect(await remaining(closed.id)).toEqual(["unused"]);
  });

  it("cost nothing until they are due, also 10,000", async () => {
    const open = await bareApp({ registration: "open" });
    await pool().query(
      `INSERT INTO "OAuthClient" ("appId", "id", "name", "source", "createdAt", "checkUnusedAt")
       SELECT $1, 'cli_' || n, 'x', 'dcr', now() - interval '3 days', now() + interval '1 hour' FROM generate_series(1, 10000) n`,
      [open.id],
    );
    const started = performance.now();
    expect((await removeExpired()).OAuthClient).toBe(0);
    expect(performance.now() - started).toBeLessThan(2000);
    await pool().query('ANALYZE "OAuthClient"');
    const plan = await pool().query(
      `EXPLAIN SELECT 1 FROM "OAuthClient" WHERE "checkUnusedAt" < now() ORDER BY "checkUnusedAt" LIMIT 500`,
    );
    expect(JSON.stringify(plan.rows)).toContain("OAuthClient_checkUnusedAt_idx");
  });
});
