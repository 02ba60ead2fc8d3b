// Who uses the cluster, told by advisory locks of one connection per process: PostgreSQL forgets them when a process dies.
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { errorCode } from "./failure";
import { isAlive } from "./postmaster";

export type Role = "server" | "tool";

export interface Address {
  port: number;
  password: string;
}

const LOCKS = 0x464f5945;
const HOLDERS = 1;
const SERVER = 2;
const STALE_SERVER_TRIES = 30;
const STALE_SERVER_WAIT_MS = 100;

export class ServerAlreadyRuns extends Error {}

/** Connects as one more holder. In the database `postgres`, so that `foyer` can serve as a template. */
export async function hold(address: Address, role: Role): Promise<pg.Client> {
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
  // Unheard, an error of an idle connection would end the process; what follows is decided on `end`.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock_shared($1, $2)", [LOCKS, HOLDERS]);
    if (role === "server") await becomeServer(client);
    await ensureDatabase(client);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** Lets go; true when nobody else holds, and then nobody can begin to until this connection ends. */
export async function releaseAsLast(client: pg.Client): Promise<boolean> {
  await client.query("SELECT pg_advisory_unlock_all()");
  return tryLock(client, HOLDERS);
}

async function becomeServer(client: pg.Client): Promise<void> {
  for (let tries = 0; !(await tryLock(client, SERVER)); tries++) {
    const pid = await findServer(client);
    // A killed server's connection takes PostgreSQL a moment to notice.
    const dying = pid === null || !isAlive(pid);
    if (!dying || tries >= STALE_SERVER_TRIES) {
      throw new ServerAlreadyRuns(`Another Foyer server${pid ? ` (process ${pid})` : ""} already runs`);
    }
    await sleep(STALE_SERVER_WAIT_MS);
  }
}

async function tryLock(client: pg.Client, key: number): Promise<boolean> {
  const { rows } = await client.query("SELECT pg_try_advisory_lock($1, $2) AS locked", [LOCKS, key]);
  return rows[0].locked;
}

async function findServer(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND classid = $1 AND objid = $2`,
    [LOCKS, SERVER],
  );
  return Number(/pid=(\d+)/.exec(rows[0]?.name ?? "")?.[1]) || null;
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'foyer'");
  if (rowCount) return;
  await client.query("CREATE DATABASE foyer").catch((error) => {
    // Two holders at once: the other one's is as good.
    if (!["42P04", "23505"].includes(errorCode(error))) throw error;
  });
}
