/** What `npm test` checks of a long list. `npm run test:long` checks all of it. */

const LONG = process.env.FOYER_TEST_LONG === "1";

export function sample<T>(all: readonly T[], representative: readonly T[]): readonly T[] {
  return LONG ? all : representative;
}
