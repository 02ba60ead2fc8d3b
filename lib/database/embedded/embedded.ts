/**
 * The embedded PostgreSQL: the first process that opens it starts it, and the last one that closes
 * it stops it.
 */
import { resolve } from "node:path";
import { type Role, ServerAlreadyRuns } from "./advisory-lock";
import { openCluster } from "./cluster";
import { joinCluster, leaveCluster } from "./cluster-connection";
import { explainFolder } from "./error-messages";
import { type EmbeddedEvent, type Emit, supervise } from "./supervision";

export interface EmbeddedDatabase {
  url: string;
  /** Stops PostgreSQL if no other process uses it. Close your own connections first. */
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  /** One server at a time, and any number of tools. */
  role: Role;
  /** False disables fsync, for tests: if the machine crashes, data may be lost. */
  durable?: boolean;
  onEvent?: (event: EmbeddedEvent, detail?: string) => void;
}

/**
 * Creates or starts the cluster in `dataDir`, or connects to the running one. Throws an error with
 * one clear sentence.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  try {
    return await open(dataDir, options);
  } catch (error) {
    if (!(error instanceof ServerAlreadyRuns)) throw explainFolder(error, dataDir);
    throw new Error(`${error.message} on the data folder ${dataDir}. Stop it or set DATA_DIR to another folder.`);
  }
}

async function open(dataDir: string, { role, durable = true, onEvent }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const emit: Emit = (event, detail) => onEvent?.(event, detail);
  const cluster = await openCluster(dataDir, durable);
  const { client, port, password } = await joinCluster(cluster, role, emit);
  const rejoin = async () => (await joinCluster(cluster, role, () => {}, port)).client;
  const supervision = supervise(client, rejoin, emit);
  let closed: Promise<void> | undefined;
  const close = async () => {
    const last = await supervision.end();
    if (last) await leaveCluster(cluster, last);
  };
  return {
    url: `postgres://foyer:${password}@127.0.0.1:${port}/foyer`,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
