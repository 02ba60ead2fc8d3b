/**
 * One process loads this code several times (the server bundle, Next's routes, Next's pages), so everything that has
 * state lives here, once per process, whichever copy of the module asks.
 */
const KEY = Symbol.for("foyer");
const holder = globalThis as { [KEY]?: Map<string, unknown> };
holder[KEY] ??= new Map();
const things = holder[KEY];

export function processState<T>(name: string, create: () => T): T {
  const known = things.get(name) as T | undefined;
  if (known !== undefined && known !== null) return known;
  const made = create();
  things.set(name, made);
  return made;
}
