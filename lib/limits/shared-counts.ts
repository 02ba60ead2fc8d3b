/**
 * Counts of rate limits across processes and restarts. Each process counts in memory
 * (rate-limit.ts) and exchanges its counts with PostgreSQL: every 100 ms in one statement. A request
 * waits for that only if its process has counted a twentieth of the limit by itself, so N processes
 * together allow at most N − 1 twentieths more than one (of 60 requests: 2 per process).
 */

import { prepared } from "../database/client";
import { TENANT_ZERO } from "../ids";
import { log } from "../log";
import { processState } from "../process-state";
import { hashIdentifier } from "./window";

const EXCHANGE_MS = 100;
const ALONE = 1 / 20;
/** While PostgreSQL is away, each process counts for itself, and remembers so many keys. */
const MAX_KEYS = 10_000;

/** `points` per `seconds`, for each key. */
export interface RateLimit {
  name: string;
  points: number;
  seconds: number;
}

interface Counted {
  limit: RateLimit;
  key: string;
  change: number;
}

/** What all processes have counted in the window that ends in `seconds`, by limit and key. */
type Exchanged = Map<string, { count: number; seconds: number }>;

/** Tells the process what all processes have counted. */
export type Learn = (limit: RateLimit, key: string, count: number, seconds: number) => Promise<unknown>;

const state = processState("shared-counts", () => ({
  learn: null as Learn | null,
  counted: new Map<string, Counted>(),
  /** The counts of the statement that runs. */
  sent: new Map<string, Counted>(),
  timer: null as NodeJS.Timeout | null,
  running: Promise.resolve(new Map()) as Promise<Exchanged>,
  next: null as Promise<Exchanged> | null,
}));

// A count that is taken back belongs to a row that exists, unless that has expired in the meantime.
const EXCHANGE = `WITH given AS (
    SELECT * FROM unnest($2::int[], $3::text[], $4::bytea[], $5::int[], $6::int[]) AS g("nth", "kind", "keyHash", "change", "seconds")
  ), added AS (
    INSERT INTO "AttemptCounter" AS c ("appId", "kind", "keyHash", "count", "startedAt", "lastAt", "expiresAt")
    SELECT $1, "kind", "keyHash", "change", now(), now(), now() + make_interval(secs => "seconds") FROM given WHERE "change" > 0
    ORDER BY "kind", "keyHash"
    ON CONFLICT ("appId", "kind", "keyHash") DO UPDATE SET
      "count" = CASE WHEN c."expiresAt" <= now() THEN 0 ELSE c."count" END + EXCLUDED."count",
      "startedAt" = CASE WHEN c."expiresAt" <= now() THEN now() ELSE c."startedAt" END,
      "expiresAt" = CASE WHEN c."expiresAt" <= now() THEN EXCLUDED."expiresAt" ELSE c."expiresAt" END,
      "lastAt" = now()
    RETURNING c.*
  ), taken AS (
    UPDATE "AttemptCounter" c SET "count" = greatest(0, c."count" + g."change") FROM given g
    WHERE g."change" < 0 AND c."appId" = $1 AND c."kind" = g."kind" AND c."keyHash" = g."keyHash" AND c."expiresAt" > now()
    RETURNING c.*
  )
  SELECT g."nth", c."count", greatest(1, ceil(extract(epoch FROM c."expiresAt" - now())))::int AS "seconds"
  FROM given g JOIN (SELECT * FROM added UNION ALL SELECT * FROM taken) c ON c."kind" = g."kind" AND c."keyHash" = g."keyHash"`;

function remember({ limit, key, change }: Counted): Counted {
  const name = `${limit.name}/${key}`;
  const known = state.counted.get(name) ?? { limit, key, change: 0 };
  known.change += change;
  if (state.counted.size < MAX_KEYS || state.counted.has(name)) state.counted.set(name, known);
  return known;
}

async function exchange(): Promise<Exchanged> {
  const exchanged: Exchanged = new Map();
  state.sent = state.counted;
  state.counted = new Map();
  const list = [...state.sent.values()].filter(({ change }) => change !== 0);
  if (list.length === 0) return exchanged;
  try {
    const rows = await prepared<{ nth: number; count: number; seconds: number }>("exchange-counts", EXCHANGE, [
      TENANT_ZERO,
      list.map((_, index) => index),
      list.map(({ limit }) => limit.name),
      list.map(({ limit, key }) => hashIdentifier(TENANT_ZERO, `${limit.name}/${key}`)),
      list.map(({ change }) => change),
      list.map(({ limit }) => limit.seconds),
    ]);
    for (const { nth, count, seconds } of rows) {
      const { limit, key } = list[nth] as Counted;
      const name = `${limit.name}/${key}`;
      exchanged.set(name, { count, seconds });
      const since = state.counted.get(name)?.change ?? 0;
      await state.learn?.(limit, key, count + since, seconds);
    }
  } catch (error) {
    for (const counted of list) remember(counted);
    log().warn({ err: error }, "rate limits can't be exchanged; this process counts alone until the next try");
  } finally {
    state.sent = new Map();
  }
  return exchanged;
}

/** What was counted until now is exchanged once this resolves. Calls meanwhile share one statement. */
function exchangeSoon(): Promise<Exchanged> {
  state.next ??= state.running.then(() => {
    state.next = null;
    state.running = exchange();
    return state.running;
  });
  return state.next;
}

/**
 * Shares a count of this process. If too much was counted since the last exchange, waits for the
 * next one and returns the count of all processes.
 */
export async function shareCount(limit: RateLimit, key: string, change: number) {
  if (!state.learn) return undefined;
  const name = `${limit.name}/${key}`;
  const { change: counted } = remember({ limit, key, change });
  const alone = counted + (state.sent.get(name)?.change ?? 0);
  if (alone >= Math.max(1, Math.floor(limit.points * ALONE))) return (await exchangeSoon()).get(name);
  state.timer ??= setTimeout(() => {
    state.timer = null;
    void exchangeSoon();
  }, EXCHANGE_MS).unref();
  return undefined;
}

export function startSharing(learn: Learn): void {
  state.learn = learn;
}

/** Shares the last counts. */
export async function stopSharing(): Promise<void> {
  if (!state.learn) return;
  if (state.timer) clearTimeout(state.timer);
  state.timer = null;
  await exchangeSoon();
  state.learn = null;
}
