// Relative time, with the exact time on hover. Rendered on the server.
import { nowMs } from "@/lib/clock";
import { formatRelativeTime } from "./format-relative-time";

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

export function RelativeTime({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={`${exact.format(at)} UTC`} className="whitespace-nowrap">
      {formatRelativeTime(at, nowMs())}
    </time>
  );
}
