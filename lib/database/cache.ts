/**
 * In-process cache of the configuration that every request reads: app, client, API key, signing
 * keys. Triggers notify the channel foyer_config of each change (LISTEN/NOTIFY), so that a
 * revocation takes effect in every process at once. While the listener isn't known to work, entries
 * expire after 5 seconds.
 */
import { setBounded } from "../bounded-map";
import { nowMs } from "../clock";
import { log } from "../log";
import { processState } from "../process-state";
import { Listener, type ListenerEvents } from "./listener";

const UNTRUSTED_TTL_MS = 5000;
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
  /** Whether the log says that the listener isn't trusted. */
  warned: false,
}));

function entriesOf(appId: string): AppEntries {
  const known = state.apps.get(appId);
  if (known) return known;
  const entries: AppEntries = new Map();
  setBounded(state.apps, appId, entries, MAX_APPS);
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
  setBounded(entries, key, entry, MAX_ENTRIES_PER_APP);
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

/** Whether every change is known to have dropped its entries. */
export function isCacheTrusted(): boolean {
  return nowMs() < state.trustedUntil;
}

/** Once, until notifications arrive again. */
function warn(reason: string): void {
  if (!state.warned)
    log().warn(`configuration listener: ${reason}. Cached entries expire after 5 s until it receives notifications`);
  state.warned = true;
}

const EVENTS: ListenerEvents = {
  notified: invalidate,
  began: () => state.apps.clear(),
  heard(at) {
    // After a silence, what arrived in between isn't known.
    if (!isCacheTrusted()) state.apps.clear();
    state.trustedUntil = at + UNTRUSTED_TTL_MS;
    if (state.warned) log().info("the configuration listener receives notifications again");
    state.warned = false;
  },
  unsent(problem) {
    if (!isCacheTrusted()) warn(`its heartbeats can't be sent (${problem})`);
  },
  deaf(reason) {
    state.trustedUntil = 0;
    warn(reason);
  },
};

export async function startCacheListener(): Promise<void> {
  if (state.listener) return;
  state.listener = new Listener("foyer_config", EVENTS);
  await state.listener.start();
}

export async function stopCacheListener(): Promise<void> {
  await state.listener?.stop();
  state.listener = null;
  state.trustedUntil = 0;
  state.warned = false;
}
