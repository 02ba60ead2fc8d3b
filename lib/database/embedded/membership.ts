// Joining the processes that use a cluster, whatever state it is in, and leaving them.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { hold, type Role, releaseAsLast, ServerAlreadyRuns } from "./advisory-lock";
import { type Cluster, createCluster, isCreated, readPassword, startCluster, stopCluster } from "./cluster";
import { errorCode } from "./failure";
import { findPostmaster, type Postmaster } from "./postmaster";
import { withTurn } from "./startup-lock";
import type { Emit } from "./supervision";

export interface Membership {
  client: pg.Client;
  port: number;
  password: string;
}

const DEADLINE_MS = 30_000;
const RETRY_MS = 50;
const NETWORK = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"];
// admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections
const STOPPED = ["57P01", "57P02", "57P03", "53300"];

/** Creates or starts the cluster if need be and holds it. A `port` is insisted on, since somebody knows it already. */
export async function joinCluster(cluster: Cluster, role: Role, emit: Emit, port?: number): Promise<Membership> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  let started = false;
  const onStart = () => {
    if (!started) emit("starting");
    started = true;
  };
  for (;;) {
    const running = (await findPostmaster(cluster.pgdata)) ?? (await startInTurn(cluster, emit, onStart, port));
    const joined = await tryHold(cluster, running?.port ?? 0, role);
    if ("client" in joined) {
      if (!started) emit("adopted", `process ${running?.pid}`);
      return joined;
    }
    // Recovery after a crash may take its time.
    if (deadline.aborted && !joined.isRecovering) throw joined.error;
    await sleep(RETRY_MS);
  }
}

/** Lets go, and stops the cluster when nobody else holds it. */
export async function leaveCluster(cluster: Cluster, client: pg.Client): Promise<void> {
  const last = await releaseAsLast(client).catch(() => false);
  if (last) await stopCluster(cluster);
  await client.end().catch(() => {});
}

function startInTurn(cluster: Cluster, emit: Emit, onStart: () => void, port?: number): Promise<Postmaster | null> {
  return withTurn(join(cluster.dataDir, "postgres.lock"), async () => {
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

interface NotYet {
  error: Error;
  isRecovering: boolean;
}

/** Answers why not when another try may help: it is starting, or stopping, or was killed in between. */
async function tryHold(cluster: Cluster, port: number, role: Role): Promise<Membership | NotYet> {
  if (!port) return { error: explainConnection(cluster, "it does not start"), isRecovering: false };
  const password = await readPassword(cluster);
  try {
    return { client: await hold({ port, password }, role), port, password };
  } catch (error) {
    if (error instanceof ServerAlreadyRuns) throw error;
    const explained = explainConnection(cluster, error instanceof Error ? error.message : String(error));
    if (!isPassing(error)) throw explained;
    return { error: explained, isRecovering: errorCode(error) === "57P03" };
  }
}

function explainConnection(cluster: Cluster, reason: string): Error {
  return new Error(`The embedded PostgreSQL cannot be used: ${reason} (details in ${cluster.logFile}).`);
}

function isPassing(error: unknown): boolean {
  const code = errorCode(error);
  if (code === "") return /terminated|timeout|not queryable/i.test(String(error));
  return NETWORK.includes(code) || STOPPED.includes(code);
}
