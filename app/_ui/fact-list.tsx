// Labeled values of one object, one per line.
import type { ReactNode } from "react";
import { Card } from "./card";

type FactListProps = { facts: [label: string, value: ReactNode][] };

export function FactList({ facts }: FactListProps) {
  return (
    <Card>
      <dl className="grid gap-2.5 text-sm">
        {facts.map(([label, value]) => (
          <div key={label} className="flex justify-between gap-4">
            <dt className="text-ink-muted">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** For long values: on narrow screens, each value is below its label. */
export function LongFactList({ facts }: FactListProps) {
  return (
    <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
      {facts.map(([label, value]) => (
        <div key={label} className="grid gap-0.5 sm:contents">
          <dt className="text-ink-muted first-letter:uppercase">{label}</dt>
          <dd dir="auto" className="min-w-0 text-left break-words">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
