/**
 * Connects a process to the embedded cluster, which it creates or starts first if needed; the last
 * one to leave stops it.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { acquireLocks, type Role, releaseLocks, ServerAlreadyRuns } from "./advisory-lock";
import { type Cluster, createCluster, isCreated, readPassword, startCluster, stopCluster } from "./cluster";
import { errorCode } from "./error-messages";
import { findPostmaster, type Postmaster } from "./postmaster";
import { withStartupLock } from "./startup-lock";
import type { Emit } from "./supervision";

export interface ClusterConnection {
  client: pg.Client;
  port: number;
  password: string;
}

const DEADLINE_MS = 30_000;
const RETRY_MS = 50;
const NETWORK = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"];
// admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections
const STOPPED = ["57P01", "57P02", "57P03", "53300"];

/**
 * Creates or starts the cluster if needed, and takes its locks. A given `port` must be used: its
 * URL is already known.
 */
export async function joinCluster(cluster: Cluster, role: Role, emit: Emit, port?: number): Promise<ClusterConnection> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  let started = false;
  const onStart = () => {
    if (!started) emit("starting");
    started = true;
  };
  for (;;) {
    const running = (await findPostmaster(cluster.pgdata)) ?? (await createOrStart(cluster, emit, onStart, port));
    const joined = await tryConnect(cluster, running?.port ?? 0, role);
    if ("client" in joined) {
      if (!started) emit("adopted", `process ${running?.pid}`);
      return joined;
    }
    // Recovery after a crash may take longer than the deadline.
    if (deadline.aborted && !joined.isRecovering) throw joined.error;
    await sleep(RETRY_MS);
  }
}

/** Releases the locks, and stops the cluster if no other process uses it. */
export async function leaveCluster(cluster: Cluster, client: pg.Client): Promise<void> {
  const last = await releaseLocks(client).catch(() => false);
  if (last) await stopCluster(cluster);
  await client.end().catch(() => {});
}

function createOrStart(cluster: Cluster, emit: Emit, onStart: () => void, port?: number): Promise<Postmaster | null> {
  return withStartupLock(join(cluster.dataDir, "postgres.lock"), async () => {
    if (!isCreated(cluster)) {
      await createCluster(cluster);
      emit("created");
    }
    if (!(await findPostmaster(cluster.pgdata))) {
      onStart();
      await startCluster(cluster, port);
    }
    return findPostmaster(cluster.pgdata);
  });
}

interface RetryableFailure {
  error: Error;
  isRecovering: boolean;
}

/**
 * Returns a failure if another attempt may succeed: the cluster is starting, stopping or was just
 * killed.
 */
async function tryConnect(cluster: Cluster, port: number, role: Role): Promise<ClusterConnection | RetryableFailure> {
  if (!port) return { error: explainConnection(cluster, "it didn't start"), isRecovering: false };
  const password = await readPassword(cluster);
  try {
    return { client: await acquireLocks({ port, password }, role), port, password };
  } catch (error) {
    if (error instanceof ServerAlreadyRuns) throw error;
    const explained = explainConnection(cluster, error instanceof Error ? error.message : String(error));
    if (!isTransient(error)) throw explained;
    return { error: explained, isRecovering: errorCode(error) === "57P03" };
  }
}

function explainConnection(cluster: Cluster, reason: string): Error {
  return new Error(`The embedded PostgreSQL cannot be used: ${reason} (details in ${cluster.logFile}).`);
}

function isTransient(error: unknown): boolean {
  const code = errorCode(error);
  if (code === "") return /terminated|timeout|not queryable/i.test(String(error));
  return NETWORK.includes(code) || STOPPED.includes(code);
}
