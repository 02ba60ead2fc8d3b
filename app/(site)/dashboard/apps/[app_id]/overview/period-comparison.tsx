// How much more or less than before, in words and colour.
type PeriodComparisonProps = {
  /** 0.12: 12 % more; null: there was nothing before. */
  change: number | null;
  /** "the 7 days before" */
  before: string;
  /** What it means that it is more. */
  more: "good" | "bad";
};

/** Beyond these a percentage says nothing any more. */
const MANYFOLD = 9.95;

function spoken(change: number, before: string): [seen: string, heard: string] {
  const percent = Math.round(change * 100);
  if (percent === 0) return ["as before", ` in ${before}`];
  if (change > MANYFOLD) return [`${Math.round(change + 1)} times as many`, ` as in ${before}`];
  return [`${Math.abs(percent)} % ${change > 0 ? "more" : "less"}`, ` than in ${before}`];
}

export function PeriodComparison({ change, before, more }: PeriodComparisonProps) {
  if (change === null) return null;
  const [seen, heard] = spoken(change, before);
  const good = change > 0 === (more === "good");
  const colour = seen === "as before" ? "text-ink-muted" : good ? "text-success" : "text-danger";
  return (
    <span className={`text-sm ${colour}`} title={`Compared with ${before}, as far as the time is over`}>
      {seen}
      <span className="sr-only">{heard}</span>
    </span>
  );
}
