/** Counts of events as what the overview plots: a period and the one before it, in equal steps of UTC. */
import { ACTIVE, type Count, type Unit } from "@/lib/audit/counts";

export interface Period {
  label: string;
  /** "than the 7 days before" */
  before: string;
  unit: Unit;
  /** How many hours or days it shows, the running one included. */
  steps: number;
}

export const PERIODS = {
  day: { label: "24 hours", before: "the 24 hours before", unit: "hour", steps: 24 },
  week: { label: "7 days", before: "the 7 days before", unit: "day", steps: 7 },
  month: { label: "30 days", before: "the 30 days before", unit: "day", steps: 30 },
} as const satisfies Record<string, Period>;

export type PeriodName = keyof typeof PERIODS;

const STEP_MS = { hour: 3_600_000, day: 86_400_000 };

/** When each step began: those of the period before, then those of the period. */
export function stepsOf({ unit, steps }: Period, nowMs: number): Date[] {
  const length = STEP_MS[unit];
  const running = Math.floor(nowMs / length) * length;
  return Array.from({ length: 2 * steps }, (_, index) => new Date(running - (2 * steps - 1 - index) * length));
}

export interface Series {
  name: string;
  /** One per step of the period. */
  values: number[];
}

export interface Plotted {
  /** What is added up to the whole, the largest first. */
  series: Series[];
  /** The whole, one per step of the period. */
  values: number[];
  /** The whole in the period before. */
  before: number[];
  total: number;
  /** How much more than before, over the steps that are over; null when there was nothing before. */
  change: number | null;
}

export interface Activity {
  steps: Date[];
  signUps: Plotted;
  active: Plotted;
  signIns: Plotted;
  failures: Plotted;
}

/** What a count belongs to, and which part of it it is; null when it is not plotted. */
function placeOf({ type, detail }: Count): { plot: Exclude<keyof Activity, "steps">; part: string } | null {
  if (type === ACTIVE) return { plot: "active", part: "" };
  if (detail === "failure" || detail === "rejected") return { plot: "failures", part: type };
  if (type === "user.signed_up") return { plot: "signUps", part: "" };
  return type === "user.signed_in" ? { plot: "signIns", part: detail } : null;
}

/** More parts than these are one: "other". */
const PARTS = 4;
export const OTHER = "other";

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const add = (rows: number[][], length: number) =>
  Array.from({ length }, (_, step) => sum(rows.map((row) => row[step] ?? 0)));

function merged(series: Series[]): Series[] {
  const sorted = [...series].sort((a, b) => sum(b.values) - sum(a.values) || (a.name < b.name ? -1 : 1));
  if (sorted.length <= PARTS) return sorted;
  const [kept, rest] = [sorted.slice(0, PARTS - 1), sorted.slice(PARTS - 1)];
  const length = rest[0]?.values.length ?? 0;
  return [
    ...kept,
    {
      name: OTHER,
      values: add(
        rest.map(({ values }) => values),
        length,
      ),
    },
  ];
}

/** As many steps as are over, and as many right before them: the running one would make any period look worse. */
function changeOf(values: number[], before: number[]): number | null {
  const then = sum(before.slice(1));
  return then === 0 ? null : sum(values.slice(0, -1)) / then - 1;
}

function plotted(parts: Map<string, number[]>, steps: number): Plotted {
  const all = [...parts].map(([name, values]) => ({
    name,
    before: values.slice(0, steps),
    values: values.slice(steps),
  }));
  const values = add(
    all.map((part) => part.values),
    steps,
  );
  const before = add(
    all.map((part) => part.before),
    steps,
  );
  const series = merged(all.filter((part) => sum(part.values) > 0).map(({ name, values }) => ({ name, values })));
  return { series, values, before, total: sum(values), change: changeOf(values, before) };
}

export function activityOf(counts: Count[], period: Period, nowMs: number): Activity {
  const steps = stepsOf(period, nowMs);
  const places = new Map(steps.map((step, index) => [step.getTime(), index]));
  const plots = { signUps: new Map(), active: new Map(), signIns: new Map(), failures: new Map() } as Record<
    Exclude<keyof Activity, "steps">,
    Map<string, number[]>
  >;
  for (const count of counts) {
    const place = placeOf(count);
    const index = places.get(count.start.getTime());
    if (!place || index === undefined) continue;
    const values = plots[place.plot].get(place.part) ?? new Array<number>(steps.length).fill(0);
    values[index] = (values[index] ?? 0) + count.count;
    plots[place.plot].set(place.part, values);
  }
  const shape = (plot: Map<string, number[]>) => plotted(plot, period.steps);
  return {
    steps: steps.slice(period.steps),
    signUps: shape(plots.signUps),
    active: shape(plots.active),
    signIns: shape(plots.signIns),
    failures: shape(plots.failures),
  };
}
