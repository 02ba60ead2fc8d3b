/**
 * One process loads this code several times (the server bundle, Next's routes, Next's pages), so everything that has
 * state lives here, once per process, whichever copy of the module asks.
 */
export function processState<T>(name: string, create: () => T): T {
  const key = Symbol.for(`foyer/${name}`);
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  store[key] ??= create();
  return store[key];
}
