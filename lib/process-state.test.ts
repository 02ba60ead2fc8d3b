import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import { processState } from "./process-state";

it("makes a thing once, also for another copy of the module", async () => {
  const name = randomUUID();
  const made = processState(name, () => ({ count: 1 }));
  vi.resetModules();
  const copy = await import("./process-state");
  expect(copy.processState).not.toBe(processState);
  expect(copy.processState(name, () => ({ count: 2 }))).toBe(made);
});

it("keeps things of different names apart", () => {
  const name = randomUUID();
  expect(processState(`${name}/a`, () => "a")).toBe("a");
  expect(processState(`${name}/b`, () => "b")).toBe("b");
});

it("tries again when making it failed", () => {
  const name = randomUUID();
  expect(() =>
    processState(name, () => {
      throw new Error("not yet");
    }),
  ).toThrow("not yet");
  expect(processState(name, () => 7)).toBe(7);
});
