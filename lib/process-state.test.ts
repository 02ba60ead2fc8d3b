import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import { processState } from "./process-state";

it("creates a state once, also for another copy of the module", async () => {
  const name = `test/${randomUUID()}` as const;
  const created = processState(name, () => ({ count: 1 }));
  vi.resetModules();
  const copy = await import("./process-state");
  expect(copy.processState).not.toBe(processState);
  expect(copy.processState(name, () => ({ count: 2 }))).toBe(created);
});

it("keeps states of different names apart", () => {
  const name = `test/${randomUUID()}` as const;
  expect(processState(`${name}/a`, () => "a")).toBe("a");
  expect(processState(`${name}/b`, () => "b")).toBe("b");
});

it("tries again after creating the state has failed", () => {
  const name = `test/${randomUUID()}` as const;
  expect(() =>
    processState(name, () => {
      throw new Error("not yet");
    }),
  ).toThrow("not yet");
  expect(processState(name, () => 7)).toBe(7);
});
