/** Usage counters: collected in memory and added up in the database once a minute. */
import { now, nowMs } from "../clock";
import { pool } from "../database/client";
import { processState } from "../process-state";

interface Count {
  appId: string;
  metric: string;
  clientId: string;
  day: string;
  count: number;
}

const state = processState("usage", () => ({ counts: new Map<string, Count>(), day: { number: -1, text: "" } }));

const MS_PER_DAY = 86_400_000;

/** `2026-11-24`, formatted once a day. */
function today(): string {
  const number = Math.floor(nowMs() / MS_PER_DAY);
  if (state.day.number !== number) state.day = { number, text: now().toISOString().slice(0, 10) };
  return state.day.text;
}

function addCount(more: Count): void {
  const key = `${more.appId}/${more.metric}/${more.clientId}/${more.day}`;
  const known = state.counts.get(key);
  if (known) known.count += more.count;
  else state.counts.set(key, more);
}

export function countUsage(appId: string, metric: string, clientId: string): void {
  addCount({ appId, metric, clientId, day: today(), count: 1 });
}

/** Writes the collected counts. Those of deleted apps are skipped. */
export async function flushUsage(): Promise<void> {
  const list = [...state.counts.values()];
  if (list.length === 0) return;
  state.counts = new Map();
  const column = <Key extends keyof Count>(key: Key) => list.map((count) => count[key]);
  const written = pool().query(
    `INSERT INTO "UsageCounter" ("appId", "metric", "clientId", "day", "count")
     SELECT c.* FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::bigint[]) AS c(app, metric, client, day, count)
     WHERE EXISTS (SELECT 1 FROM "App" WHERE "id" = c.app)
     ON CONFLICT ("appId", "metric", "clientId", "day") DO UPDATE SET "count" = "UsageCounter"."count" + EXCLUDED."count"`,
    [column("appId"), column("metric"), column("clientId"), column("day"), column("count")],
  );
  await written.catch((error) => {
    for (const count of list) addCount(count); // for the next time
    throw error;
  });
}
