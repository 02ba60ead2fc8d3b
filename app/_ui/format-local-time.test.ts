import { expect, it } from "vitest";
import { formatLocalTime, zoneName } from "./format-local-time";

const now = new Date("2026-12-01T12:00:00Z");

it.each([
  ["2026-12-01T11:05:07Z", "UTC", true, "01 Dec, 11:05:07"],
  ["2026-12-01T11:05:07Z", "Europe/Zurich", false, "01 Dec, 12:05"],
  ["2025-12-31T23:30:00Z", "Asia/Tokyo", false, "01 Jan 2026, 08:30"],
])("%s in %s", (at, zone, seconds, text) => {
  expect(formatLocalTime(new Date(at), zone, seconds, now)).toBe(text);
});

it("names the offset of a time zone", () => {
  expect(zoneName("UTC", now)).toBe("UTC");
  expect(zoneName("Europe/London", new Date("2026-07-01T00:00:00Z"))).toBe("GMT+1");
  expect(zoneName("America/New_York", now)).toBe("GMT-5");
});
