import { expect, it } from "vitest";
import { formatRelativeTime } from "./format-relative-time";

const now = Date.parse("2027-03-12T12:00:00Z");

it.each([
  [0, "just now"],
  [-44, "just now"],
  [20, "just now"],
  [-50, "1 minute ago"],
  [-180, "3 minutes ago"],
  [-3599, "59 minutes ago"],
  [-7200, "2 hours ago"],
  [-86_400, "yesterday"],
  [-6 * 86_400, "6 days ago"],
  [-40 * 86_400, "last month"],
  [-800 * 86_400, "2 years ago"],
  [90, "in 1 minute"],
  [86_400, "tomorrow"],
])("formats an offset of %d seconds as %s", (seconds, expected) => {
  expect(formatRelativeTime(new Date(now + seconds * 1000), now)).toBe(expected);
});
