/** Deletes states of lib/process-state.ts, so that their next use creates them again. */
import type { StateName } from "@/lib/process-state";

export function forgetState(...names: StateName[]): void {
  const states = (globalThis as Record<symbol, unknown>)[Symbol.for("foyer")] as Map<string, unknown> | undefined;
  for (const name of names) states?.delete(name);
}
