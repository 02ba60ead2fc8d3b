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

/** An App of the cache alone, and a loader that counts. */
function someEntry<T>(value: T) {
  const appId = `app_${randomUUID().replaceAll("-", "").slice(0, 14)}`;
  const load = vi.fn(async () => value);
  return { appId, load, get: () => cached(appId, "key", load) };
}

/** Until when the listener is known to have heard everything. */
function trustedUntil(): number {
  return processState("config-cache", () => ({ trustedUntil: Number.NaN })).trustedUntil;
}

afterEach(() => stopCacheListener());

describe("cached", () => {
  it("loads once however many ask at the same time", async () => {
    const entry = someEntry({ name: "one" });
    const values = await Promise.all(Array.from({ length: 50 }, entry.get));
    expect(entry.load).toHaveBeenCalledTimes(1);
    expect(new Set(values).size).toBe(1);
  });

  it("keeps Apps and keys apart", async () => {
    const [one, other] = [someEntry("one"), someEntry("other")];
    expect(await one.get()).toBe("one");
    expect(await other.get()).toBe("other");
    expect(await cached(one.appId, "another key", async () => "third")).toBe("third");
  });

  it("does not keep null: what is unknown may exist a moment later", async () => {
    const entry = someEntry<string | null>(null);
    expect(await entry.get()).toBeNull();
    entry.load.mockResolvedValue("now it exists");
    expect(await entry.get()).toBe("now it exists");
    expect(entry.load).toHaveBeenCalledTimes(2);
  });

  it("keeps nothing of Apps that do not exist, so that guessing them pushes none out that does", async () => {
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

  it("holds a thousand entries of an App; what came first makes room", async () => {
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

  it("keeps what is false or empty, which is not null", async () => {
    const entry = someEntry([] as string[]);
    await entry.get();
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(1);
  });

  it("gives an error to all who wait for it, and does not keep it", async () => {
    const entry = someEntry("fine again");
    entry.load.mockRejectedValueOnce(new Error("the database is away"));
    const results = await Promise.allSettled([entry.get(), entry.get(), entry.get()]);
    expect(results.map((result) => result.status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(entry.load).toHaveBeenCalledTimes(1);
    expect(await entry.get()).toBe("fine again");
  });

  it("does not take back what was loaded before an invalidation and came after it", async () => {
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

  it("does not forget the newer value when an older load fails after it", async () => {
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

  it("forgets an App's entries on invalidate, and no other App's", async () => {
    const [one, other] = [someEntry(1), someEntry(2)];
    await Promise.all([one.get(), other.get()]);
    invalidate(one.appId);
    await Promise.all([one.get(), other.get()]);
    expect(one.load).toHaveBeenCalledTimes(2);
    expect(other.load).toHaveBeenCalledTimes(1);
  });
});

describe("while nobody listens", () => {
  it("an entry lives 5 s", async () => {
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

  it("an entry that cannot be loaded again is not served from memory", async () => {
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

  it("a change made on another connection is seen at once, of that App alone", async () => {
    const [app, neighbour] = [await someApp("Before"), await someApp("Neighbour")];
    await startCacheListener();
    // A clock that stands still lets no entry grow old.
    freezeClock(new Date(nowMs()));
    expect((await findApp(app.id))?.name).toBe("Before");
    const known = await findApp(neighbour.id);
    await other.query(`UPDATE "App" SET "name" = 'After' WHERE "id" = $1`, [app.id]);
    await vi.waitFor(async () => expect((await findApp(app.id))?.name).toBe("After"));
    expect(await findApp(neighbour.id)).toBe(known);
  });

  it("a change that is rolled back is not announced", async () => {
    const app = await someApp();
    await startCacheListener();
    freezeClock(new Date(nowMs()));
    const known = await findApp(app.id);
    await other.query("BEGIN");
    await other.query(`UPDATE "App" SET "name" = 'Never' WHERE "id" = $1`, [app.id]);
    await other.query("ROLLBACK");
    // Announcements come in order: when that of a later change is here, an earlier one would be.
    const later = await someApp("Later");
    await findApp(later.id);
    await other.query(`UPDATE "App" SET "name" = 'Seen' WHERE "id" = $1`, [later.id]);
    await vi.waitFor(async () => expect((await findApp(later.id))?.name).toBe("Seen"));
    expect(await findApp(app.id)).toBe(known);
  });

  it("an entry outlives the 5 s as long as heartbeats come", async () => {
    afterSeconds(0);
    await startCacheListener();
    const entry = someEntry("value");
    await entry.get();
    afterSeconds(4);
    // The next heartbeats, at this hour of the clock, extend the trust beyond the entry's own 5 s.
    await vi.waitFor(() => expect(trustedUntil()).toBe(AT.getTime() + 9000), { timeout: 10_000, interval: 20 });
    afterSeconds(8.9);
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(1);
    afterSeconds(9.1);
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(2);
  });

  it("forgets everything when it starts: what changed while nobody listened is unknown", async () => {
    const entry = someEntry("value");
    await entry.get();
    await startCacheListener();
    await entry.get();
    expect(entry.load).toHaveBeenCalledTimes(2);
  });

  it("lost, entries live 5 s again; then it comes back by itself and hears", async () => {
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

  it("is started once, and stops without a trace", async () => {
    await Promise.all([startCacheListener(), startCacheListener()]);
    expect(await listeners()).toBe(1);
    await stopCacheListener();
    await vi.waitFor(async () => expect(await listeners()).toBe(0));
  });
});
