/**
 * The database client: one `pg` pool per process, Prisma on top of it, and prepared statements for
 * hot paths. No other file imports Prisma's runtime. Everything is created on first use, because
 * `next build` imports every route.
 */
import { setFlagsFromString } from "node:v8";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { env } from "../env";
import { log } from "../log";
import { processState } from "../process-state";
import {
  CONNECT_TIMEOUT_MS,
  connectionSettings,
  HostClient,
  isReadOnlyError,
  prepareConnection,
  retireConnections,
  STATEMENT_TIMEOUT_MS,
} from "./connection";

export type * from "@/prisma/generated/client";
export { Prisma };

/** Sets up a new connection of the pool. A read-only server is as good as none. */
async function prepareHostClient(client: pg.ClientBase): Promise<void> {
  try {
    await prepareConnection(client);
  } catch (error) {
    (client as HostClient).tryNextHost();
    throw error;
  }
}

/**
 * Replaces all connections after their current work, because their server has become read-only. New
 * ones use the next host that accepts writes.
 */
export function leaveReadOnlyServer(): void {
  retireConnections();
  for (let idle = pool().idleCount; idle > 0; idle--)
    pool()
      .connect()
      .then((client) => client.release())
      .catch(() => {});
}

function createPool(): pg.Pool {
  const created = new pg.Pool({
    ...connectionSettings(),
    Client: HostClient as unknown as new () => pg.ClientBase,
    // The type lacks the promise, which the pool awaits.
    onConnect: prepareHostClient as (client: pg.ClientBase) => void,
    max: env().DATABASE_POOL_SIZE,
    idleTimeoutMillis: 30_000,
  });
  // The pool replaces a broken idle connection. Without a listener, its error would end the
  // process.
  created.on("error", (error) => log().warn({ err: error }, "database connection lost"));
  created.on("release", (error: unknown, client) => {
    if (isReadOnlyError(error)) leaveReadOnlyServer();
    // The pool drops a connection that has ended.
    if ((client as unknown as HostClient).isRetired()) client.end().catch(() => {});
  });
  return created;
}

export function pool(): pg.Pool {
  return processState("pool", createPool);
}

export function db(): PrismaClient {
  return processState("prisma", () => {
    // Prisma's WebAssembly compiles each query once. Optimizing it in background threads costs 20 MB
    // and more processor time than a process gains from it.
    setFlagsFromString("--liftoff-only");
    return new PrismaClient({ adapter: new PrismaPg(pool()) });
  });
}

/**
 * The client or an interactive transaction: the parameter of operations that may take part in a
 * transaction.
 */
export type Tx = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends">;

/** Runs several writes in one transaction. */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(work, { maxWait: CONNECT_TIMEOUT_MS, timeout: STATEMENT_TIMEOUT_MS });
}

/**
 * Runs a prepared statement, which PostgreSQL plans once per connection. Each `name` must have
 * exactly one text.
 */
export async function prepared<Row extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const result = await pool().query<Row>({ name, text, values });
  return result.rows;
}

export async function closeDb(): Promise<void> {
  await db().$disconnect();
  await pool().end();
}

/** Whether a write failed because its unique key already exists. */
export function isUniqueViolation(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string };
  return code === "P2002" || code === "23505";
}

// SQLSTATE classes 08 (connection), 53 (resources), 57P (shutdown); 57014, 55P03 and 25P03 are the
// timeouts of connection.ts; 25006 is a read-only server (a standby, a demoted primary).
const UNAVAILABLE_STATE = /^(08...|53...|57P..|57014|55P03|40001|40P01|25P03|25006)$/;
const UNAVAILABLE_CODE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNABORTED",
  "EADDRNOTAVAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P1018",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
]);
const UNAVAILABLE_TEXT =
  /connection (was )?(terminated|closed|lost|reset|refused|timeout|ended)|connectionclosed|timeout exceeded when trying to connect|query read timeout|the server is read-only|read-only transaction|(server )?closed the connection|client has encountered a connection error|client was closed|not queryable|socket hang up|write after end|this socket has been ended|can't reach database|not accepting connections|in recovery mode|(starting up|shutting down)$/i;

/**
 * Whether the database is unreachable, overloaded or shutting down, so that a retry may succeed.
 */
export function isUnavailable(error: unknown): boolean {
  for (let current = error, depth = 0; current && depth < 5; depth++) {
    const { code, message, meta, cause } = current as {
      code?: string;
      message?: string;
      cause?: unknown;
      meta?: { code?: string; driverAdapterError?: unknown };
      originalCode?: string;
    };
    const codes = [code, meta?.code, (current as { originalCode?: string }).originalCode];
    if (codes.some((c) => c && (UNAVAILABLE_CODE.has(c) || UNAVAILABLE_STATE.test(c)))) return true;
    if (typeof message === "string" && UNAVAILABLE_TEXT.test(message)) return true;
    current = meta?.driverAdapterError ?? cause;
  }
  return false;
}
