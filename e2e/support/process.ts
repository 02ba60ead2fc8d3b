/** Playwright's `test` that stops, at the end of a worker, the processes and sites that its tests have started. */
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
