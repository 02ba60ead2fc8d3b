/**
 * Reports a value of X-Forwarded-For that isn't an IP address: in the log, and as an event of
 * Foyer's own app for `foyer doctor`. Once per process, since every request would repeat it.
 */
import { recordRejection } from "../audit/events";
import { TENANT_ZERO } from "../ids";
import { log } from "../log";
import { processState } from "../process-state";

export const UNREADABLE_HOP = "proxy.address_unreadable";

const reported = () => processState("unreadable-hop", () => ({ isDone: false }));

export function reportUnreadableHop(value: string, proxy: string): void {
  const report = reported();
  if (report.isDone) return;
  report.isDone = true;
  const sent = value.slice(0, 100);
  log().warn({ proxy, sent }, "X-Forwarded-For of a trusted proxy has no IP address, so requests count as the proxy's");
  const event = {
    type: UNREADABLE_HOP,
    actor: { type: "system" },
    reason: "unreadable_address",
    explanation: {
      description: "X-Forwarded-For doesn't contain an IP address where a trusted proxy has to write one.",
      sent,
      proxy,
      remedy: "Make the proxy append the caller's IP address, with or without a port.",
    },
  } as const;
  recordRejection(TENANT_ZERO, event).catch((error) => log().warn({ err: error }, "an event was not recorded"));
}
