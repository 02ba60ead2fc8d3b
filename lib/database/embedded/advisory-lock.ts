/**
 * Advisory locks that show which processes use the embedded database. Each process keeps one
 * connection for its locks, so PostgreSQL releases them when the process dies.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { errorCode } from "./error-messages";
import { isProcessAlive } from "./postmaster";

export type Role = "server" | "tool";

export interface Address {
  port: number;
  password: string;
}

const LOCK_CLASS = 0x464f5945;
const IN_USE = 1;
const SERVER = 2;
const STALE_SERVER_TRIES = 30;
const STALE_SERVER_WAIT_MS = 100;

export class ServerAlreadyRuns extends Error {}

/**
 * Connects to the database `postgres`, because the database `foyer` must have no connections to
 * serve as a template.
 */
export async function acquireLocks(address: Address, role: Role): Promise<pg.Client> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: address.port,
    user: "foyer",
    password: address.password,
    database: "postgres",
    application_name: `foyer-${role} pid=${process.pid}`,
    connectionTimeoutMillis: 5_000,
    ssl: false,
  });
  // Without a listener, an error of an idle connection would end the process. `end` decides what
  // follows.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock_shared($1, $2)", [LOCK_CLASS, IN_USE]);
    if (role === "server") await acquireServerLock(client);
    await ensureDatabase(client);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/**
 * Returns true if no other process uses the cluster. Then none can start using it until this
 * connection ends.
 */
export async function releaseLocks(client: pg.Client): Promise<boolean> {
  await client.query("SELECT pg_advisory_unlock_all()");
  return tryLock(client, IN_USE);
}

async function acquireServerLock(client: pg.Client): Promise<void> {
  for (let tries = 0; !(await tryLock(client, SERVER)); tries++) {
    const pid = await findServerPid(client);
    // PostgreSQL needs a moment to notice that a killed server's connection is gone.
    const dying = pid === null || !isProcessAlive(pid);
    if (!dying || tries >= STALE_SERVER_TRIES) {
      throw new ServerAlreadyRuns(`Another Foyer server${pid ? ` (process ${pid})` : ""} already runs`);
    }
    await sleep(STALE_SERVER_WAIT_MS);
  }
}

async function tryLock(client: pg.Client, key: number): Promise<boolean> {
  const { rows } = await client.query("SELECT pg_try_advisory_lock($1, $2) AS locked", [LOCK_CLASS, key]);
  return rows[0].locked;
}

async function findServerPid(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND classid = $1 AND objid = $2`,
    [LOCK_CLASS, SERVER],
  );
  return Number(/pid=(\d+)/.exec(rows[0]?.name ?? "")?.[1]) || null;
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'foyer'");
  if (rowCount) return;
  await client.query("CREATE DATABASE foyer").catch((error) => {
    // Another process has just created it.
    if (!["42P04", "23505"].includes(errorCode(error))) throw error;
  });
}
