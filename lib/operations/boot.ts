/**
 * Starts Foyer once per process: configuration, secret, database, migrations, tenant zero,
 * listeners. Called by server.ts, by instrumentation.ts (if Next runs alone) and by the CLI.
 */
import { ensureTenantZero } from "../apps/apps";
import { parseMasterKeys } from "../crypto/master-key";
import { startCacheListener, stopCacheListener } from "../database/cache";
import { closeDb } from "../database/client";
import { type EmbeddedDatabase, openEmbedded } from "../database/embedded/embedded";
import type { EmbeddedEvent } from "../database/embedded/supervision";
import { migrate, migrationsFolder } from "../database/migrate";
import { describeDatabase } from "../database-urls";
import { env, isWorker, setRuntime } from "../env";
import { StartError } from "../errors";
import { shareLimits } from "../limits/rate-limit";
import { stopSharing } from "../limits/shared-counts";
import { startOutbox, stopOutbox } from "../mail/outbox";
import { startLogoutOutbox, stopLogoutOutbox } from "../oauth/logout/outbox";
import { processState } from "../process-state";
import { awaitDatabase } from "./await-database";
import { requireMatchingMasterKey } from "./master-key-check";
import { startMetrics } from "./metrics";
import { findPublicUrl, leavePublicUrl, publicUrlProblem } from "./public-url";
import { requireResponsiveFolder } from "./responsive-folder";
import { loadSecret } from "./secret-file";
import { startTicks, stopTicks } from "./ticks";

/** A `server` serves requests and runs background tasks; a `tool` runs one command. */
export type Role = "server" | "tool";

/** Prints a line of progress. */
export type Report = (line: string) => void;

/** How long a server waits at the start for a database that isn't up yet. */
const DATABASE_WAIT_MS = 60_000;

const state = processState("boot", () => ({
  done: null as Promise<void> | null,
  embedded: null as EmbeddedDatabase | null,
  role: "tool" as Role,
  canceled: new AbortController(),
}));

async function secret(): Promise<string> {
  const found = env().FOYER_SECRET ?? (await loadSecret(env().DATA_DIR));
  try {
    parseMasterKeys(found);
  } catch (error) {
    throw new StartError(`FOYER_SECRET is invalid: ${(error as Error).message}.`);
  }
  return found;
}

const EVENT_TEXTS: Record<EmbeddedEvent, string> = {
  created: "created",
  starting: "starting",
  adopted: "already running",
  died: "stopped unexpectedly",
  restarted: "restarted",
};

async function openDatabase(role: Role, report: Report): Promise<string> {
  const { DATABASE_URL, DATA_DIR } = env();
  if (DATABASE_URL) return DATABASE_URL;
  state.embedded = await openEmbedded({
    dataDir: DATA_DIR,
    role,
    onEvent: (event, detail) => report(`PostgreSQL ${EVENT_TEXTS[event]}${detail ? ` (${detail})` : ""}`),
  }).catch((error) => {
    throw new StartError((error as Error).message);
  });
  return state.embedded.url;
}

/** Waits for the servers of DATABASE_URL and DIRECT_URL. Returns the URL for migrations. */
async function awaitServers(url: string, role: Role, report: Report): Promise<string> {
  const { DIRECT_URL } = env();
  // A command in a terminal fails at once.
  const wait = { limitMs: role === "server" ? DATABASE_WAIT_MS : 0, report, canceled: state.canceled.signal };
  const used = await awaitDatabase({ ...wait, variable: "DATABASE_URL", url });
  return DIRECT_URL ? awaitDatabase({ ...wait, variable: "DIRECT_URL", url: DIRECT_URL }) : used;
}

async function migrateDatabase(url: string, report: Report): Promise<void> {
  try {
    const applied = await migrate(url, migrationsFolder());
    if (applied.length > 0) report(`Applied ${applied.length} migration${applied.length === 1 ? "" : "s"}`);
  } catch (error) {
    throw new StartError(`The database ${describeDatabase(url)} cannot be migrated (${(error as Error).message}).`);
  }
}

async function start(role: Role, report: Report): Promise<void> {
  state.role = role;
  const { FOYER_SECRET, DATABASE_URL, DATA_DIR } = env();
  if (!FOYER_SECRET || !DATABASE_URL) await requireResponsiveFolder(DATA_DIR);
  const master = await secret();
  const databaseUrl = await openDatabase(role, report);
  setRuntime({ databaseUrl, secret: master });
  const directUrl = await awaitServers(databaseUrl, role, report);
  // A worker's parent has already done this.
  if (!isWorker()) {
    await migrateDatabase(directUrl, report);
    await ensureTenantZero();
    await requireMatchingMasterKey();
  }
  // The data folder belongs to a single server only if it contains the database.
  if (state.embedded) await (role === "tool" ? findPublicUrl() : leavePublicUrl());
  if (role === "tool") return;
  const problem = isWorker() ? null : publicUrlProblem();
  if (problem) report(`Warning: ${problem}`);
  await startCacheListener();
  shareLimits();
  startMetrics();
  startTicks();
  startOutbox();
  startLogoutOutbox();
}

export function boot(role: Role, report: Report = () => {}): Promise<void> {
  state.done ??= start(role, report);
  return state.done;
}

/** Ends a start that waits for the database. */
export function cancelStart(): void {
  state.canceled.abort();
}

async function stopTasks(): Promise<void> {
  await stopTicks();
  await Promise.all([stopOutbox(), stopLogoutOutbox()]);
  await stopSharing();
  await stopCacheListener();
  await closeDb().catch(() => {});
}

/**
 * Stops everything that boot() started, the database last. Once `hurry` is aborted, only the
 * embedded database is waited for: nothing else would stop it.
 */
export async function shutdown(hurry?: AbortSignal): Promise<void> {
  await state.done?.catch(() => {});
  const hurried = new Promise<void>((resolve) => {
    if (hurry?.aborted) resolve();
    hurry?.addEventListener("abort", () => resolve());
  });
  await Promise.race([stopTasks(), hurried]);
  await state.embedded?.close();
}
