/**
 * Connections to PostgreSQL: their time limits, and which of several hosts they use. Only a server
 * that accepts writes is used: a standby or a demoted primary may lack a revocation.
 */
import pg from "pg";
import { urlsOfHosts } from "../database-urls";
import { env, runtimeDatabaseUrl } from "../env";
import { processState } from "../process-state";

export const CONNECT_TIMEOUT_MS = 2000;
export const STATEMENT_TIMEOUT_MS = 5000;
const LOCK_TIMEOUT_MS = 2000;

/** Settings of each connection. Every wait has a limit. */
export function connectionSettings(): pg.ClientConfig {
  return {
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // The server's limit comes first, unless the network lost the server.
    query_timeout: STATEMENT_TIMEOUT_MS + 2000,
    application_name: "foyer",
    keepAlive: true,
  };
}

/** The URL for migrations and LISTEN, which need a session of PostgreSQL rather than of a pooler. */
export function directDatabaseUrl(): string {
  return env().DIRECT_URL ?? runtimeDatabaseUrl();
}

/** SQLSTATE read_only_sql_transaction. */
const READ_ONLY = "25006";

export class ReadOnlyServer extends Error {
  readonly code = READ_ONLY;
  constructor() {
    super("the server is read-only (a standby, or a demoted primary)");
  }
}

export function isReadOnlyError(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === READ_ONLY;
}

// A statement, because poolers reject these settings as parameters of the connection.
const PREPARE = `SELECT set_config('statement_timeout', '${STATEMENT_TIMEOUT_MS}', false),
  set_config('lock_timeout', '${LOCK_TIMEOUT_MS}', false),
  set_config('idle_in_transaction_session_timeout', '${2 * STATEMENT_TIMEOUT_MS}', false),
  current_setting('transaction_read_only') = 'on' AS "readOnly"`;

/** Sets the time limits of a new connection, and rejects a read-only server. */
export async function prepareConnection(client: pg.ClientBase): Promise<void> {
  const query = { text: PREPARE, query_timeout: CONNECT_TIMEOUT_MS };
  const { rows } = await client.query<{ readOnly: boolean }>(query);
  if (rows[0]?.readOnly) throw new ReadOnlyServer();
}

/** The position of the host in use, and the numbers of the last opened and the last retired connection. */
const state = processState("database-servers", () => ({ host: 0, opened: 0, retired: 0 }));

/** New connections use the host at this position of DATABASE_URL. */
export function chooseHost(position: number): void {
  state.host = position;
}

/** Closes all open connections after their current work: their server no longer accepts writes. */
export function retireConnections(): void {
  state.retired = state.opened;
}

/** A connection of the pool, to the host in use. If it fails, the next connection tries the next host. */
export class HostClient extends pg.Client {
  private readonly number: number;
  private readonly position: number;
  private readonly nextPosition: number;

  constructor(config: pg.ClientConfig) {
    const urls = urlsOfHosts(runtimeDatabaseUrl());
    const position = state.host % urls.length;
    super({ ...config, connectionString: urls[position] });
    this.position = position;
    this.nextPosition = (position + 1) % urls.length;
    state.opened++;
    this.number = state.opened;
  }

  override connect(): Promise<this>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): unknown {
    if (!callback) return super.connect();
    return super.connect((error: Error) => {
      if (error) this.tryNextHost();
      callback(error);
    });
  }

  isRetired(): boolean {
    return this.number <= state.retired;
  }

  /** Unless another connection has already done so. */
  tryNextHost(): void {
    if (state.host === this.position) chooseHost(this.nextPosition);
  }
}
