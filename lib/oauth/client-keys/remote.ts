/**
 * The keys at a client's `jwks_uri` (RFC 7591 §2), kept in memory. Concurrent requests share one
 * fetch, and keys stay usable for a while when the server of the client fails.
 */
import { setBounded } from "../../bounded-map";
import { nowMs } from "../../clock";
import type { VerificationKey } from "../../crypto/public-jwk";
import { isOutboundError, outboundFetch } from "../../outbound";
import { lifetimeSeconds } from "../../outbound-lifetime";
import { processState } from "../../process-state";
import { importKeySet, isKeySet } from "./registered";

const TIMEOUT_MS = 5000;
const MAX_BYTES = 64 * 1024;
const MAX_SETS = 1000;

const LIFETIME = { minSeconds: 300, maxSeconds: 24 * 3600, defaultSeconds: 600 };
/** An unknown key is looked up again at most so often, whatever clients send. */
const RELOAD_INTERVAL_MS = 60_000;
/** After a failure: with keys that are still usable, and without any. */
const RETRY_MS = 60_000;
const RETRY_WITHOUT_KEYS_MS = 5000;
/** How long keys stay usable while the server fails. */
const KEEP_MS = 24 * 3600_000;

interface RemoteKeys {
  keys: VerificationKey[];
  /** When the keys were last fetched; 0 if never. */
  fetchedAt: number;
  freshUntil: number;
  /** When an unknown key last caused a fetch. */
  reloadedAt: number;
  /** Why the last fetch failed, or null. */
  problem: string | null;
  fetching: Promise<void> | null;
}

const sets = processState("client-keys", () => new Map<string, RemoteKeys>());

async function fetchKeys(uri: string): Promise<{ keys: VerificationKey[]; seconds: number }> {
  const response = await outboundFetch(uri, {
    headers: { accept: "application/jwk-set+json, application/json" },
    maxBytes: MAX_BYTES,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) throw new Error(`answered with status ${response.status}`);
  const set: unknown = await response.json().catch(() => null);
  if (!isKeySet(set)) throw new Error("didn't answer with a JWK Set");
  return { keys: importKeySet(set), seconds: lifetimeSeconds(response.headers, LIFETIME) };
}

function problemOf(error: unknown): string {
  if (isOutboundError(error)) return `failed: ${error.message}`;
  return error instanceof Error ? error.message : "failed";
}

async function refresh(uri: string, entry: RemoteKeys): Promise<void> {
  try {
    const { keys, seconds } = await fetchKeys(uri);
    const at = nowMs();
    Object.assign(entry, { keys, fetchedAt: at, freshUntil: at + seconds * 1000, problem: null });
  } catch (error) {
    const at = nowMs();
    const isUsable = entry.fetchedAt > 0 && at - entry.fetchedAt < KEEP_MS;
    entry.problem = problemOf(error);
    if (!isUsable) entry.keys = [];
    entry.freshUntil = at + (isUsable ? RETRY_MS : RETRY_WITHOUT_KEYS_MS);
  }
}

/** Joins the fetch that is under way. */
function refreshOnce(uri: string, entry: RemoteKeys): Promise<void> {
  entry.fetching ??= refresh(uri, entry).finally(() => {
    entry.fetching = null;
  });
  return entry.fetching;
}

function entryOf(uri: string): RemoteKeys {
  const known = sets.get(uri);
  if (known) return known;
  const entry = { keys: [], fetchedAt: 0, freshUntil: 0, reloadedAt: 0, problem: null, fetching: null };
  setBounded<RemoteKeys>(sets, uri, entry, MAX_SETS);
  return entry;
}

export interface LoadedKeys {
  keys: VerificationKey[];
  /** Why the last fetch failed, or null. */
  problem: string | null;
}

/** The current keys. Fetches them when they have expired. */
export async function remoteKeys(uri: string): Promise<LoadedKeys & { isNew: boolean }> {
  const entry = entryOf(uri);
  const isExpired = nowMs() >= entry.freshUntil;
  if (isExpired) await refreshOnce(uri, entry);
  return { keys: entry.keys, problem: entry.problem, isNew: isExpired };
}

/** The keys after another fetch, because none of them verified a signature. */
export async function reloadedKeys(uri: string): Promise<LoadedKeys> {
  const entry = entryOf(uri);
  if (entry.fetching) await entry.fetching;
  else if (nowMs() - entry.reloadedAt >= RELOAD_INTERVAL_MS && entry.problem === null) {
    entry.reloadedAt = nowMs();
    await refreshOnce(uri, entry);
  }
  return entry;
}
