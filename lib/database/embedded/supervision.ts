/**
 * Supervision of the embedded database: if the connection that holds its locks breaks, the cluster
 * is started again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

export type EmbeddedEvent = "created" | "starting" | "adopted" | "died" | "restarted";
export type Emit = (event: EmbeddedEvent, detail?: string) => void;

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

export interface Supervision {
  /** Stops supervising and returns the connection, or null if it is broken. */
  end(): Promise<pg.Client | null>;
}

export function supervise(first: pg.Client, rejoin: () => Promise<pg.Client>, emit: Emit): Supervision {
  const ending = new AbortController();
  let client: pg.Client | null = null;
  let recovering = Promise.resolve();

  const watch = (watched: pg.Client) => {
    client = watched;
    watched.once("end", () => {
      if (ending.signal.aborted) return;
      client = null;
      recovering = recover();
    });
  };

  const recover = async () => {
    emit("died");
    for (let wait = FIRST_WAIT_MS; !ending.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        watch(await rejoin());
        return emit("restarted");
      } catch (error) {
        emit("died", error instanceof Error ? error.message : String(error));
        await sleep(wait, undefined, { signal: ending.signal }).catch(() => {});
      }
    }
  };

  watch(first);
  return {
    async end() {
      ending.abort();
      await recovering;
      return client;
    },
  };
}
