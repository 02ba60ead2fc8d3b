/**
 * In-process cache of the configuration that every request reads: app, client, API key, signing
 * keys. Triggers notify the channel foyer_config of each change (LISTEN/NOTIFY), so that a
 * revocation takes effect in every process at once. While the listener isn't known to work, entries
 * expire after 5 seconds.
 */
import pg from "pg";
import { nowMs } from "../clock";
import { log } from "../log";
import { processState } from "../process-state";
import { connectionSettings } from "./client";

const UNTRUSTED_TTL_MS = 5000;
const HEARTBEAT_MS = 1500;
const RECONNECT_MS = 500;
const MAX_APPS = 20_000;
const MAX_ENTRIES_PER_APP = 1000;

interface Entry {
  value: Promise<unknown>;
  /** The same, once it has been loaded. */
  loaded?: unknown;
  loadedAt: number;
}

type AppEntries = Map<string, Entry>;

const state = processState("config-cache", () => ({
  apps: new Map<string, AppEntries>(),
  /** Until then, the listener is known to have received every notification. */
  trustedUntil: 0,
  listener: null as Listener | null,
}));

/**
 * Evicts the oldest entry of a full map. An LRU cache would write on each read and allocate all its
 * memory at first.
 */
function addBounded<T>(map: Map<string, T>, key: string, value: T, max: number): void {
  const [first] = map.size < max ? [] : map.keys();
  if (first !== undefined) map.delete(first);
  map.set(key, value);
}

function entriesOf(appId: string): AppEntries {
  const known = state.apps.get(appId);
  if (known) return known;
  const entries: AppEntries = new Map();
  addBounded(state.apps, appId, entries, MAX_APPS);
  return entries;
}

/** Also removes the map of an app without entries, so that guessed app IDs fill no memory. */
function removeEntry(appId: string, entries: AppEntries, key: string, entry: Entry): void {
  if (entries.get(key) === entry) entries.delete(key);
  if (entries.size === 0 && state.apps.get(appId) === entries) state.apps.delete(appId);
}

function isValid(entry: Entry, at: number): boolean {
  return at < state.trustedUntil || at - entry.loadedAt < UNTRUSTED_TTL_MS;
}

/**
 * Returns the value of a key of the app; parallel calls load it once. `null` and errors aren't
 * cached: an unknown key may exist a moment later, and guessed keys must not fill the memory.
 */
export function cached<T>(appId: string, key: string, load: () => Promise<T>): Promise<T> {
  const entries = entriesOf(appId);
  const at = nowMs();
  const known = entries.get(key);
  // Returns the stored promise itself. An async function would wrap it in another one, about twelve
  // times per request.
  if (known && isValid(known, at)) return known.value as Promise<T>;
  const value = load();
  const entry: Entry = { value, loadedAt: at };
  addBounded(entries, key, entry, MAX_ENTRIES_PER_APP);
  const remove = () => removeEntry(appId, entries, key, entry);
  value.then((found) => {
    entry.loaded = found;
    if (found === null) remove();
  }, remove);
  return value;
}

/** The value if it is here already: without a promise, for responses that are sent as they are. */
export function peek<T>(appId: string, key: string): T | undefined {
  const entry = state.apps.get(appId)?.get(key);
  return entry && isValid(entry, nowMs()) ? (entry.loaded as T | undefined) : undefined;
}

/**
 * Drops an app's entries in this process, so that a writer reads its own writes. The trigger
 * notifies the others.
 */
export function invalidate(appId: string): void {
  state.apps.delete(appId);
}

/** A separate connection that receives the notifications. A heartbeat shows that it still works. */
class Listener {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  async start(): Promise<void> {
    if (this.stopped) return;
    const client = new pg.Client({
      ...connectionSettings(),
      // If the network drops packets, the heartbeat must fail instead of waiting.
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
      // Changes made before LISTEN were missed.
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
    // Notifications arrive in order: the response proves that all earlier ones were received.
    state.trustedUntil = sentAt + UNTRUSTED_TTL_MS;
    this.schedule(() => this.beat(client).catch(() => this.lost(client)), HEARTBEAT_MS);
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    state.trustedUntil = 0;
    client.end().catch(() => {});
    if (this.stopped) return;
    log().warn("configuration listener lost its connection; cached entries expire after 5 s until it reconnects");
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
