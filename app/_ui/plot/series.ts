/** Data of a plot. */
export interface PlotSeries {
  label: string;
  /** One value per step. */
  values: number[];
  /** A CSS color. */
  color: string;
}

export interface PlotStep {
  /** The full name: "Mon 2 March". */
  name: string;
  /** The short name below the axis: "2 Mar". */
  tick: string;
  /** What a click on the step opens. */
  href?: string;
}

export interface PlotData {
  /** The last one isn't over yet. */
  steps: PlotStep[];
  series: PlotSeries[];
  /** The totals of the previous period. */
  previous?: { label: string; values: number[] };
}
