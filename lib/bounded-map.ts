/**
 * Sets a key of a map that holds at most `max` entries, and evicts the oldest for a new one. An LRU
 * cache would write on each read and allocate all its memory at first.
 */
export function setBounded<T>(map: Map<string, T>, key: string, value: T, max: number): void {
  const [first] = map.size < max || map.has(key) ? [] : map.keys();
  if (first !== undefined) map.delete(first);
  map.set(key, value);
}
