/** Activity of an app for the overview's plots: event counts per step of two periods, in UTC. */
import { ACTIVE_USERS, type Count, type Unit } from "@/lib/audit/event-counts";

export interface Period {
  /** As in "the last 7 days". */
  label: string;
  unit: Unit;
  /** The number of hours or days, including the current one. */
  steps: number;
}

export const PERIODS = {
  day: { label: "24 hours", unit: "hour", steps: 24 },
  week: { label: "7 days", unit: "day", steps: 7 },
  month: { label: "30 days", unit: "day", steps: 30 },
} as const satisfies Record<string, Period>;

export type PeriodName = keyof typeof PERIODS;

const STEP_MS = { hour: 3_600_000, day: 86_400_000 };

/** The start of each step: first those of the previous period, then those of the period. */
export function stepsOf({ unit, steps }: Period, nowMs: number): Date[] {
  const length = STEP_MS[unit];
  const current = Math.floor(nowMs / length) * length;
  return Array.from({ length: 2 * steps }, (_, index) => new Date(current - (2 * steps - 1 - index) * length));
}

export interface Series {
  name: string;
  /** One value per step of the period. */
  values: number[];
}

export interface PlottedActivity {
  /** The parts of the total, largest first. */
  series: Series[];
  /** The totals, one per step of the period. */
  values: number[];
  /** The totals of the previous period. */
  previous: number[];
  total: number;
  /** The relative change, over the completed steps; null with little data in the previous period. */
  change: number | null;
}

type PlotName = "signUps" | "activeUsers" | "signIns" | "failures";

export type Activity = Record<PlotName, PlottedActivity> & { steps: Date[] };

/** The plot that a count belongs to, and its part; null: it isn't plotted. */
function plotOf({ type, detail }: Count): { plot: PlotName; part: string } | null {
  if (type === ACTIVE_USERS) return { plot: "activeUsers", part: "" };
  if (detail === "failure" || detail === "rejected") return { plot: "failures", part: type };
  if (type === "user.signed_up") return { plot: "signUps", part: "" };
  return type === "user.signed_in" ? { plot: "signIns", part: detail } : null;
}

/** Smaller parts beyond this number are merged into "other". */
const MAX_PARTS = 4;
export const OTHER = "other";

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function addRows(rows: number[][], length: number): number[] {
  return Array.from({ length }, (_, step) => sum(rows.map((row) => row[step] ?? 0)));
}

function mergeSmallParts(series: Series[], steps: number): Series[] {
  const sorted = [...series].sort((a, b) => sum(b.values) - sum(a.values) || (a.name < b.name ? -1 : 1));
  if (sorted.length <= MAX_PARTS) return sorted;
  const rest = sorted.slice(MAX_PARTS - 1).map(({ values }) => values);
  return [...sorted.slice(0, MAX_PARTS - 1), { name: OTHER, values: addRows(rest, steps) }];
}

/** A comparison with fewer is chance. */
const COMPARABLE = 5;

/** Compares the completed steps only: the current one would make every period look worse. */
function changeOf(values: number[], previous: number[]): number | null {
  const before = sum(previous.slice(1));
  return before < COMPARABLE ? null : sum(values.slice(0, -1)) / before - 1;
}

/** Name of a part → one value per step of both periods. */
type Parts = Map<string, number[]>;

function plottedActivity(parts: Parts, steps: number): PlottedActivity {
  const previous = addRows([...parts.values()], steps);
  const current = [...parts].map(([name, row]) => ({ name, values: row.slice(steps) }));
  const values = addRows(
    current.map((part) => part.values),
    steps,
  );
  const series = mergeSmallParts(
    current.filter((part) => sum(part.values) > 0),
    steps,
  );
  return { series, values, previous, total: sum(values), change: changeOf(values, previous) };
}

export function activityOf(counts: Count[], period: Period, nowMs: number): Activity {
  const steps = stepsOf(period, nowMs);
  const indexes = new Map(steps.map((step, index) => [step.getTime(), index]));
  const plots: Record<PlotName, Parts> = {
    signUps: new Map(),
    activeUsers: new Map(),
    signIns: new Map(),
    failures: new Map(),
  };
  for (const count of counts) {
    const target = plotOf(count);
    const index = indexes.get(count.start.getTime());
    if (!target || index === undefined) continue;
    const parts = plots[target.plot];
    const values = parts.get(target.part) ?? new Array<number>(steps.length).fill(0);
    values[index] = (values[index] ?? 0) + count.count;
    parts.set(target.part, values);
  }
  const plotted = (name: PlotName) => plottedActivity(plots[name], period.steps);
  return {
    steps: steps.slice(period.steps),
    signUps: plotted("signUps"),
    activeUsers: plotted("activeUsers"),
    signIns: plotted("signIns"),
    failures: plotted("failures"),
  };
}
