/**
 * A PostgreSQL cluster of the tests' own (fsync off, another port, another folder), with one migrated template per state of the
 * migrations. Runs once per vitest project; every test file copies the template.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { closeDb } from "@/lib/database/client";
import { openEmbedded } from "@/lib/database/embedded/embedded";
import { migrate } from "@/lib/database/migrate";
import { setTestEnvironment } from "./environment";

declare module "vitest" {
  export interface ProvidedContext {
    clusterUrl: string;
    templateName: string;
    databasePrefix: string;
  }
}

const MIGRATIONS = join(import.meta.dirname, "..", "..", "prisma", "migrations");
const TEMPLATE_LOCK = 4_410_002;

function migrationsHash(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(MIGRATIONS).sort()) {
    if (!name.endsWith(".toml")) hash.update(readFileSync(join(MIGRATIONS, name, "migration.sql")));
  }
  return hash.digest("hex").slice(0, 12);
}

export function databaseUrl(clusterUrl: string, name: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return url.href;
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

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await openEmbedded({
    dataDir: join(import.meta.dirname, "..", "..", ".test-data"),
    role: "tool",
    durable: false,
  });
  const templateName = `template_${migrationsHash()}`;
  const databasePrefix = `run_${process.pid}_${Date.now().toString(36)}_`;
  await makeTemplate(cluster.url, templateName);
  project.provide("clusterUrl", cluster.url);
  project.provide("templateName", templateName);
  project.provide("databasePrefix", databasePrefix);
  return async () => {
    await dropDatabases(cluster.url, databasePrefix);
    await cluster.close();
  };
}
