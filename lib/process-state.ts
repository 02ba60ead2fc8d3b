/**
 * State that exists once per process. One process loads the same module several times (the server
 * bundle, Next's routes, Next's pages), so module-level variables would exist several times too.
 */
const KEY = Symbol.for("foyer");
const holder = globalThis as { [KEY]?: Map<string, unknown> };
holder[KEY] ??= new Map();
const states = holder[KEY];

/** Every name in use, so that no two modules share one by accident. */
export type StateName =
  | "attempts-in-flight"
  | "attempts-counting"
  | "attempts-under-way"
  | "attempts-accepted"
  | "boot"
  | "client-documents"
  | "client-keys"
  | "clock"
  | "common-passwords"
  | "config-cache"
  | "database-servers"
  | "derived-keys"
  | "dpop-headers"
  | "dummy-hash"
  | "edge-token"
  | "env"
  | "event-counts"
  | "hashing-queue"
  | "import-turn"
  | "kept-documents"
  | "key-generator"
  | "last-used"
  | "limited-attempts"
  | "log"
  | "logout-outbox"
  | "mail-transport"
  | "master-keys"
  | "metrics"
  | "metrics-of-workers"
  | "metrics-started"
  | "openid-servers"
  | "outbox"
  | "pool"
  | "prisma"
  | "random-pool"
  | "request-context"
  | "runtime"
  | "schema-engine"
  | "shared-counts"
  | "ticks"
  | "trusted-proxies"
  | "unreadable-hop"
  | "usage"
  | "verified-jwts"
  | `limit/${string}`
  | `test/${string}`;

/** Returns the state of this name, and creates it on first use. */
export function processState<T>(name: StateName, create: () => T): T {
  const existing = states.get(name) as T | undefined;
  if (existing !== undefined && existing !== null) return existing;
  const created = create();
  states.set(name, created);
  return created;
}
