/** Databases of the test cluster, each copied from a template. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { setTestEnvironment } from "./environment";
import { forgetState } from "./process-state";

/** What the global setup tells the processes that run the tests. */
export interface TestCluster {
  url: string;
  /** A database with every migration applied. */
  template: string;
  /** Databases that begin with it are dropped when the run ends. */
  prefix: string;
}

const VARIABLE = "FOYER_TEST_CLUSTER";

export function announceCluster(cluster: TestCluster): void {
  process.env[VARIABLE] = JSON.stringify(cluster);
}

export function testCluster(): TestCluster {
  const text = process.env[VARIABLE];
  if (!text) throw new Error(`${VARIABLE} is not set; the global setup of the tests sets it.`);
  return JSON.parse(text);
}

export function databaseUrl(clusterUrl: string, name: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Creates a migrated database. → its URL */
export async function createDatabase(): Promise<string> {
  return copyTemplate(testCluster().template);
}

/**
 * Gives the calling test file its own database instead of the worker's, for tests about tenant zero
 * or about all apps. Call it before anything uses the database.
 */
export async function createOwnDatabase(): Promise<void> {
  setTestEnvironment(await createDatabase());
  forgetState("env");
}

/** Creates a database without a single table. → its URL */
export async function createEmptyDatabase(): Promise<string> {
  return copyTemplate("template1");
}

async function copyTemplate(template: string): Promise<string> {
  const { url, prefix } = testCluster();
  const name = `${prefix}${randomBytes(4).toString("hex")}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  } finally {
    await client.end();
  }
  return databaseUrl(url, name);
}
