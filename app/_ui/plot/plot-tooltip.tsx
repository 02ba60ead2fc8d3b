"use client";

// Reads a plot at the pointer: which step it is, and how much of what. The numbers are in the table for everybody else.
import { type PointerEvent, useState } from "react";
import type { PlotSeries } from "./plot";

type PlotTooltipProps = {
  /** One per step. */
  names: string[];
  series: PlotSeries[];
  before?: { label: string; values: number[] };
};

export function PlotTooltip({ names, series, before }: PlotTooltipProps) {
  const [step, setStep] = useState<number | null>(null);

  function follow(event: PointerEvent<HTMLDivElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / width) * names.length);
    setStep(Math.min(Math.max(at, 0), names.length - 1));
  }

  const middle = step === null ? 0 : ((step + 0.5) / names.length) * 100;
  return (
    <div aria-hidden="true" className="absolute inset-0" onPointerMove={follow} onPointerLeave={() => setStep(null)}>
      {step !== null && (
        <>
          <div className="absolute inset-y-0 w-px bg-ink-muted/60" style={{ left: `${middle}%` }} />
          <div
            className={`pointer-events-none absolute bottom-full z-20 mb-2 w-max max-w-64 rounded-md border border-line bg-surface-raised px-3 py-2 text-xs shadow-md ${middle < 50 ? "left-0" : "right-0"}`}
            style={
              middle < 50
                ? { left: `max(0%, calc(${middle}% - 4rem))` }
                : { right: `max(0%, calc(${100 - middle}% - 4rem))` }
            }
          >
            <p className="font-medium">{names[step]}</p>
            <dl className="mt-1 grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-0.5">
              {series.map(({ label, values, colour }) => (
                <Line key={label} label={label} value={values[step]} colour={colour} />
              ))}
              {before && (
                <Line label={before.label} value={before.values[step]} colour="var(--color-line-strong)" thin />
              )}
            </dl>
          </div>
        </>
      )}
    </div>
  );
}

type LineProps = { label: string; value: number | undefined; colour: string; thin?: boolean };

function Line({ label, value = 0, colour, thin }: LineProps) {
  return (
    <>
      <span className={`w-2 rounded-sm ${thin ? "h-px" : "h-2"}`} style={{ background: colour }} />
      <dt className="text-ink-muted">{label}</dt>
      <dd className="text-right tabular-nums">{value.toLocaleString("en")}</dd>
    </>
  );
}
