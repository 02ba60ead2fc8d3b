/** Settings of Node.js for a process that runs one short command. */
export function prepareRuntime(): void {
  // Where it doesn't exist (Node.js 20), `pg` looks for the runtime in fetch's classes, which takes
  // 70 ms to load.
  if (!("navigator" in globalThis)) Object.assign(globalThis, { navigator: { userAgent: "Node.js" } });
}
