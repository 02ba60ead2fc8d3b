// Plots of the overview: sign-ups, active users, sign-ins by method, and failures.
import { ACCENT_COLORS, FAILURE_COLORS } from "@/app/_ui/plot/palette";
import type { PlotSeries } from "@/app/_ui/plot/series";
import { readCounts } from "@/lib/audit/event-counts";
import { nowMs } from "@/lib/clock";
import { appPath } from "../app-paths";
import { activityOf, PERIODS, type Period, type PeriodName, type PlottedActivity, stepsOf } from "./activity";
import { PlotCard } from "./plot-card";
import { failureLabel, signInLabel, stepLabels } from "./plot-labels";

const ACCENT = ACCENT_COLORS[0] as string;

function totalSeries({ values }: PlottedActivity, label: string): PlotSeries[] {
  return [{ label, values, color: ACCENT }];
}

function partSeries({ series }: PlottedActivity, label: (name: string) => string, colors: string[]): PlotSeries[] {
  return series.map(({ name, values }, index) => ({ label: label(name), values, color: colors[index] ?? ACCENT }));
}

export async function ActivityPlots({ appId, periodName }: { appId: string; periodName: PeriodName }) {
  const period: Period = PERIODS[periodName];
  const now = nowMs();
  const counts = await readCounts(appId, stepsOf(period, now)[0] as Date, period.unit);
  const { steps, signUps, activeUsers, signIns, failures } = activityOf(counts, period, now);
  const events = (query: string) => appPath(appId, `/events?${query}&within=${periodName}`);
  /** The events page filters by whole days in UTC. */
  const daysOf = (query: string) =>
    steps.map((step) => {
      const day = step.toISOString().slice(0, 10);
      return period.unit === "day" ? appPath(appId, `/events?${query}&within=days&from=${day}&to=${day}`) : undefined;
    });
  const shared = { steps: stepLabels(steps, period.unit), period };
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <PlotCard
        {...shared}
        title="Sign-ups"
        activity={signUps}
        series={totalSeries(signUps, "Sign-ups")}
        shape="columns"
        link={{ href: events("type=user.signed_up"), label: "View sign-ups" }}
        hrefs={daysOf("type=user.signed_up")}
      />
      <PlotCard
        {...shared}
        title="Active users"
        activity={activeUsers}
        series={totalSeries(activeUsers, "Users who signed in")}
        shape="area"
        average
        link={{ href: appPath(appId, "/users"), label: "View users" }}
        hrefs={daysOf("type=user.signed_in")}
      />
      <PlotCard
        {...shared}
        title="Sign-ins"
        activity={signIns}
        series={partSeries(signIns, signInLabel, ACCENT_COLORS)}
        shape="columns"
        link={{ href: events("type=user.signed_in"), label: "View sign-ins" }}
        hrefs={daysOf("type=user.signed_in")}
      />
      <PlotCard
        {...shared}
        title="Failures"
        activity={failures}
        series={partSeries(failures, failureLabel, FAILURE_COLORS)}
        shape="columns"
        increase="bad"
        link={{ href: events("outcome=trouble"), label: "View failures" }}
        hrefs={daysOf("outcome=trouble")}
      />
    </div>
  );
}
