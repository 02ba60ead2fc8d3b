/** Labels of the overview's plots: time steps, sign-in methods and failures. */
import type { PlotStep } from "@/app/_ui/plot/series";
import type { Unit } from "@/lib/audit/event-counts";
import { EVENT_TYPES } from "@/lib/audit/event-types";
import { methodLabel } from "../method-labels";
import { OTHER } from "./activity";

export function stepLabels(steps: Date[], unit: Unit): PlotStep[] {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  const name = format(
    unit === "hour"
      ? { weekday: "short", hour: "2-digit", minute: "2-digit" }
      : { weekday: "short", day: "numeric", month: "long" },
  );
  const tick = format(unit === "hour" ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" });
  return steps.map((step) => ({ name: name.format(step), tick: tick.format(step) }));
}

export function signInLabel(method: string): string {
  if (method === OTHER) return "Other methods";
  return method === "" ? "Unknown" : methodLabel(method);
}

const FAILURES: Record<string, string> = {
  "user.sign_in_failed": "Failed sign-ins",
  "oauth.rejected": "Rejected requests",
  [OTHER]: "Other",
};

export function failureLabel(type: string): string {
  return FAILURES[type] ?? EVENT_TYPES.get(type)?.title ?? type;
}
