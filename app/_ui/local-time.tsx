"use client";

// Time in the browser's time zone, with the relative time on hover. The server renders UTC, as wide as the local time.
import { useSyncExternalStore } from "react";
import { nowMs } from "@/lib/clock";
import { formatLocalTime, zoneName } from "./format-local-time";

const never = () => () => undefined;

/** The browser's time zone; UTC on the server and until the page is hydrated. */
function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}

type LocalTimeProps = {
  /** ISO 8601. */
  at: string;
  /** "3 minutes ago", for the title. */
  relative: string;
  seconds?: boolean;
};

export function LocalTime({ at, relative, seconds = false }: LocalTimeProps) {
  const timeZone = useTimeZone();
  return (
    <time
      dateTime={at}
      title={`${relative} (${at.replace("T", " ").replace("Z", "")} UTC)`}
      className="whitespace-nowrap tabular-nums"
    >
      {formatLocalTime(new Date(at), timeZone, seconds, new Date(nowMs()))}
    </time>
  );
}

/** "UTC" or "GMT+1". */
export function TimeZoneName() {
  return zoneName(useTimeZone(), new Date(nowMs()));
}
