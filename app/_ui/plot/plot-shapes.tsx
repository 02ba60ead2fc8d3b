// Shapes of a plot: stacked columns, areas, and the dashed line of the previous period.
import { area, line, stack } from "d3-shape";
import type { PlotSeries } from "./series";

export type Scale = (value: number) => number;

type ShapeProps = { series: PlotSeries[]; steps: number; y: Scale };

/** The width of a step in units of the drawing, which is stretched to the available width. */
export const STEP = 10;
/** The gap between two columns, as a fraction of a step. */
const GAP = 0.28;

/** The opacity of the last step, which isn't over yet. */
const UNFINISHED = 0.45;

const center = (step: number) => (step + 0.5) * STEP;

export function Columns({ series, steps, y }: ShapeProps) {
  const names = series.map((_, index) => index);
  const layers = stack<number, number>()
    .keys(names)
    .value((step, index) => series[index]?.values[step] ?? 0)(Array.from({ length: steps }, (_, step) => step));
  return layers.map((layer) => (
    <g key={series[layer.key]?.label} style={{ fill: series[layer.key]?.color }}>
      {layer.map(
        ([low, high], step) =>
          high > low && (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: the index identifies the step
              key={step}
              fillOpacity={step === steps - 1 ? UNFINISHED : 1}
              x={(step + GAP / 2) * STEP}
              width={STEP * (1 - GAP)}
              y={y(high)}
              height={y(low) - y(high)}
            />
          ),
      )}
    </g>
  ));
}

export function Areas({ series, y }: ShapeProps) {
  const x = (_: number, step: number) => center(step);
  return series.map(({ label, values, color }) => (
    <g key={label}>
      <path d={area<number>(x, y(0), y)(values) ?? ""} style={{ fill: color }} fillOpacity="0.14" />
      <path
        d={line<number>(x, y)(values.slice(0, -1)) ?? ""}
        fill="none"
        strokeWidth="1.75"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        style={{ stroke: color }}
      />
      <path
        d={line<number>((_, step) => center(values.length - 2 + step), y)(values.slice(-2)) ?? ""}
        fill="none"
        strokeWidth="1.75"
        strokeDasharray="1 4"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
        style={{ stroke: color }}
      />
    </g>
  ));
}

export function PreviousLine({ values, y }: { values: number[]; y: Scale }) {
  if (!values.some((value) => value > 0)) return null;
  return (
    <path
      d={line<number>((_, step) => center(step), y)(values) ?? ""}
      fill="none"
      strokeWidth="1.25"
      strokeDasharray="3 3"
      vectorEffect="non-scaling-stroke"
      className="stroke-line-strong"
    />
  );
}
