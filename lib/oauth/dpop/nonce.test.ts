import { afterEach, expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { currentNonce, isValidNonce } from "./nonce";

const start = new Date("2026-12-01T12:00:00Z");
const at = (seconds: number) => freezeClock(new Date(start.getTime() + seconds * 1000));

afterEach(() => freezeClock(null));

it("accepts a nonce for at least two and less than four minutes, from clocks that differ a little", () => {
  at(0);
  const nonce = currentNonce("app_a");
  for (const [seconds, valid] of [
    [-5, true],
    [119, true],
    [239, true],
    [240, false],
    [-121, false],
  ] as const) {
    at(seconds);
    expect([seconds, isValidNonce("app_a", nonce)]).toEqual([seconds, valid]);
  }
});

it("changes the nonce every two minutes, and has another for each app", () => {
  at(0);
  const nonce = currentNonce("app_a");
  expect(isValidNonce("app_b", nonce)).toBe(false);
  expect(isValidNonce("app_a", "")).toBe(false);
  at(119);
  expect(currentNonce("app_a")).toBe(nonce);
  at(120);
  expect(currentNonce("app_a")).not.toBe(nonce);
});
