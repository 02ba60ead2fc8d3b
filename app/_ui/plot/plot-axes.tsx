// Axes and legend of a plot. Screen readers get the plot's table instead.
import type { Scale } from "./plot-shapes";
import type { PlotSeries, PlotStep } from "./series";

const compact = new Intl.NumberFormat("en", { notation: "compact" });

export function ValueAxis({ ticks, y }: { ticks: number[]; y: Scale }) {
  return ticks.map((tick) => (
    <div
      key={tick}
      aria-hidden="true"
      className={`absolute inset-x-0 border-t ${tick === 0 ? "border-line-strong" : "border-line"}`}
      style={{ top: `${y(tick)}%` }}
    >
      <span className="absolute right-full -translate-y-1/2 pr-2.5 text-xs text-ink-muted tabular-nums">
        {compact.format(tick)}
      </span>
    </div>
  ));
}

export function TimeAxis({ steps }: { steps: PlotStep[] }) {
  return (
    <div aria-hidden="true" className="mt-1.5 ml-10 flex justify-between text-xs text-ink-muted">
      {[0, Math.floor((steps.length - 1) / 2), steps.length - 1].map((step) => (
        <span key={step}>{steps[step]?.tick}</span>
      ))}
    </div>
  );
}

type LegendProps = {
  series: PlotSeries[];
  /** The name of the dashed line. */
  previous: string | null;
  /** What the pale last step is: "Today, not over yet". */
  unfinished: string;
};

export function Legend({ series, previous, unfinished }: LegendProps) {
  return (
    <ul aria-hidden="true" className="mt-3 ml-10 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
      {series.map(({ label, color }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span className="size-2 rounded-sm" style={{ background: color }} />
          {label}
        </li>
      ))}
      {previous && (
        <li className="flex items-center gap-1.5">
          <span className="w-3.5 border-t border-dashed border-line-strong" />
          {previous}
        </li>
      )}
      <li className="flex items-center gap-1.5">
        <span className="size-2 rounded-sm opacity-45" style={{ background: series[0]?.color }} />
        {unfinished}
      </li>
    </ul>
  );
}
