"use client";

// Tooltip of a plot: the values of the step under the pointer.
import { useRouter } from "next/navigation";
import { type PointerEvent, useState } from "react";
import type { PlotData } from "./series";

export function PlotTooltip({ steps, series, previous }: PlotData) {
  const router = useRouter();
  const [step, setStep] = useState<number | null>(null);

  function followPointer(event: PointerEvent<HTMLDivElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - left) / width) * steps.length);
    setStep(Math.min(Math.max(index, 0), steps.length - 1));
  }

  const center = step === null ? 0 : ((step + 0.5) / steps.length) * 100;
  const onLeft = center < 50;
  const style = onLeft
    ? { left: `max(0%, calc(${center}% - 4rem))` }
    : { right: `max(0%, calc(${100 - center}% - 4rem))` };
  return (
    <div
      aria-hidden="true"
      className={`absolute inset-0 ${step !== null && steps[step]?.href ? "cursor-pointer" : ""}`}
      onClick={() => {
        const href = step === null ? undefined : steps[step]?.href;
        if (href) router.push(href);
      }}
      onPointerMove={followPointer}
      onPointerLeave={() => setStep(null)}
    >
      {step !== null && (
        <>
          <div className="absolute inset-y-0 w-px bg-ink-muted/60" style={{ left: `${center}%` }} />
          <div
            className={`pointer-events-none absolute bottom-full z-20 mb-2 w-max max-w-64 rounded-md border border-line bg-surface-raised px-3 py-2 text-xs shadow-md ${onLeft ? "left-0" : "right-0"}`}
            style={style}
          >
            <p className="font-medium">
              {steps[step]?.name}
              {step === steps.length - 1 && <span className="font-normal text-ink-muted"> (so far)</span>}
            </p>
            <dl className="mt-1 grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-0.5">
              {series.map(({ label, values, color }) => (
                <Value key={label} label={label} value={values[step]} color={color} />
              ))}
              {previous && (
                <Value label={previous.label} value={previous.values[step]} color="var(--color-line-strong)" thin />
              )}
            </dl>
          </div>
        </>
      )}
    </div>
  );
}

type ValueProps = { label: string; value: number | undefined; color: string; thin?: boolean };

function Value({ label, value = 0, color, thin }: ValueProps) {
  return (
    <>
      <span className={`w-2 rounded-sm ${thin ? "h-px" : "h-2"}`} style={{ background: color }} />
      <dt className="text-ink-muted">{label}</dt>
      <dd className="text-right tabular-nums">{value.toLocaleString("en")}</dd>
    </>
  );
}
