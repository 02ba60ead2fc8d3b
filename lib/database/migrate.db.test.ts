import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDatabase, createEmptyDatabase } from "@/test/support/database";
import { hasPgBouncer, type Mode, startPgBouncer, stopPgBouncer } from "@/test/support/pgbouncer";

vi.mock(import("./schema-engine"), async (original) => {
  const module = await original();
  return { ...module, openSchemaEngine: vi.fn(module.openSchemaEngine) };
});

// The set-up of the tests has loaded the real one already.
vi.resetModules();
const { isMigrated, migrate, migrationsFolder } = await import("./migrate");
const { openSchemaEngine } = await import("./schema-engine");

beforeEach(() => void vi.mocked(openSchemaEngine).mockClear());

async function query(url: string, text: string): Promise<{ rows: { migration_name: string }[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

const isInstalled = hasPgBouncer();
const ours = (await readdir(migrationsFolder(), { withFileTypes: true })).filter((entry) => entry.isDirectory());
const names = ours.map((entry) => entry.name).sort();

describe("migrate", () => {
  it("applies each migration once if three processes start at once on an empty database", async () => {
    const url = await createEmptyDatabase();
    const results = await Promise.all([1, 2, 3].map(() => migrate(url, migrationsFolder())));
    expect(results.map((applied) => applied.length).sort()).toEqual([0, 0, names.length]);
    expect(results.find((applied) => applied.length > 0)).toEqual(names);
    expect(openSchemaEngine).toHaveBeenCalledTimes(1);
    const { rows } = await query(
      url,
      `SELECT migration_name, finished_at, rolled_back_at FROM "_prisma_migrations" ORDER BY 1`,
    );
    expect(rows).toEqual(
      names.map((migration_name) => ({ migration_name, finished_at: expect.any(Date), rolled_back_at: null })),
    );
    expect(await isMigrated((text) => query(url, text), migrationsFolder())).toBe(true);
  });

  it("does not load the engine if no migration is missing", async () => {
    const url = await createDatabase();
    expect(await migrate(url, migrationsFolder())).toEqual([]);
    expect(openSchemaEngine).not.toHaveBeenCalled();
  });

  it("closes its connection, which releases its lock", async () => {
    const url = await createDatabase();
    await migrate(url, migrationsFolder());
    const { rows } = await query(
      url,
      `SELECT application_name AS migration_name FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(rows.filter((row) => row.migration_name === "foyer-migrate")).toEqual([]);
  });
});

describe.skipIf(!isInstalled)("migrate through PgBouncer", () => {
  afterEach(stopPgBouncer);

  const LOCKS = `SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
    WHERE l.locktype = 'advisory'`;

  it.each<Mode>(["session", "transaction"])("in %s mode leaves no lock behind, so it can run again", async (mode) => {
    const direct = await createEmptyDatabase();
    const pooled = await startPgBouncer(mode, direct);
    expect(await migrate(pooled, migrationsFolder())).toEqual(names);
    await vi.waitFor(async () => expect((await query(direct, LOCKS)).rows).toEqual([]));
    expect(await migrate(pooled, migrationsFolder())).toEqual([]);
  });
});

describe("a folder of migrations", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "foyer-migrations-"));
    await cp(join(migrationsFolder(), "migration_lock.toml"), join(folder, "migration_lock.toml"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function addMigration(name: string, sql: string): Promise<void> {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "migration.sql"), sql);
  }

  it("may contain semicolons in comments, strings and function bodies", async () => {
    const url = await createEmptyDatabase();
    await addMigration(
      "1_first",
      `-- a comment; with a semicolon
       CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 'a;b'; RETURN 1; END $$;
       CREATE TABLE kept AS SELECT one() AS n, ';' AS text;`,
    );
    expect(await migrate(url, folder)).toEqual(["1_first"]);
    expect((await query(url, "SELECT n, text FROM kept")).rows).toEqual([{ n: 1, text: ";" }]);
  });

  it("is applied from the first missing migration, in order", async () => {
    const url = await createEmptyDatabase();
    await addMigration("1_first", "CREATE TABLE one (n int);");
    await migrate(url, folder);
    await addMigration("3_third", "ALTER TABLE two ADD COLUMN m int;");
    await addMigration("2_second", "CREATE TABLE two (n int);");
    expect(await isMigrated((text) => query(url, text), folder)).toBe(false);
    expect(await migrate(url, folder)).toEqual(["2_second", "3_third"]);
    expect(await isMigrated((text) => query(url, text), folder)).toBe(true);
  });

  it("fails with PostgreSQL's error, without changes, if a migration is broken", async () => {
    const url = await createEmptyDatabase();
    await addMigration("1_first", "BEGIN; CREATE TABLE one (n int); CREATE TABLE one (n int); COMMIT;");
    await expect(migrate(url, folder)).rejects.toThrow('relation "one" already exists');
    expect((await query(url, "SELECT to_regclass('one') AS migration_name")).rows).toEqual([{ migration_name: null }]);
    expect(await isMigrated((text) => query(url, text), folder)).toBe(false);
  });

  it.each([
    ["was killed", "BEGIN; CREATE TABLE one (n int); COMMIT;", false],
    ["failed and was corrected", "BEGIN; CREATE TABLE one (n int); CREATE TABLE one (n int); COMMIT;", true],
  ])("is completed by the next start after a migration %s", async (_, sql, fails) => {
    const url = await createEmptyDatabase();
    await addMigration("0_before", "CREATE TABLE before (n int);");
    await migrate(url, folder);
    if (fails) {
      await addMigration("1_first", sql);
      await expect(migrate(url, folder)).rejects.toThrow();
      await rm(join(folder, "1_first"), { recursive: true });
    } else {
      await query(url, `INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ('x', 'x', '1_first')`);
    }
    await addMigration("1_first", "BEGIN; CREATE TABLE one (n int); COMMIT;");
    expect(await migrate(url, folder)).toEqual(["1_first"]);
    expect(await isMigrated((text) => query(url, text), folder)).toBe(true);
  });

  it("is complete if a newer version has applied further migrations", async () => {
    const url = await createDatabase();
    await query(
      url,
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '2999_future', now())`,
    );
    expect(await isMigrated((text) => query(url, text), migrationsFolder())).toBe(true);
    expect(await migrate(url, migrationsFolder())).toEqual([]);
  });
});

it.each(names)("%s is one transaction, so that a killed start applies all of it or nothing", async (name) => {
  const script = await readFile(join(migrationsFolder(), name, "migration.sql"), "utf8");
  const statements = script.replace(/^\s*--.*$/gm, "").trim();
  expect(statements).toMatch(/^BEGIN;/);
  expect(statements).toMatch(/COMMIT;$/);
});

describe("isMigrated", () => {
  it("is false if a migration is unfinished", async () => {
    const url = await createDatabase();
    await query(url, `UPDATE "_prisma_migrations" SET finished_at = NULL WHERE migration_name = '${names.at(-1)}'`);
    expect(await isMigrated((text) => query(url, text), migrationsFolder())).toBe(false);
  });

  it("is false if a migration was rolled back", async () => {
    const url = await createDatabase();
    await query(url, `UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE migration_name = '${names.at(-1)}'`);
    expect(await isMigrated((text) => query(url, text), migrationsFolder())).toBe(false);
  });
});
