/** How often random and racing tests repeat: a tenth in `npm test`, all in `npm run test:long`. */
const LONG = process.env.FOYER_TEST_LONG === "1";

export function repetitions(all: number): number {
  return LONG ? all : Math.ceil(all / 10);
}
