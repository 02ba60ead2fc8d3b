/** The tests that start, stop and kill processes. Each starts its own servers; what is left of them ends with the worker. */
import { test as base, expect } from "playwright/test";
import { cleanUp } from "./cleanup";

export { expect };

export const test = base.extend<object, { cleanup: undefined }>({
  cleanup: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
    async ({}, use) => {
      await use(undefined);
      await cleanUp();
    },
    { scope: "worker", auto: true },
  ],
});
