/** Settings of Node.js for a process that runs one short command. */
import { setFlagsFromString } from "node:v8";

export function prepareRuntime(): void {
  // Optimizing Prisma's WebAssembly in background threads costs more than a command gains from it.
  setFlagsFromString("--liftoff-only");
  // Where it doesn't exist (Node.js 20), `pg` looks for the runtime in fetch's classes, which takes
  // 70 ms to load.
  if (!("navigator" in globalThis)) Object.assign(globalThis, { navigator: { userAgent: "Node.js" } });
}
