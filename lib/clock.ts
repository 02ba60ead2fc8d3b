/** The clock. Nothing else reads the time, so that tests can freeze it. */
import { processState } from "./process-state";

const clock = processState("clock", () => ({ frozenAt: null as number | null }));

export function nowMs(): number {
  return clock.frozenAt ?? Date.now();
}

export function now(): Date {
  return new Date(nowMs());
}

/** Seconds since the epoch, rounded down, as in `iat` (RFC 7519 §4.1.6). */
export function nowSeconds(): number {
  return Math.floor(nowMs() / 1000);
}

export function secondsFromNow(seconds: number): Date {
  return new Date(nowMs() + seconds * 1000);
}

/** For tests: freezes the clock, or unfreezes it with null. */
export function freezeClock(at: Date | null): void {
  clock.frozenAt = at ? at.getTime() : null;
}
