/** Durations as an amount and a unit: 900 seconds are "15 minutes". */
export const UNITS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

export type Unit = keyof typeof UNITS;

export interface Duration {
  amount: number;
  unit: Unit;
}

/** 900 → 15 minutes: the largest unit that divides them. */
export function toDuration(seconds: number): Duration {
  const units = Object.keys(UNITS).reverse() as Unit[];
  const unit = units.find((candidate) => seconds % UNITS[candidate] === 0) ?? "seconds";
  return { amount: seconds / UNITS[unit], unit };
}

export function formatDuration(seconds: number): string {
  const { amount, unit } = toDuration(seconds);
  return `${amount.toLocaleString("en")} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}
