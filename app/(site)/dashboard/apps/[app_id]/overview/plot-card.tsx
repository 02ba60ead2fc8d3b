// Card of the overview: the total of a period, its change from the previous period, and the plot.
import { Plot } from "@/app/_ui/plot/plot";
import type { PlotSeries, PlotStep } from "@/app/_ui/plot/series";
import { TextLink } from "@/app/_ui/text-link";
import type { Period, PlottedActivity } from "./activity";
import { PeriodComparison } from "./period-comparison";

type PlotCardProps = {
  title: string;
  steps: PlotStep[];
  period: Period;
  activity: PlottedActivity;
  series: PlotSeries[];
  shape: "columns" | "area";
  /** Shows the average per step instead of the total, as for active users. */
  average?: boolean;
  /** Whether an increase is good or bad. */
  increase?: "good" | "bad";
  link: { href: string; label: string };
  /** The events of each step. */
  hrefs: (string | undefined)[];
};

function averageOf(values: number[]): number {
  const completed = values.slice(0, -1);
  return Math.round(completed.reduce((sum, value) => sum + value, 0) / completed.length);
}

export function PlotCard(props: PlotCardProps) {
  const { title, steps, period, activity, series, shape, average, increase = "good", link, hrefs } = props;
  const value = (average ? averageOf(activity.values) : activity.total).toLocaleString("en");
  const unit = average ? `per ${period.unit} on average` : "";
  return (
    <section className="rounded-lg border border-line bg-surface-raised px-6 py-5 shadow-sm">
      <header className="flex items-baseline justify-between gap-4">
        <h2 className="text-sm font-medium text-ink-muted">{title}</h2>
        <span className="text-sm">
          <TextLink href={link.href}>{link.label}</TextLink>
        </span>
      </header>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2.5">
        <span className="text-3xl font-medium tabular-nums">{value}</span>
        {unit && <span className="text-sm text-ink-muted">{unit}</span>}
        <PeriodComparison change={activity.change} period={period} increase={increase} />
      </p>
      <Plot
        title={`${title}, last ${period.label}`}
        description={`${value} ${unit || "in total"} in the last ${period.label}. The following table lists the values.`}
        shape={shape}
        unfinished={period.unit === "day" ? "Today, not over yet" : "This hour, not over yet"}
        steps={steps.map((step, index) => ({ ...step, href: hrefs[index] }))}
        series={series}
        previous={{ label: `Previous ${period.label}`, values: activity.previous }}
      />
    </section>
  );
}
