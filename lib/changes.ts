/** What an update changes. An update with the current values writes nothing, and no event. */
import { isDeepStrictEqual } from "node:util";

/** The names of `said` whose values differ from those in `before`. */
export function changedNames(said: object, before: object): string[] {
  return Object.entries(said)
    .filter(
      ([name, value]) => value !== undefined && !isDeepStrictEqual(value, (before as Record<string, unknown>)[name]),
    )
    .map(([name]) => name);
}
