/** Days of the calendar. */

/** False for days like 2023-02-30, which `Date` reads as the 2nd of March. `day` is YYYY-MM-DD. */
export function isCalendarDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
