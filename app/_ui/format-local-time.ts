/** "1 Dec, 14:03:22" in a time zone; with the year if it isn't the current one. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string, seconds: boolean, year: boolean): Intl.DateTimeFormat {
  const key = `${timeZone} ${seconds} ${year}`;
  const known = formatters.get(key);
  if (known) return known;
  const created = new Intl.DateTimeFormat("en-GB", {
    day: "2-digit",
    month: "short",
    ...(year && { year: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds && { second: "2-digit" }),
    timeZone,
  });
  formatters.set(key, created);
  return created;
}

export function formatLocalTime(at: Date, timeZone: string, seconds: boolean, now: Date): string {
  return formatter(timeZone, seconds, at.getUTCFullYear() !== now.getUTCFullYear()).format(at);
}

/** The current offset of a time zone: "UTC" or "GMT+1". */
export function zoneName(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "shortOffset" }).formatToParts(now);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
  return /^GMT([+-]0)?$/.test(name) ? "UTC" : name;
}
