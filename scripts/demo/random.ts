/** Pseudorandom choices, the same in each run, and moments as users cause them. */

/** mulberry32 */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const random = randomNumbers(20);

export function one<T>(of: readonly T[]): T {
  return of[Math.floor(random() * of.length)] as T;
}

export const chance = (probability: number) => random() < probability;

/** How many users are awake, by the hour in UTC. */
function activity(moment: number): number {
  const hour = new Date(moment).getUTCHours();
  return hour >= 7 && hour < 22 ? 1 : 0.15;
}

/** Between the two moments: more often by day than by night, and more often recently. */
export function someMoment(since: number, end: number): number {
  for (let attempt = 0; attempt < 50; attempt++) {
    const moment = end - (end - since) * random() ** 1.3;
    if (chance(activity(moment))) return moment;
  }
  return since;
}
