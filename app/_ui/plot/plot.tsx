// A series of counts over time, drawn on the server: columns that add up, or an area. For screen readers there is the same as a table.
import { scaleLinear } from "d3-scale";
import { area, line, stack } from "d3-shape";
import { useId } from "react";
import { PlotTooltip } from "./plot-tooltip";

export interface PlotSeries {
  label: string;
  values: number[];
  /** A CSS colour. */
  colour: string;
}

type PlotProps = {
  /** What is plotted, for those who do not see it. */
  title: string;
  /** What it shows, in a sentence, for those who do not see it. */
  description: string;
  shape: "columns" | "area";
  /** One per step: its name in full, and the short one below the axis. */
  steps: { name: string; tick: string }[];
  series: PlotSeries[];
  /** The whole in the period before, as a thin line. */
  before?: { label: string; values: number[] };
};

/** Units of the drawing; it is stretched to whatever room there is. */
const STEP = 10;
const HEIGHT = 100;
/** Between two columns, of a step. */
const GAP = 0.28;
const TICKS = 3;

const short = new Intl.NumberFormat("en", { notation: "compact" });

export function Plot({ title, description, shape, steps, series, before }: PlotProps) {
  const id = useId();
  const width = steps.length * STEP;
  const totals = steps.map((_, step) => series.reduce((sum, { values }) => sum + (values[step] ?? 0), 0));
  // Counts are whole: an axis of halves would be read as nonsense.
  const highest = Math.max(TICKS, ...totals, ...(before?.values ?? []));
  const y = scaleLinear([0, highest], [HEIGHT, 0]).nice(TICKS);
  const isEmpty = highest === TICKS && [...totals, ...(before?.values ?? [])].every((value) => value === 0);
  const ticks = isEmpty ? [0] : y.ticks(TICKS).filter(Number.isInteger);
  const middle = (step: number) => (step + 0.5) * STEP;

  return (
    <figure>
      <div className="relative mt-5 ml-10 h-36">
        {ticks.map((tick) => (
          <div
            key={tick}
            aria-hidden="true"
            className={`absolute inset-x-0 border-t ${tick === 0 ? "border-line-strong" : "border-line"}`}
            style={{ top: `${y(tick)}%` }}
          >
            <span className="absolute right-full -translate-y-1/2 pr-2.5 text-xs text-ink-muted tabular-nums">
              {short.format(tick)}
            </span>
          </div>
        ))}
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-labelledby={`${id}-title ${id}-description`}
          className="absolute inset-0 size-full overflow-visible"
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-description`}>{description}</desc>
          {shape === "columns" ? (
            <Columns series={series} steps={steps.length} y={y} />
          ) : (
            series.map(({ label, values, colour }) => (
              <Area key={label} values={values} colour={colour} x={middle} y={y} />
            ))
          )}
          {before?.values.some((value) => value > 0) && (
            <path
              d={line<number>((_, step) => middle(step), y)(before.values) ?? ""}
              fill="none"
              strokeWidth="1.25"
              strokeDasharray="3 3"
              vectorEffect="non-scaling-stroke"
              className="stroke-line-strong"
            />
          )}
        </svg>
        {isEmpty && (
          <p className="absolute inset-0 grid place-items-center text-sm text-ink-muted">Nothing in this time</p>
        )}
        <PlotTooltip names={steps.map(({ name }) => name)} series={series} before={before} />
      </div>
      <div aria-hidden="true" className="mt-1.5 ml-10 flex justify-between text-xs text-ink-muted">
        {[0, Math.floor((steps.length - 1) / 2), steps.length - 1].map((step) => (
          <span key={step}>{steps[step]?.tick}</span>
        ))}
      </div>
      {series.length > 1 && <Legend series={series} />}
      <Numbers title={title} steps={steps} series={series} before={before} />
    </figure>
  );
}

type Scale = (value: number) => number;

function Columns({ series, steps, y }: { series: PlotSeries[]; steps: number; y: Scale }) {
  const names = series.map((_, index) => index);
  const layers = stack<number, number>()
    .keys(names)
    .value((step, index) => series[index]?.values[step] ?? 0)(Array.from({ length: steps }, (_, step) => step));
  return layers.map((layer) => (
    <g key={series[layer.key]?.label} style={{ fill: series[layer.key]?.colour }}>
      {layer.map(
        ([low, high], step) =>
          high > low && (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
              key={step}
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

function Area({ values, colour, x, y }: { values: number[]; colour: string; x: Scale; y: Scale }) {
  const at = (_: number, step: number) => x(step);
  return (
    <>
      <path d={area<number>(at, y(0), y)(values) ?? ""} style={{ fill: colour }} fillOpacity="0.14" />
      <path
        d={line<number>(at, y)(values) ?? ""}
        fill="none"
        strokeWidth="1.75"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        style={{ stroke: colour }}
      />
    </>
  );
}

function Legend({ series }: { series: PlotSeries[] }) {
  return (
    <ul aria-hidden="true" className="mt-3 ml-10 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
      {series.map(({ label, colour }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span className="size-2 rounded-sm" style={{ background: colour }} />
          {label}
        </li>
      ))}
    </ul>
  );
}

/** The same in numbers. In a box of its own, since a table cannot be made small itself. */
function Numbers({ title, steps, series, before }: Pick<PlotProps, "title" | "steps" | "series" | "before">) {
  return (
    <div className="sr-only">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
            {before && <th scope="col">{before.label}</th>}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ name }, step) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {series.map(({ label, values }) => (
                <td key={label}>{values[step]}</td>
              ))}
              {before && <td>{before.values[step]}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
