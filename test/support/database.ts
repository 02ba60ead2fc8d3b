/** A database of its own, copied from the migrated template. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { databaseUrl } from "./cluster";

/** → its URL. Dropped when the run ends. */
export async function createDatabase(): Promise<string> {
  return create(inject("templateName"));
}

/** One without any table, for what happens before the first migration. → its URL */
export async function createEmptyDatabase(): Promise<string> {
  return create("template1");
}

async function create(template: string): Promise<string> {
  const clusterUrl = inject("clusterUrl");
  const name = `${inject("databasePrefix")}${randomBytes(4).toString("hex")}`;
  const client = new pg.Client({ connectionString: clusterUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  } finally {
    await client.end();
  }
  return databaseUrl(clusterUrl, name);
}
