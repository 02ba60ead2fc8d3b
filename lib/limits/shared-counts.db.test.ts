import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { RateLimit } from "./rate-limit";

const KEY = Symbol.for("foyer");

/** The limits of another process: modules and state of its own, on the same database. */
async function startProcess() {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, KEY);
  const [limits, counts, client] = await Promise.all([
    import("./rate-limit"),
    import("./shared-counts"),
    import("../database/client"),
  ]);
  limits.shareLimits();
  const stop = async () => {
    await counts.stopSharing();
    await client.closeDb();
  };
  return { ...limits, pool: client.pool, stop };
}

type Process = Awaited<ReturnType<typeof startProcess>>;
const processes: Process[] = [];
async function someProcesses(count: number): Promise<Process[]> {
  const started: Process[] = [];
  for (let n = 0; n < count; n++) started.push(await startProcess());
  processes.push(...started);
  return started;
}
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(processes.splice(0).map(({ stop }) => stop().catch(() => {})));
});

const someLimit = (points: number): RateLimit => ({ name: `test-${randomUUID()}`, points, seconds: 60 });

const isAllowed = (work: Promise<unknown>) =>
  work.then(
    () => true,
    (error) => {
      expect(error).toMatchObject({ status: 429 });
      expect(Number(error.options.headers["Retry-After"])).toBeGreaterThan(0);
      return false;
    },
  );

/** How many of these requests are allowed, sent to the processes in turn. */
async function countAllowed(some: Process[], limit: RateLimit, requests: number, atOnce: boolean): Promise<number> {
  let allowed = 0;
  const results: Promise<boolean>[] = [];
  for (let n = 0; n < requests; n++) {
    const result = isAllowed((some[n % some.length] as Process).consumeLimit(limit, "192.0.2.7"));
    results.push(result);
    if (!atOnce) await result;
  }
  for (const result of await Promise.all(results)) allowed += result ? 1 : 0;
  return allowed;
}

describe("a limit that several processes share", () => {
  it.each([
    [20, 2, true],
    [20, 2, false],
    [60, 2, true],
    [60, 2, false],
    [60, 3, true],
    [600, 2, true],
  ])("of %d requests holds for %d processes (all at once: %s)", async (points, count, atOnce) => {
    const some = await someProcesses(count);
    const allowed = await countAllowed(some, someLimit(points), 3 * points, atOnce);
    expect(allowed).toBeGreaterThanOrEqual(points * 0.9);
    expect(allowed).toBeLessThanOrEqual(points + (count - 1) * Math.max(1, points / 20));
  });

  it("holds after a restart", async () => {
    const limit = someLimit(20);
    const [before] = (await someProcesses(1)) as [Process];
    expect(await countAllowed([before], limit, 15, false)).toBe(15);
    await before.stop();
    processes.length = 0;
    expect(await countAllowed(await someProcesses(1), limit, 20, false)).toBe(5);
  });

  it("counts failures only, and no more than a few of those that another process doesn't know of", async () => {
    const limit = someLimit(20);
    const some = (await someProcesses(2)) as [Process, Process];
    const seen = { evaluated: 0 };
    const attempt = (process: Process, success: boolean) =>
      isAllowed(
        process.limitFailures(limit, "192.0.2.7", async () => {
          seen.evaluated++;
          await sleep(2);
          return { success, value: null };
        }),
      );
    expect(
      await Promise.all(Array.from({ length: 60 }, (_, n) => attempt(some[n % 2] as Process, true))),
    ).not.toContain(false);
    seen.evaluated = 0;
    await Promise.all(Array.from({ length: 100 }, (_, n) => attempt(some[n % 2] as Process, false)));
    expect(seen.evaluated).toBeGreaterThanOrEqual(20);
    expect(seen.evaluated).toBeLessThanOrEqual(24);
    expect(await attempt(some[0], true)).toBe(false);
    expect(await attempt(some[1], true)).toBe(false);
  });

  it("takes a count back in every process", async () => {
    const limit = someLimit(20);
    const [one, other] = (await someProcesses(2)) as [Process, Process];
    expect(await countAllowed([one], limit, 20, false)).toBe(20);
    for (let n = 0; n < 5; n++) await one.refundLimit(limit, "192.0.2.7");
    await sleep(300);
    expect(await countAllowed([other], limit, 20, false)).toBe(5);
  });

  it("separates keys and limits", async () => {
    const [one, other] = (await someProcesses(2)) as [Process, Process];
    const limit = someLimit(1);
    await one.consumeLimit(limit, "192.0.2.1");
    await other.consumeLimit(limit, "192.0.2.2");
    await other.consumeLimit(someLimit(1), "192.0.2.1");
    expect(await isAllowed(other.consumeLimit(limit, "192.0.2.1"))).toBe(false);
  });

  it("sends no statement before an attempt that succeeds", async () => {
    const [one] = (await someProcesses(1)) as [Process];
    const query = vi.spyOn(one.pool(), "query");
    await one.limitFailures(someLimit(20), "192.0.2.1", async () => ({ success: true, value: null }));
    await sleep(200);
    expect(query).not.toHaveBeenCalled();
  });

  it("counts alone while PostgreSQL is away, and shares later", async () => {
    const limit = someLimit(20);
    const [one, other] = (await someProcesses(2)) as [Process, Process];
    vi.spyOn(one.pool(), "query").mockImplementation(() => Promise.reject(new Error("the database is away")));
    expect(await countAllowed([one], limit, 25, false)).toBe(20);
    vi.restoreAllMocks();
    await one.stop();
    expect(await countAllowed([other], limit, 5, false)).toBe(0);
  });
});
