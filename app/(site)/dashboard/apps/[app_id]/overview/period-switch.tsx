// Links to choose the period of the overview's plots.
import Link from "next/link";
import { PERIODS, type PeriodName } from "./activity";

export function PeriodSwitch({ path, selected }: { path: string; selected: PeriodName }) {
  return (
    <nav aria-label="Period" className="inline-flex rounded-md border border-line-strong bg-surface-raised p-0.5">
      {(Object.keys(PERIODS) as PeriodName[]).map((name) => (
        <Link
          key={name}
          href={`${path}?over=${name}`}
          prefetch={false}
          scroll={false}
          aria-current={name === selected ? "true" : undefined}
          className="inline-flex h-8 items-center rounded-sm pointer-coarse:h-10 px-3 text-sm font-medium text-ink-muted hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent"
        >
          {PERIODS[name].label}
        </Link>
      ))}
    </nav>
  );
}
