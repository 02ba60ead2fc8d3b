/**
 * Configuration that every request needs (App, client, API key, signing keys), kept in the process and thrown away when
 * PostgreSQL announces a change of that App (triggers, channel foyer_config), so a revocation reaches every process at once.
 * While the listener is not known to be alive, an entry lives 5 s at most.
 */
import pg from "pg";
import { nowMs } from "../clock";
import { log } from "../log";
import { processState } from "../process-state";
import { connectionSettings } from "./client";

const BLIND_TTL_MS = 5000;
const HEARTBEAT_MS = 1500;
const RECONNECT_MS = 500;
const APPS = 20_000;
const ENTRIES_PER_APP = 1000;

interface Entry {
  value: Promise<unknown>;
  loadedAt: number;
}

type AppEntries = Map<string, Entry>;

const state = processState("config-cache", () => ({
  apps: new Map<string, AppEntries>(),
  /** Until when the listener is known to have heard everything. */
  trustedUntil: 0,
  listener: null as Listener | null,
}));

/** Adds to what may hold `max`: what came first makes room. An LRU would write at each reading, and set its room apart beforehand. */
function add<T>(map: Map<string, T>, key: string, value: T, max: number): void {
  const [first] = map.size < max ? [] : map.keys();
  if (first !== undefined) map.delete(first);
  map.set(key, value);
}

function entriesOf(appId: string): AppEntries {
  const known = state.apps.get(appId);
  if (known) return known;
  const entries: AppEntries = new Map();
  add(state.apps, appId, entries, APPS);
  return entries;
}

/** Of an App that does not exist nothing is left. */
function drop(appId: string, entries: AppEntries, key: string, entry: Entry): void {
  if (entries.get(key) === entry) entries.delete(key);
  if (entries.size === 0 && state.apps.get(appId) === entries) state.apps.delete(appId);
}

/**
 * The value under (App, key), loaded once however many ask at the same time. `null` and errors are not kept: an unknown key
 * may exist a moment later, and guesses must not fill the memory.
 */
export function cached<T>(appId: string, key: string, load: () => Promise<T>): Promise<T> {
  const entries = entriesOf(appId);
  const at = nowMs();
  const known = entries.get(key);
  // The very promise: an async function would wrap it in another one, and that for each of the dozen questions of a request.
  if (known && (at < state.trustedUntil || at - known.loadedAt < BLIND_TTL_MS)) return known.value as Promise<T>;
  const value = load();
  const entry: Entry = { value, loadedAt: at };
  add(entries, key, entry, ENTRIES_PER_APP);
  const forget = () => drop(appId, entries, key, entry);
  value.then((found) => found === null && forget(), forget);
  return value;
}

/** Forgets an App's configuration here at once (the writer reads its own writes); the trigger tells the others. */
export function invalidate(appId: string): void {
  state.apps.delete(appId);
}

/** A connection of its own that hears the announcements and proves by a heartbeat that it still does. */
class Listener {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  async start(): Promise<void> {
    if (this.stopped) return;
    const client = new pg.Client({
      ...connectionSettings(),
      // A network that swallows packets must not look like a long silence.
      query_timeout: 2 * HEARTBEAT_MS,
      application_name: "foyer-listen",
    });
    client.on("error", () => this.lost(client));
    client.on("end", () => this.lost(client));
    client.on("notification", ({ payload }) => payload && invalidate(payload));
    this.client = client;
    try {
      await client.connect();
      await client.query("LISTEN foyer_config");
      // What changed while nobody listened is unknown.
      state.apps.clear();
      await this.beat(client);
    } catch {
      this.lost(client);
    }
  }

  private async beat(client: pg.Client): Promise<void> {
    const sentAt = nowMs();
    await client.query("SELECT 1");
    if (this.client !== client) return;
    // Announcements arrive in order: the answer proves that all those before the question were heard.
    state.trustedUntil = sentAt + BLIND_TTL_MS;
    this.schedule(() => this.beat(client).catch(() => this.lost(client)), HEARTBEAT_MS);
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    state.trustedUntil = 0;
    client.end().catch(() => {});
    if (this.stopped) return;
    log().warn("the configuration listener lost its connection; entries live 5 s until it is back");
    this.schedule(() => this.start(), RECONNECT_MS);
  }

  private schedule(run: () => void, delayMs: number): void {
    this.timer = setTimeout(run, delayMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => {});
  }
}

export async function startCacheListener(): Promise<void> {
  if (state.listener) return;
  state.listener = new Listener();
  await state.listener.start();
}

export async function stopCacheListener(): Promise<void> {
  await state.listener?.stop();
  state.listener = null;
  state.trustedUntil = 0;
}
