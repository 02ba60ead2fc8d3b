/** "3 minutes ago", "yesterday", "in 2 days". */
const formatter = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** Smaller differences may come from clock skew. */
const JUST_NOW_SECONDS = 45;

export function formatRelativeTime(at: Date, nowMs: number): string {
  const seconds = Math.round((at.getTime() - nowMs) / 1000);
  if (Math.abs(seconds) < JUST_NOW_SECONDS) return "just now";
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return formatter.format(Math.trunc(seconds / length), unit);
  }
  return formatter.format(Math.sign(seconds), "minute");
}
