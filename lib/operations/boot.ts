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
import { env, isWorker, setRuntime } from "../env";
import { StartError } from "../errors";
import { startOutbox, stopOutbox } from "../mail/outbox";
import { processState } from "../process-state";
import { requireMatchingMasterKey } from "./master-key-check";
import { startMetrics } from "./metrics";
import { findPublicUrl, leavePublicUrl } from "./public-url";
import { loadSecret } from "./secret-file";
import { startTicks, stopTicks } from "./ticks";

/** A `server` serves requests and runs background tasks; a `tool` runs one command. */
export type Role = "server" | "tool";

/** Prints a line of progress. */
export type Report = (line: string) => void;

const state = processState("boot", () => ({
  done: null as Promise<void> | null,
  embedded: null as EmbeddedDatabase | null,
  role: "tool" as Role,
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

async function migrateDatabase(url: string, report: Report): Promise<void> {
  try {
    const applied = await migrate(url, migrationsFolder());
    if (applied.length > 0) report(`Applied ${applied.length} migration${applied.length === 1 ? "" : "s"}`);
  } catch (error) {
    const { hostname, port, pathname } = new URL(url);
    throw new StartError(
      `The database ${hostname}:${port || 5432}${pathname} cannot be used (${(error as Error).message || (error as { code?: string }).code}). Check DATABASE_URL and that PostgreSQL 15 or newer runs there.`,
    );
  }
}

async function start(role: Role, report: Report): Promise<void> {
  state.role = role;
  const master = await secret();
  const databaseUrl = await openDatabase(role, report);
  setRuntime({ databaseUrl, secret: master });
  // A worker's parent has already done this.
  if (!isWorker()) {
    await migrateDatabase(databaseUrl, report);
    await ensureTenantZero();
    await requireMatchingMasterKey();
  }
  // The data folder belongs to a single server only if it contains the database.
  if (state.embedded) await (role === "tool" ? findPublicUrl() : leavePublicUrl());
  if (role === "tool") return;
  await startCacheListener();
  startMetrics();
  startTicks();
  startOutbox();
}

export function boot(role: Role, report: Report = () => {}): Promise<void> {
  state.done ??= start(role, report);
  return state.done;
}

/** Stops everything that boot() started, the database last. */
export async function shutdown(): Promise<void> {
  await state.done?.catch(() => {});
  await stopTicks();
  await stopOutbox();
  await stopCacheListener();
  await closeDb().catch(() => {});
  await state.embedded?.close();
}
