/** V8 collects when there is work, and a server that has just started may have none for hours. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Gives back at once what starting has left behind, which is more than what serving needs. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  collect();
}
