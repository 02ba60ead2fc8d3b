// Plot of counts over time: stacked columns or an area, and a table for screen readers.
import { scaleLinear } from "d3-scale";
import { useId } from "react";
import { Legend, TimeAxis, ValueAxis } from "./plot-axes";
import { Areas, Columns, PreviousLine, STEP } from "./plot-shapes";
import { PlotTable } from "./plot-table";
import { PlotTooltip } from "./plot-tooltip";
import type { PlotData } from "./series";

type PlotProps = PlotData & {
  /** The accessible name. */
  title: string;
  /** The accessible description: a sentence about the values. */
  description: string;
  shape: "columns" | "area";
  /** What the last step is: "Today, not over yet". */
  unfinished: string;
};

/** The height in units of the drawing, which is stretched to the available space. */
const HEIGHT = 100;
const TICKS = 3;

function scaleOf({ steps, series, previous }: PlotData) {
  const totals = steps.map((_, step) => series.reduce((sum, { values }) => sum + (values[step] ?? 0), 0));
  const all = [...totals, ...(previous?.values ?? [])];
  const isEmpty = all.every((value) => value === 0);
  const y = scaleLinear([0, Math.max(TICKS, ...all)], [HEIGHT, 0]).nice(TICKS);
  // Counts are integers, so the axis has no fractions.
  const ticks = isEmpty ? [0] : y.ticks(TICKS).filter(Number.isInteger);
  return { y, ticks, isEmpty };
}

export function Plot({ title, description, shape, unfinished, ...data }: PlotProps) {
  const id = useId();
  const { steps, series, previous } = data;
  const { y, ticks, isEmpty } = scaleOf(data);
  const Shape = shape === "columns" ? Columns : Areas;

  return (
    <figure>
      <div className="relative mt-5 ml-10 h-36">
        <ValueAxis ticks={ticks} y={y} />
        <svg
          viewBox={`0 0 ${steps.length * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-labelledby={`${id}-title ${id}-description`}
          className="absolute inset-0 size-full overflow-visible"
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-description`}>{description}</desc>
          <Shape series={series} steps={steps.length} y={y} />
          {previous && <PreviousLine values={previous.values} y={y} />}
        </svg>
        {isEmpty && (
          <p className="absolute inset-0 grid place-items-center text-sm text-ink-muted">No data in this period</p>
        )}
        <PlotTooltip steps={steps} series={series} previous={previous} />
      </div>
      <TimeAxis steps={steps} />
      {!isEmpty && (
        <Legend
          series={series}
          previous={previous?.values.some((value) => value > 0) ? previous.label : null}
          unfinished={unfinished}
        />
      )}
      <PlotTable title={title} {...data} />
    </figure>
  );
}
