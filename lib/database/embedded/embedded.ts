// The embedded database: the first process that needs it starts it, the last one that closes it stops it.
import { resolve } from "node:path";
import { type Role, ServerAlreadyRuns } from "./advisory-lock";
import { openCluster } from "./cluster";
import { explainFolder } from "./failure";
import { joinCluster, leaveCluster } from "./membership";
import { type EmbeddedEvent, type Emit, supervise } from "./supervision";

export interface EmbeddedDatabase {
  url: string;
  /** Lets go of the database; whoever is last stops PostgreSQL. End your own connections first. */
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  /** One server at a time, any number of tools beside it. */
  role: Role;
  /** False turns fsync off, for tests: a crash of the machine may then lose everything. */
  durable?: boolean;
  onEvent?: (event: EmbeddedEvent, detail?: string) => void;
}

/** Creates, starts or adopts the cluster in `dataDir`. Throws one readable sentence when that is not possible. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  try {
    return await open(dataDir, options);
  } catch (error) {
    if (!(error instanceof ServerAlreadyRuns)) throw explainFolder(error, dataDir);
    throw new Error(`${error.message} on the data folder ${dataDir}; stop it or set DATA_DIR to another folder.`);
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
