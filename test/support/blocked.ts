/** Waits for a statement that another transaction blocks, for tests of races between processes. */
import { expect, vi } from "vitest";
import { pool } from "@/lib/database/client";

export async function untilBlocked(): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await pool().query(
      `SELECT 1 FROM pg_stat_activity WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`,
    );
    expect(rows).not.toEqual([]);
  });
}

/** Runs `start` while another connection has written but not yet committed, commits once `start` waits for it, and returns its result. */
export async function raceWith<T>(write: { text: string; values: unknown[] }, start: () => Promise<T>): Promise<T> {
  const other = await pool().connect();
  try {
    await other.query("BEGIN");
    await other.query(write);
    const late = start();
    await untilBlocked();
    await other.query("COMMIT");
    return await late;
  } finally {
    other.release();
  }
}
