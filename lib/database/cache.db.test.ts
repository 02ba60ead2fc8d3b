import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { someApp } from "@/test/support/factories";
import { findApp } from "../apps/apps";
import { freezeClock, nowMs } from "../clock";
import { runtimeDatabaseUrl } from "../env";
import { processState } from "../process-state";
import { cached, invalidate, startCacheListener, stopCacheListener } from "./cache";

const AT = new Date("2026-11-23T10:00:00Z");
const afterSeconds = (seconds: number) => freezeClock(new Date(AT.getTime() + seconds * 1000));

/**
 * A cache entry of an app ID that exists only in the cache, with a loader that counts its calls.
 */
function someEntry<T>(value: T) {
  const appId = `app_${randomUUID().replaceAll("-", "").slice(0, 14)}`;
  const load = vi.fn(async () => value);
  return { appId, load, get: () => cached(appId, "key", load) };
}

/** Until then, the listener is known to have received every notification. */
function trustedUntil(): number {
  return processState("config-cache", () => ({ trustedUntil: Number.NaN })).trustedUntil;
}

afterEach(() => stopCacheListener());

describe("cached", () => {
  it("loads a value once for parallel calls", async () => {
    const entry = someEntry({ name: "one" });
    const values = await Promise.all(Array.from({ length: 50 }, entry.get));
    expect(entry.load).toHaveBeenCalledTimes(1);
    expect(new Set(values).size).toBe(1);
  });

  it("separates apps and keys", async () => {
    const [one, other] = [someEntry("one"), someEntry("other")];
    expect(await one.get()).toBe("one");
    expect(await other.get()).toBe("other");
    expect(await cached(one.appId, "another key", async () => "third")).toBe("third");
  });

  it("does not cache null, because an unknown key may exist a moment later", async () => {
    const entry = someEntry<string | null>(null);
    expect(await entry.get()).toBeNull();
    entry.load.mockResolvedValue("now it exists");
    expect(await entry.get()).toBe("now it exists");
    expect(entry.load).toHaveBeenCalledTimes(2);
  });

  it("keeps nothing for unknown apps, so that guessed app IDs evict no real one", async () => {
    const { apps } = processState("config-cache", () => ({ apps: new Map<string, unknown>() }));
    const kept = someEntry("kept");
    await kept.get();
    const before = apps.size;
    const guesses = Array.from({ length: 200 }, () => someEntry(null));
    await Promise.all(guesses.map(({ get }) => get()));
    const lost = someEntry("lost");
    lost.load.mockRejectedValue(new Error("the database is away"));
    await lost.get().catch(() => {});
    expect(apps.size).toBe(before);
    expect(apps.has(kept.appId)).toBe(true);
  });

  it("keeps a thousand entries of an app and evicts the oldest first", async () => {
    const { appId, load, get } = someEntry("first");
    await get();
    const fill = (count: number) =>
      Promise.all(Array.from({ length: count }, (_, index) => cached(appId, `key ${index}`, async () => index)));
    await fill(999);
    await get();
    expect(load).toHaveBeenCalledTimes(1);
    await fill(1000);
    await get();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("caches empty values", async () => {
    const entry = someEntry([] as string[]);
    await entry.get();
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(1);
  });

  it("passes an error to every waiting caller and does not cache it", async () => {
    const entry = someEntry("fine again");
    entry.load.mockRejectedValueOnce(new Error("the database is away"));
    const results = await Promise.allSettled([entry.get(), entry.get(), entry.get()]);
    expect(results.map((result) => result.status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(entry.load).toHaveBeenCalledTimes(1);
    expect(await entry.get()).toBe("fine again");
  });

  it("does not cache a value whose load began before an invalidation and ended after it", async () => {
    const entry = someEntry("new");
    let answer = (_: string) => {};
    entry.load.mockReturnValueOnce(new Promise<string>((resolve) => (answer = resolve)));
    const asked = entry.get();
    invalidate(entry.appId);
    answer("old");
    expect(await asked).toBe("old");
    expect(await entry.get()).toBe("new");
    expect(await entry.get()).toBe("new");
    expect(entry.load).toHaveBeenCalledTimes(2);
  });

  it("keeps the newer value if an older load fails after it", async () => {
    const entry = someEntry("new");
    let fail = (_: Error) => {};
    entry.load.mockReturnValueOnce(new Promise<string>((_, reject) => (fail = reject)));
    const asked = entry.get();
    invalidate(entry.appId);
    expect(await entry.get()).toBe("new");
    fail(new Error("too late"));
    await expect(asked).rejects.toThrow("too late");
    expect(await entry.get()).toBe("new");
    expect(entry.load).toHaveBeenCalledTimes(2);
  });

  it("drops the entries of the invalidated app only", async () => {
    const [one, other] = [someEntry(1), someEntry(2)];
    await Promise.all([one.get(), other.get()]);
    invalidate(one.appId);
    await Promise.all([one.get(), other.get()]);
    expect(one.load).toHaveBeenCalledTimes(2);
    expect(other.load).toHaveBeenCalledTimes(1);
  });
});

describe("without the listener", () => {
  it("an entry expires after 5 s", async () => {
    afterSeconds(0);
    const entry = someEntry("value");
    await entry.get();
    afterSeconds(4.999);
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(1);
    afterSeconds(5);
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(2);
  });

  it("an expired entry is not served if it cannot be loaded again", async () => {
    afterSeconds(0);
    const entry = someEntry("value");
    await entry.get();
    afterSeconds(6);
    entry.load.mockRejectedValue(new Error("the database is away"));
    await expect(entry.get()).rejects.toThrow("away");
  });
});

describe("with the listener (PostgreSQL NOTIFY)", () => {
  let other: pg.Client;
  beforeAll(async () => {
    other = new pg.Client({ connectionString: runtimeDatabaseUrl() });
    await other.connect();
  });
  afterAll(() => other.end());

  const endListener = () =>
    other.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'foyer-listen' AND datname = current_database()`,
    );
  const listeners = async () =>
    (
      await other.query(
        `SELECT 1 FROM pg_stat_activity WHERE application_name = 'foyer-listen' AND datname = current_database()`,
      )
    ).rowCount;

  it("a change on another connection drops the entries of that app only", async () => {
    const [app, neighbor] = [await someApp("Before"), await someApp("Neighbor")];
    await startCacheListener();
    // With a frozen clock, no entry expires.
    freezeClock(new Date(nowMs()));
    expect((await findApp(app.id))?.name).toBe("Before");
    const known = await findApp(neighbor.id);
    await other.query(`UPDATE "App" SET "name" = 'After' WHERE "id" = $1`, [app.id]);
    await vi.waitFor(async () => expect((await findApp(app.id))?.name).toBe("After"));
    expect(await findApp(neighbor.id)).toBe(known);
  });

  it("a change that is rolled back drops nothing", async () => {
    const app = await someApp();
    await startCacheListener();
    freezeClock(new Date(nowMs()));
    const known = await findApp(app.id);
    await other.query("BEGIN");
    await other.query(`UPDATE "App" SET "name" = 'Never' WHERE "id" = $1`, [app.id]);
    await other.query("ROLLBACK");
    // Notifications arrive in order: after that of a later change, an earlier one would have
    // arrived.
    const later = await someApp("Later");
    await findApp(later.id);
    await other.query(`UPDATE "App" SET "name" = 'Seen' WHERE "id" = $1`, [later.id]);
    await vi.waitFor(async () => expect((await findApp(later.id))?.name).toBe("Seen"));
    expect(await findApp(app.id)).toBe(known);
  });

  it("an entry is kept for longer than 5 s while heartbeats arrive", async () => {
    afterSeconds(0);
    await startCacheListener();
    const entry = someEntry("value");
    await entry.get();
    afterSeconds(4);
    // The next heartbeat, at this time of the frozen clock, extends the trust beyond the entry's 5
    // s.
    await vi.waitFor(() => expect(trustedUntil()).toBe(AT.getTime() + 9000), { timeout: 10_000, interval: 20 });
    afterSeconds(8.9);
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(1);
    afterSeconds(9.1);
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(2);
  });

  it("starting the listener drops every entry, because earlier changes were missed", async () => {
    const entry = someEntry("value");
    await entry.get();
    await startCacheListener();
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(2);
  });

  it("a lost listener makes entries expire after 5 s, then reconnects by itself", async () => {
    afterSeconds(0);
    await startCacheListener();
    const entry = someEntry("value");
    await entry.get();
    await endListener();
    await vi.waitFor(() => expect(trustedUntil()).toBe(0));
    afterSeconds(5);
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(2);

    await vi.waitFor(async () => expect(await listeners()).toBe(1), { timeout: 5000 });
    const app = await someApp("Before");
    await vi.waitFor(
      async () => {
        expect((await findApp(app.id))?.name).toBe("Before");
        await other.query(`UPDATE "App" SET "name" = 'After' WHERE "id" = $1`, [app.id]);
        await vi.waitFor(async () => expect((await findApp(app.id))?.name).toBe("After"), { timeout: 500 });
      },
      { timeout: 5000 },
    );
  });

  it("starting twice opens one connection, and stopping closes it", async () => {
    await Promise.all([startCacheListener(), startCacheListener()]);
    expect(await listeners()).toBe(1);
    await stopCacheListener();
    await vi.waitFor(async () => expect(await listeners()).toBe(0));
  });
});
