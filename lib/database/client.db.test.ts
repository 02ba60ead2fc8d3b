import pg from "pg";
import { describe, expect, it } from "vitest";
import { someApp, someDeveloper } from "@/test/support/factories";
import { runtimeDatabaseUrl } from "../env";
import { newId } from "../ids";
import { db, isUnavailable, isUniqueViolation, pool, prepared, transaction } from "./client";
import { connectionSettings } from "./connection";

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error("did not fail");
    },
    (error) => error,
  );
}

describe("isUnavailable", () => {
  it.each([
    ["connection refused", { code: "ECONNREFUSED" }],
    ["connection reset", { code: "ECONNRESET" }],
    ["no such host", { code: "ENOTFOUND" }],
    ["DNS not ready", { code: "EAI_AGAIN" }],
    ["connection failure", { code: "08006" }],
    ["too many connections", { code: "53300" }],
    ["disk full", { code: "53100" }],
    ["admin shutdown", { code: "57P01" }],
    ["starting up", { code: "57P03" }],
    ["statement time-out", { code: "57014" }],
    ["lock time-out", { code: "55P03" }],
    ["deadlock", { code: "40P01" }],
    ["serialization failure", { code: "40001" }],
    ["Prisma: cannot reach", { code: "P1001" }],
    ["Prisma: closed", { code: "P1017" }],
    ["Prisma: pool time-out", { code: "P2024" }],
    ["Prisma: transaction API", { code: "P2028" }],
    ["Prisma: write conflict", { code: "P2034" }],
    ["pg: terminated", new Error("Connection terminated unexpectedly")],
    ["pg: pool time-out", new Error("timeout exceeded when trying to connect")],
    ["pg: closed during a query", new Error("Client was closed and is not queryable")],
    ["node: reset during a query", new Error("socket hang up")],
    ["Prisma: the adapter's code", { message: "ConnectionClosed" }],
    ["recovery after a crash", new Error("the database system is in recovery mode")],
    ["a cause", new Error("query failed", { cause: { code: "57P01" } })],
    [
      "a nested cause",
      new Error("a", { cause: new Error("b", { cause: new Error("c", { cause: { code: "08001" } }) }) }),
    ],
    [
      "an adapter's original code",
      { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "57014" } } } },
    ],
    ["a raw query's code", { code: "P2010", meta: { code: "53300" } }],
  ])("is true for %s", (_, error) => expect(isUnavailable(error)).toBe(true));

  const endless: { cause?: unknown } = {};
  endless.cause = endless;
  it.each([
    ["unique violation", { code: "23505" }],
    ["foreign key violation", { code: "23503" }],
    ["syntax error", { code: "42601" }],
    ["a value out of range", { code: "22003" }],
    ["Prisma: unique", { code: "P2002" }],
    ["Prisma: not found", { code: "P2025" }],
    ["an exit code", { code: 1 }],
    ["a bug", new TypeError("x is not a function")],
    ["a message about a timeout elsewhere", new Error("the mail provider timed out")],
    ["an SQLSTATE longer than five characters", { code: "080061" }],
    ["null", null],
    ["undefined", undefined],
    ["text", "ECONNREFUSED"],
    ["an error that is its own cause", endless],
  ])("is false for %s", (_, error) => expect(isUnavailable(error)).toBe(false));
});

describe("a real failure", () => {
  const slowQuery = `SELECT pg_sleep(5)`;

  it("is unavailability if a statement was canceled, through pg and through Prisma", async () => {
    const viaPg = pool().query(`SET LOCAL statement_timeout = 1; ${slowQuery}`);
    expect(isUnavailable(await failureOf(viaPg))).toBe(true);
    const viaPrisma = transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL statement_timeout = 1");
      await tx.$queryRawUnsafe(slowQuery);
    });
    expect(isUnavailable(await failureOf(viaPrisma))).toBe(true);
  });

  it("is unavailability if a row stays locked", async () => {
    const { id } = await someApp();
    const other = new pg.Client({ ...connectionSettings(), connectionString: runtimeDatabaseUrl() });
    await other.connect();
    try {
      await other.query("BEGIN");
      await other.query(`SELECT 1 FROM "App" WHERE "id" = $1 FOR UPDATE`, [id]);
      const waiting = transaction(async (tx) => {
        await tx.$executeRawUnsafe("SET LOCAL lock_timeout = 20");
        await tx.app.update({ where: { id }, data: { name: "x" } });
      });
      expect(isUnavailable(await failureOf(waiting))).toBe(true);
    } finally {
      await other.end();
    }
  });

  it("is unavailability if a connection ends during a query, and the next query works", async () => {
    const client = await pool().connect();
    // The pool handles errors of idle connections only.
    client.on("error", () => {});
    const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
    const running = failureOf(client.query(slowQuery));
    await pool().query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
    expect(isUnavailable(await running)).toBe(true);
    client.release(true);
    expect((await pool().query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  it("is unavailability if the port is closed", async () => {
    const client = new pg.Client({ connectionString: "postgres://u:p@127.0.0.1:1/none" });
    expect(isUnavailable(await failureOf(client.connect()))).toBe(true);
  });

  it("is a unique violation, not unavailability, for a second row with the same key, through pg and Prisma", async () => {
    const { id } = await someDeveloper();
    const twice = { appId: "app_foyer", id };
    const viaPrisma = await failureOf(db().user.create({ data: twice }));
    const viaPg = await failureOf(pool().query(`INSERT INTO "User" ("appId", "id") VALUES ('app_foyer', $1)`, [id]));
    const viaTransaction = await failureOf(transaction((tx) => tx.user.create({ data: twice })));
    for (const error of [viaPrisma, viaPg, viaTransaction]) {
      expect(isUniqueViolation(error)).toBe(true);
      expect(isUnavailable(error)).toBe(false);
    }
    expect(isUniqueViolation(null)).toBe(false);
    expect(isUniqueViolation({ code: "23503" })).toBe(false);
  });

  it("rolls back the whole transaction", async () => {
    const id = newId("usr");
    const half = transaction(async (tx) => {
      await tx.user.create({ data: { appId: "app_foyer", id } });
      throw new Error("changed my mind");
    });
    await expect(half).rejects.toThrow("changed my mind");
    expect(await db().user.count({ where: { id } })).toBe(0);
  });
});

it("limits how long each connection waits for statements, locks, connecting and idle transactions", async () => {
  const { rows } = await pool().query(
    `SELECT name, setting::int AS ms FROM pg_settings
     WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') ORDER BY name`,
  );
  expect(rows).toEqual([
    { name: "idle_in_transaction_session_timeout", ms: 10_000 },
    { name: "lock_timeout", ms: 2000 },
    { name: "statement_timeout", ms: 5000 },
  ]);
  expect(connectionSettings().connectionTimeoutMillis).toBe(2000);
});

it("binds the values of a prepared statement", async () => {
  const values = ['\'; DROP TABLE "User"; --', 7];
  const run = () => prepared<{ a: string; b: number }>("test-echo", "SELECT $1::text AS a, $2::int AS b", values);
  expect(await run()).toEqual([{ a: values[0], b: 7 }]);
  expect(await run()).toEqual([{ a: values[0], b: 7 }]);
});
