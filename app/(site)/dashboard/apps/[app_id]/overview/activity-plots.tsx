// Four plots of one period: who came, who was there, by which door, and who did not get in.
import Link from "next/link";
import type { ReactNode } from "react";
import { ACCENT_COLORS, FAILURE_COLORS } from "@/app/_ui/plot/palette";
import { Plot, type PlotSeries } from "@/app/_ui/plot/plot";
import { TextLink } from "@/app/_ui/text-link";
import { readCounts, type Unit } from "@/lib/audit/counts";
import { EVENT_TYPES } from "@/lib/audit/event-types";
import { nowMs } from "@/lib/clock";
import { findProvider } from "@/lib/social/list";
import { appPath } from "../app-paths";
import { activityOf, OTHER, PERIODS, type Period, type PeriodName, type Plotted, stepsOf } from "./activity";
import { PeriodComparison } from "./period-comparison";

const METHODS: Record<string, string> = {
  password: "Password",
  magic_link: "Magic link",
  "": "Unknown",
  [OTHER]: "Others",
};
const FAILURES: Record<string, string> = {
  "user.sign_in_failed": "Failed sign-ins",
  "oauth.rejected": "Refused requests",
};

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll("_", " ");
const methodLabel = (name: string) => METHODS[name] ?? findProvider(name)?.label ?? capitalised(name);
const failureLabel = (name: string) => FAILURES[name] ?? METHODS[name] ?? EVENT_TYPES.get(name)?.says ?? name;

function namesOf(steps: Date[], unit: Unit): { name: string; tick: string }[] {
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  const name = say(
    unit === "hour"
      ? { weekday: "short", hour: "2-digit", minute: "2-digit" }
      : { weekday: "short", day: "numeric", month: "long" },
  );
  const tick = say(unit === "hour" ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" });
  return steps.map((step) => ({ name: name.format(step), tick: tick.format(step) }));
}

export async function ActivityPlots({ appId, over }: { appId: string; over: PeriodName }) {
  const period: Period = PERIODS[over];
  const at = nowMs();
  const counts = await readCounts(appId, stepsOf(period, at)[0] as Date, period.unit);
  const { steps, signUps, active, signIns, failures } = activityOf(counts, period, at);
  const names = namesOf(steps, period.unit);
  const accent = ACCENT_COLORS[0] as string;
  const events = (query: string) => appPath(appId, `/events?${query}&within=${over}`);
  const parts = ({ series }: Plotted, label: (name: string) => string, colours: string[]): PlotSeries[] =>
    series.map(({ name, values }, index) => ({ label: label(name), values, colour: colours[index] ?? accent }));
  const whole = ({ values }: Plotted, label: string) => [{ label, values, colour: accent }];
  const shared = { names, period };
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <PlotCard {...shared} title="Sign-ups" plot={signUps} series={whole(signUps, "Sign-ups")} shape="columns">
        <TextLink href={events("type=user.signed_up")}>See them</TextLink>
      </PlotCard>
      <PlotCard
        {...shared}
        title="Active users"
        plot={active}
        series={whole(active, "Users who signed in")}
        shape="area"
        average
      >
        <TextLink href={appPath(appId, "/users")}>See the users</TextLink>
      </PlotCard>
      <PlotCard
        {...shared}
        title="Sign-ins"
        plot={signIns}
        series={parts(signIns, methodLabel, ACCENT_COLORS)}
        shape="columns"
      >
        <TextLink href={events("type=user.signed_in")}>See them</TextLink>
      </PlotCard>
      <PlotCard
        {...shared}
        title="Failures"
        plot={failures}
        series={parts(failures, failureLabel, FAILURE_COLORS)}
        shape="columns"
        more="bad"
      >
        <TextLink href={events("outcome=trouble")}>See them</TextLink>
      </PlotCard>
    </div>
  );
}

type PlotCardProps = {
  title: string;
  names: { name: string; tick: string }[];
  period: Period;
  plot: Plotted;
  series: PlotSeries[];
  shape: "columns" | "area";
  /** Not a sum: the same person on two days is one. */
  average?: boolean;
  /** What it means that it is more than before. */
  more?: "good" | "bad";
  children: ReactNode;
};

function PlotCard({ title, names, period, plot, series, shape, average, more = "good", children }: PlotCardProps) {
  const over = plot.values.slice(0, -1);
  const value = average ? Math.round(over.reduce((sum, one) => sum + one, 0) / over.length) : plot.total;
  const spoken = value.toLocaleString("en");
  const unit = average ? `${period.unit === "hour" ? "an hour" : "a day"}, on average` : "";
  return (
    <section className="rounded-lg border border-line bg-surface-raised px-6 py-5 shadow-sm">
      <header className="flex items-baseline justify-between gap-4">
        <h2 className="text-sm font-medium text-ink-muted">{title}</h2>
        <span className="text-sm">{children}</span>
      </header>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2.5">
        <span className="text-3xl font-medium tabular-nums">{spoken}</span>
        {unit && <span className="text-sm text-ink-muted">{unit}</span>}
        <PeriodComparison change={plot.change} before={period.before} more={more} />
      </p>
      <Plot
        title={`${title}, ${period.label}`}
        description={`${spoken} ${unit || "altogether"} in the last ${period.label}. The numbers are in the table that follows.`}
        shape={shape}
        steps={names}
        series={series}
        before={{ label: capitalised(period.before), values: plot.before }}
      />
    </section>
  );
}

export function PeriodSwitch({ path, over }: { path: string; over: PeriodName }) {
  return (
    <nav aria-label="Period" className="inline-flex rounded-md border border-line-strong bg-surface-raised p-0.5">
      {(Object.keys(PERIODS) as PeriodName[]).map((name) => (
        <Link
          key={name}
          href={`${path}?over=${name}`}
          prefetch={false}
          scroll={false}
          aria-current={name === over ? "true" : undefined}
          className="inline-flex h-8 items-center rounded-sm pointer-coarse:h-10 px-3 text-sm font-medium text-ink-muted hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent"
        >
          {PERIODS[name].label}
        </Link>
      ))}
    </nav>
  );
}
