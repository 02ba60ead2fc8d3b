import { expect, it } from "vitest";
import { formatDuration, toDuration } from "./duration";

it.each([
  [90, { amount: 90, unit: "seconds" }, "90 seconds"],
  [60, { amount: 1, unit: "minutes" }, "1 minute"],
  [900, { amount: 15, unit: "minutes" }, "15 minutes"],
  [7200, { amount: 2, unit: "hours" }, "2 hours"],
  [86_400, { amount: 1, unit: "days" }, "1 day"],
  [3650 * 86_400, { amount: 3650, unit: "days" }, "3,650 days"],
])("expresses %d seconds in the largest unit that divides them", (seconds, duration, formatted) => {
  expect(toDuration(seconds)).toEqual(duration);
  expect(formatDuration(seconds)).toBe(formatted);
});
