/**
 * Last-used times of API keys, client secrets and clients: collected in memory and written once a
 * minute.
 */
import { nowMs } from "../clock";
import { processState } from "../process-state";
import { pool } from "./client";

export type UsedTable = "ApiKey" | "ClientSecret" | "OAuthClient";

interface Use {
  appId: string;
  id: string;
  at: number;
}

const uses = processState("last-used", () => new Map<UsedTable, Map<string, Use>>());

function addUse(table: UsedTable, use: Use): void {
  const rows = uses.get(table) ?? new Map<string, Use>();
  uses.set(table, rows);
  const key = `${use.appId}/${use.id}`;
  const known = rows.get(key);
  if (!known) rows.set(key, use);
  else if (known.at < use.at) known.at = use.at;
}

export function recordUse(table: UsedTable, appId: string, id: string): void {
  addUse(table, { appId, id, at: nowMs() });
}

/** Writes the collected times, with one statement per table. */
export async function flushUses(): Promise<void> {
  for (const [table, rows] of uses) {
    uses.delete(table);
    const list = [...rows.values()];
    const written = pool().query(
      `UPDATE "${table}" t SET "lastUsedAt" = u.at
       FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS u(app, id, at)
       WHERE t."appId" = u.app AND t."id" = u.id AND (t."lastUsedAt" IS NULL OR t."lastUsedAt" < u.at)`,
      [list.map((use) => use.appId), list.map((use) => use.id), list.map((use) => new Date(use.at))],
    );
    await written.catch((error) => {
      for (const use of list) addUse(table, use); // written by the next flush
      throw error;
    });
  }
}
