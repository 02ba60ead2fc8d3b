// Change from the previous period: "+12% vs previous 7 days".
import type { Period } from "./activity";

type PeriodComparisonProps = {
  /** 0.12: 12% more; null: the previous period has no data. */
  change: number | null;
  period: Period;
  /** Whether an increase is good or bad. */
  increase: "good" | "bad";
};

/** From ten times on, a factor is clearer than a percentage. */
const FACTOR_FROM = 9.95;

function format(change: number): string {
  const percent = Math.round(change * 100);
  if (percent === 0) return "No change";
  if (change > FACTOR_FROM) return `${Math.round(change + 1)}×`;
  return `${percent > 0 ? "+" : "−"}${Math.abs(percent)}%`;
}

export function PeriodComparison({ change, period, increase }: PeriodComparisonProps) {
  if (change === null) return null;
  const text = format(change);
  const isGood = change > 0 === (increase === "good");
  const color = text === "No change" ? "text-ink-muted" : isGood ? "text-success" : "text-danger";
  return (
    <span className={`text-sm ${color}`} title={`The current ${period.unit} is not included.`}>
      {text} vs previous {period.label}
    </span>
  );
}
