/**
 * The PostgreSQL cluster of the tests (fsync off, its own port and data folder), with one migrated
 * template database per set of migrations. Each worker copies the template.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { closeDb } from "@/lib/database/client";
import { openEmbedded } from "@/lib/database/embedded/embedded";
import { migrate } from "@/lib/database/migrate";
import { announceCluster, databaseUrl, type TestCluster } from "./database";
import { setTestEnvironment } from "./environment";

const MIGRATIONS = join(process.cwd(), "prisma", "migrations");
const TEMPLATE_LOCK = 4_410_002;

function migrationsHash(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(MIGRATIONS).sort()) {
    if (!name.endsWith(".toml")) hash.update(readFileSync(join(MIGRATIONS, name, "migration.sql")));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Runs `work` on the cluster's own database, one process at a time. */
async function alone(clusterUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: clusterUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    await work(client);
  } finally {
    await client.end();
  }
}

async function makeTemplate(clusterUrl: string, name: string): Promise<void> {
  await alone(clusterUrl, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount) return;
    const draft = `${name}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft}`);
    await client.query(`CREATE DATABASE ${draft}`);
    await migrate(databaseUrl(clusterUrl, draft), MIGRATIONS);
    setTestEnvironment(databaseUrl(clusterUrl, draft));
    const { ensureTenantZero } = await import("@/lib/apps/apps");
    await ensureTenantZero();
    await closeDb();
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  });
}

async function dropDatabases(clusterUrl: string, prefix: string): Promise<void> {
  await alone(clusterUrl, async (client) => {
    const { rows } = await client.query("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", [prefix]);
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  });
}

/** Starts the cluster unless it runs, and makes sure that the template exists. */
export async function openTestCluster(): Promise<TestCluster & { close: () => Promise<void> }> {
  const cluster = await openEmbedded({
    dataDir: join(process.cwd(), ".test-data"),
    role: "tool",
    durable: false,
  });
  const template = `template_${migrationsHash()}`;
  const prefix = `run_${process.pid}_${Date.now().toString(36)}_`;
  await makeTemplate(cluster.url, template);
  const close = async () => {
    await dropDatabases(cluster.url, prefix);
    await cluster.close();
  };
  return { url: cluster.url, template, prefix, close };
}

/** The global setup of vitest. */
export default async function setup(): Promise<() => Promise<void>> {
  const { close, ...cluster } = await openTestCluster();
  announceCluster(cluster);
  return close;
}
