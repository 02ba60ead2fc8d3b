/** Prints the tables of results. */
import type { Result } from "./measure";

export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

function number(value: number | null, digits: number): string {
  return value === null || Number.isNaN(value)
    ? "-"
    : value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function row(cells: string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(38) : cell.padStart(12))).join("");
}

export function printHead(): void {
  say(row(["", "requests/s", "p50 ms", "p99 ms", "server", "database"]));
  say(row(["", "", "", "", "CPU ms each", "CPU ms each"]));
}

export function printResult({ name, perSecond, p50, p99, serverMs, databaseMs, wrong }: Result): void {
  const digits = perSecond < 100 ? 1 : 0;
  say(
    row([name, number(perSecond, digits), number(p50, 2), number(p99, 2), number(serverMs, 3), number(databaseMs, 3)]),
  );
  const unexpected = Object.entries(wrong).map(([status, count]) => `${count} × ${status}`);
  if (unexpected.length > 0) say(`  unexpected responses: ${unexpected.join(", ")}`);
}

export interface Goal {
  name: string;
  value: number | null;
  wanted: string;
  met: boolean;
  unit: string;
}

export function atLeast(goal: number, unit: string, name: string, value: number | null): Goal {
  return { name, value, unit, wanted: `≥ ${goal}${unit}`, met: value !== null && value >= goal };
}

export function atMost(goal: number, unit: string, name: string, value: number | null): Goal {
  return { name, value, unit, wanted: `≤ ${goal}${unit}`, met: value !== null && value <= goal };
}

export function printGoals(goals: Goal[]): void {
  say();
  for (const { name, value, unit, wanted, met } of goals) {
    // Without CPU time, a goal is neither met nor missed.
    const known = value !== null && !Number.isNaN(value);
    const measured = known ? `${number(value, value < 10 ? 2 : 0)}${unit}` : "-";
    const verdict = known ? (met ? "met" : "MISSED") : "";
    say(`${name.padEnd(56)}${measured.padStart(10)}   goal ${wanted.padEnd(10)} ${verdict}`);
  }
}
