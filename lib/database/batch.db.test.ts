import pg from "pg";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { someApp } from "@/test/support/factories";
import { newId } from "../ids";
import { batchedStatement } from "./batch";
import { pool } from "./client";

/** Looks up one row by its key. */
const lookUp = batchedStatement<{ number: number }, { name: string }>({
  name: "test-look-up",
  types: { number: "oid" },
  text: (asked) =>
    `SELECT "nth", p."proname" AS "name" FROM ${asked} JOIN "pg_proc" p ON p."oid" = asked."number" WHERE $1 <> ''`,
});

/** Increments a counter of the app; with `by` 0 it increments nothing and returns no row. */
const count = batchedStatement<{ name: string; by: number }, { count: number; name: string }>({
  name: "test-shared",
  types: { name: "text", by: "int" },
  key: ({ name }) => name,
  text: (asked) => `WITH counted AS (
      INSERT INTO "AttemptCounter" ("appId", "kind", "keyHash", "count", "startedAt", "lastAt", "expiresAt")
      SELECT $1, 'test-shared', sha256(convert_to("name", 'UTF8')), 100 / (100 - "by"), now(), now(), now() + interval '1 hour' FROM ${asked} WHERE "by" > 0
      RETURNING "keyHash")
    SELECT "nth", "name", "by" AS "count" FROM counted JOIN ${asked} ON "keyHash" = sha256(convert_to("name", 'UTF8'))`,
});

let appId: string;
let neighborId: string;
beforeAll(async () => {
  [appId, neighborId] = [(await someApp()).id, (await someApp()).id];
});

const rowsOf = async (id: string) =>
  (
    await pool().query(
      `SELECT count(*)::int AS n FROM "AttemptCounter" WHERE "appId" = $1 AND "kind" = 'test-shared'`,
      [id],
    )
  ).rows[0].n;

async function counting<T>(work: () => Promise<T>): Promise<[T, string[]]> {
  const query = vi.spyOn(pg.Client.prototype, "query");
  try {
    const result = await work();
    // The app ID of each statement, without those that prepare a new connection.
    const asked = query.mock.calls.map(([one]) => (one as unknown as { values?: string[] }).values?.[0]);
    return [result, asked.filter((id) => id !== undefined)];
  } finally {
    query.mockRestore();
  }
}

const some = (n: number) => Array.from({ length: n }, (_, index) => ({ name: newId("evt"), by: 1 + (index % 7) }));

describe("a shared statement", () => {
  it("returns to each of 20 concurrent calls its own row, in one round trip", async () => {
    const asked = some(20);
    const [rows, statements] = await counting(() => Promise.all(asked.map((one) => count(appId, one))));
    expect(rows.map((row) => row?.count)).toEqual(asked.map(({ by }) => by));
    expect(statements).toHaveLength(1);
  });

  it("returns null only to the call for which the statement returns no row", async () => {
    const [none, one] = await Promise.all([
      count(appId, { name: newId("evt"), by: 0 }),
      count(appId, { name: newId("evt"), by: 3 }),
    ]);
    expect([none, one?.count]).toEqual([null, 3]);
  });

  it("never combines the calls of two apps", async () => {
    const [rows, statements] = await counting(() =>
      Promise.all([...some(5).map((one) => count(appId, one)), ...some(5).map((one) => count(neighborId, one))]),
    );
    expect(rows.every(Boolean)).toBe(true);
    expect(statements.sort()).toEqual([appId, neighborId].sort());
  });

  it("fails only the call that causes the error, and runs the others once", async () => {
    const before = await rowsOf(appId);
    const asked = [...some(3), { name: newId("evt"), by: 100 }, ...some(3)];
    const results = await Promise.allSettled(asked.map((one) => count(appId, one)));
    expect(results.map(({ status }) => status)).toEqual(asked.map(({ by }) => (by === 100 ? "rejected" : "fulfilled")));
    expect(results[3]).toMatchObject({ reason: { code: "22012" } });
    expect(await rowsOf(appId)).toBe(before + 6);
  });

  it("passes any text unchanged", async () => {
    const names = ['{"a"}', "NULL", "a,b", "back\\slash", `quote"'`, "", "ü€😀", "\n"].map(
      (name) => name + newId("evt"),
    );
    const rows = await Promise.all(names.map((name, index) => count(appId, { name, by: index + 1 })));
    expect(rows.map((row) => row?.name)).toEqual(names);
  });

  it("fails every call if the database is unavailable, and works again after that", async () => {
    const query = vi
      .spyOn(pg.Pool.prototype, "query")
      .mockRejectedValueOnce(Object.assign(new Error("gone"), { code: "57P01" }) as never);
    const results = await Promise.allSettled(some(3).map((one) => count(appId, one)));
    query.mockRestore();
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await count(appId, { name: newId("evt"), by: 2 })).toMatchObject({ count: 2 });
  });

  it("runs two calls with the same key one after the other", async () => {
    const name = newId("evt");
    const results = await Promise.allSettled(
      [1, 2, 3].map((by) => count(appId, { name, by })).concat(count(appId, { name: newId("evt"), by: 4 })),
    );
    // Later INSERTs find the row. One shared statement would fail for every call with this key.
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: { code: "23505" } });
  });

  it("is planned a few times only, because planning takes longer than running it", async () => {
    const { rows } = await pool().query(`SELECT "oid"::int AS "number", "proname" AS "name" FROM "pg_proc" LIMIT 200`);
    const look = async ({ number, name }: { number: number; name: string }) =>
      expect(await lookUp(appId, { number })).toMatchObject({ name });
    for (const row of rows) await look(row);
    for (let at = 0; at < rows.length; at += 4) await Promise.all(rows.slice(at, at + 4).map(look));
    const plans = await pool().query(
      `SELECT "generic_plans"::int AS kept, "custom_plans"::int AS anew FROM "pg_prepared_statements" WHERE "name" LIKE 'test-look-up%'`,
    );
    // One plan for a single call, and one for many calls.
    expect(plans.rows).toHaveLength(2);
    for (const { kept, anew } of plans.rows) expect(kept).toBeGreaterThan(anew);
  });

  it("accepts more concurrent calls than fit into one statement", async () => {
    const asked = some(300);
    const [rows, statements] = await counting(() => Promise.all(asked.map((one) => count(appId, one))));
    expect(rows.map((row) => row?.count)).toEqual(asked.map(({ by }) => by));
    expect(statements).toHaveLength(6);
  });
});
