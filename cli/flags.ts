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
  if (value !== undefined && value !== "on" && value !== "off") throw new UsageError(`--${name} must be on or off.`);
  return value === undefined ? undefined : value === "on";
}
