/**
 * Statistics of generated tables. With `--without-statistics`, the tables have none and autovacuum
 * is off, as in the first minutes of an installation, a restored backup or a bulk import.
 */
import type pg from "pg";

export function hasStatistics(): boolean {
  return !process.argv.includes("--without-statistics");
}

/** After generating rows, so that autovacuum doesn't run during a measurement. */
export async function settle(client: pg.Client, tables: string[]): Promise<void> {
  for (const table of tables) {
    if (hasStatistics()) await client.query(`VACUUM ANALYZE "${table}"`);
    else await client.query(`ALTER TABLE "${table}" SET (autovacuum_enabled = off)`);
  }
  await client.query("CHECKPOINT");
}
