import { expect, it } from "vitest";
import { freezeClock, now, nowMs, nowSeconds, secondsFromNow } from "./clock";

it("stops when frozen, and runs again", () => {
  const before = Date.now();
  freezeClock(new Date("2030-01-02T03:04:05.678Z"));
  expect(now().toISOString()).toBe("2030-01-02T03:04:05.678Z");
  expect(secondsFromNow(60).toISOString()).toBe("2030-01-02T03:05:05.678Z");
  expect(secondsFromNow(-5).toISOString()).toBe("2030-01-02T03:04:00.678Z");
  freezeClock(null);
  expect(nowMs()).toBeGreaterThanOrEqual(before);
  expect(nowMs()).toBeLessThan(before + 60_000);
});

it("rounds seconds down, so that `iat` is never in the future", () => {
  freezeClock(new Date(1_999_999));
  expect(nowSeconds()).toBe(1999);
});

it("can be frozen at the epoch", () => {
  freezeClock(new Date(0));
  expect(nowMs()).toBe(0);
});
