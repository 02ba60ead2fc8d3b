/** What is stopped when the tests of a worker have ended: processes, sites, folders. */

const pending: (() => unknown)[] = [];

export function onCleanup(stop: () => unknown): void {
  pending.push(stop);
}

/** The newest first. */
export async function cleanUp(): Promise<void> {
  for (const stop of pending.splice(0).reverse()) await stop();
}
