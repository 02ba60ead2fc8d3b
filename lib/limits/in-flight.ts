/** Work in flight in this process, by the account or caller that it is counted for. */

/** The promises never reject: a failure is null. */
export type Pending = Map<string, Set<Promise<unknown>>>;

export async function trackPending<T>(pending: Pending, key: string, work: () => Promise<T>): Promise<T> {
  const running = work();
  const settled = running.catch(() => null);
  const all = pending.get(key) ?? new Set();
  pending.set(key, all.add(settled));
  try {
    return await running;
  } finally {
    all.delete(settled);
    if (all.size === 0) pending.delete(key);
  }
}
