/**
 * Database migrations, recorded in the same `_prisma_migrations` table as by `prisma migrate
 * deploy`. If several processes start at once, an advisory lock lets one of them migrate; the
 * others then find nothing to do.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { openSchemaEngine } from "./schema-engine";

/** Every start script changes into the project's folder first. */
export function migrationsFolder(): string {
  return join(process.cwd(), "prisma", "migrations");
}

const LOCK = 7_302_551; // an arbitrary number that is used for nothing else
const LOCK_WAIT_MS = 120_000;

async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function hasMigrationsTable(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present");
  return rows[0].present;
}

async function appliedNames(client: pg.Client): Promise<Set<string>> {
  if (!(await hasMigrationsTable(client))) return new Set();
  const { rows } = await client.query(
    `SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return new Set(rows.map((row) => row.migration_name as string));
}

/**
 * An unfinished migration failed or its process was killed, because only the holder of the lock
 * migrates. Each migration is one transaction, so it left no changes and can run again, as after
 * `prisma migrate resolve --rolled-back`.
 */
async function markInterruptedAsRolledBack(client: pg.Client): Promise<void> {
  await client.query(
    `UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  );
}

async function apply(url: string, folder: string, names: string[]): Promise<void> {
  const { engine, failure, close } = await openSchemaEngine(url);
  try {
    const migrationDirectories = await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(folder, name, "migration.sql"), "utf8") },
        },
      })),
    );
    const lockfile = {
      path: "migration_lock.toml",
      content: await readFile(join(folder, "migration_lock.toml"), "utf8"),
    };
    await engine.applyMigrations({
      migrationsList: { baseDir: folder, lockfile, shadowDbInitScript: "", migrationDirectories },
      filters: { externalTables: [], externalEnums: [] },
    });
  } catch (error) {
    throw failure() ?? error;
  } finally {
    await close();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: "foyer-migrate",
  });
  await client.connect();
  return client;
}

/**
 * Runs `work` in one process at a time. The lock belongs to a transaction, because a pooler keeps a
 * session and its locks after this process has left.
 */
async function alone<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    await client.query(
      `BEGIN; SET LOCAL lock_timeout = ${LOCK_WAIT_MS}; SET LOCAL idle_in_transaction_session_timeout = 0;
       SELECT pg_advisory_xact_lock(${LOCK})`,
    );
    return await work();
  } finally {
    await client.end();
  }
}

async function applyMissing(url: string, folder: string): Promise<string[]> {
  // Not the connection of the lock: its open transaction would hide changes from the engine's.
  const client = await connect(url);
  try {
    const names = await migrationNames(folder);
    const applied = await appliedNames(client);
    const missing = names.filter((name) => !applied.has(name));
    if (missing.length === 0) return [];
    if (await hasMigrationsTable(client)) await markInterruptedAsRolledBack(client);
    await apply(url, folder, names);
    return missing;
  } finally {
    await client.end();
  }
}

/** Returns the names of the migrations that it applied. */
export function migrate(url: string, folder: string): Promise<string[]> {
  return alone(url, () => applyMissing(url, folder));
}

/** Whether the database has every migration of this build. One query, for the readiness probe. */
export async function isMigrated(
  query: (text: string) => Promise<{ rows: { migration_name: string }[] }>,
  folder: string,
): Promise<boolean> {
  const names = await migrationNames(folder);
  const { rows } = await query(
    `SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  const applied = new Set(rows.map((row) => row.migration_name));
  return names.every((name) => applied.has(name));
}
