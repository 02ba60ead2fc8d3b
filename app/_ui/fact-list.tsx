// What is known of one thing: a name and its value on each line.
import type { ReactNode } from "react";
import { Card } from "./card";

export function FactList({ facts }: { facts: [label: string, value: ReactNode][] }) {
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
