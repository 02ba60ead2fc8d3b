/** The only reader of the clock, so that a test can stop it. */
import { processState } from "./process-state";

const clock = processState("clock", () => ({ frozenAt: null as number | null }));

export function nowMs(): number {
  return clock.frozenAt ?? Date.now();
}

export function now(): Date {
  return new Date(nowMs());
}

/** Seconds since the epoch, floored: what `iat` carries. */
export function nowSeconds(): number {
  return Math.floor(nowMs() / 1000);
}

export function secondsFromNow(seconds: number): Date {
  return new Date(nowMs() + seconds * 1000);
}

/** For tests: stops the clock at a moment, or lets it run again with null. */
export function freezeClock(at: Date | null): void {
  clock.frozenAt = at ? at.getTime() : null;
}
