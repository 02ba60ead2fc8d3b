/** Flags that several commands share, and readers of flags that may be absent. */
import { type Flag, type Flags, UsageError } from "./command";

export const APP_FLAG: Flag = { value: "APP_ID", required: true, help: "the app ID, as `apps list` shows it" };

/** The values of a flag that may be repeated. undefined if it is absent, so that the default applies. */
export function listOf(flags: Flags, name: string): string[] | undefined {
  const values = flags.list(name);
  return values.length > 0 ? values : undefined;
}

/** undefined if the flag is absent. */
export function onOff(flags: Flags, name: string): boolean | undefined {
  const value = flags.optional(name);
  if (value === undefined) return undefined;
  if (!/^(on|off|true|false)$/.test(value)) throw new UsageError(`--${name} must be on or off.`);
  return value === "on" || value === "true";
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A duration like 90d in seconds. undefined if the flag is absent. */
export function secondsOf(flags: Flags, name: string): number | undefined {
  const value = flags.optional(name);
  if (value === undefined) return undefined;
  const [, count = "", unit = ""] = /^(\d{1,6})(s|m|h|d)$/.exec(value) ?? [];
  if (!count) throw new UsageError(`--${name} must be a number and a unit (s, m, h or d), for example 7d.`);
  return Number(count) * (UNITS[unit] ?? 1);
}
