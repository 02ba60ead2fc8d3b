import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDatabase } from "@/test/support/database";
import { someApp } from "@/test/support/factories";
import { findApp } from "../apps/apps";
import { freezeClock, nowMs } from "../clock";
import { env, runtimeDatabaseUrl } from "../env";
import { log } from "../log";
import { examine } from "../operations/doctor";
import { readMetrics } from "../operations/metrics";
import { isCacheTrusted, startCacheListener, stopCacheListener } from "./cache";
import { pool } from "./client";
import { requireNotifications } from "./listener";

let elsewhere: string;
let other: pg.Client;
beforeAll(async () => {
  elsewhere = await createDatabase();
  other = new pg.Client({ connectionString: runtimeDatabaseUrl() });
  await other.connect();
});
afterAll(() => other.end());

afterEach(async () => {
  env().DIRECT_URL = undefined;
  await stopCacheListener();
  vi.restoreAllMocks();
});

/** Loses every notification, as a pooler in transaction mode does, and keeps the connection. */
function loseNotifications() {
  const { emit } = pg.Client.prototype;
  return vi.spyOn(pg.Client.prototype, "emit").mockImplementation(function (this: pg.Client, event, ...values) {
    return event === "notification" || emit.call(this, event, ...values);
  });
}

const UNHEARD = /notifications don't arrive.*DIRECT_URL/;

describe("a listener that receives no notification", () => {
  it.each([
    ["behind a pooler that loses them", loseNotifications],
    ["on another server", () => Object.assign(env(), { DIRECT_URL: elsewhere })],
  ])("%s: is not trusted, so a change counts after 5 s; log, metrics and doctor say so", async (_, arrange) => {
    const warn = vi.spyOn(log(), "warn");
    arrange();
    await startCacheListener();
    expect(isCacheTrusted()).toBe(false);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(UNHEARD)]]);
    expect(await readMetrics()).toMatch(/^foyer_config_listeners{state="silent"} 1$/m);
    const finding = (await examine()).find(({ check }) => check === "notifications");
    expect(finding).toMatchObject({ status: "warning", message: expect.stringMatching(UNHEARD) });

    const at = nowMs();
    freezeClock(new Date(at));
    const app = await someApp("Before");
    expect((await findApp(app.id))?.name).toBe("Before");
    await other.query(`UPDATE "App" SET "name" = 'After' WHERE "id" = $1`, [app.id]);
    freezeClock(new Date(at + 5000));
    expect((await findApp(app.id))?.name).toBe("After");
  });

  it("loses its trust while it runs, and gets it back with empty entries", async () => {
    const info = vi.spyOn(log(), "info");
    await startCacheListener();
    const app = await someApp("Before");
    expect((await findApp(app.id))?.name).toBe("Before");
    expect(await readMetrics()).toMatch(/^foyer_config_listeners{state="receiving"} 1$/m);

    const lost = loseNotifications();
    await other.query(`UPDATE "App" SET "name" = 'After' WHERE "id" = $1`, [app.id]);
    await vi.waitFor(() => expect(isCacheTrusted()).toBe(false), { timeout: 8000, interval: 50 });
    lost.mockRestore();
    await vi.waitFor(() => expect(isCacheTrusted()).toBe(true), { timeout: 8000, interval: 50 });
    expect((await findApp(app.id))?.name).toBe("After");
    expect(info).toHaveBeenCalledTimes(1);
  });

  it("is not trusted for longer than 5 s while the pool can't send heartbeats", async () => {
    await startCacheListener();
    expect(isCacheTrusted()).toBe(true);
    const warn = vi.spyOn(log(), "warn");
    vi.spyOn(pool(), "query").mockImplementation(() => Promise.reject(new Error("the pool is exhausted")));
    await vi.waitFor(() => expect(isCacheTrusted()).toBe(false), { timeout: 8000, interval: 50 });
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1), { timeout: 3000 });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("the pool is exhausted"));
  });
});

describe("requireNotifications", () => {
  it("returns if a notification of the pool arrives", async () => {
    await requireNotifications();
    env().DIRECT_URL = runtimeDatabaseUrl();
    await requireNotifications();
  });

  it("gives the reason if DIRECT_URL can't be reached", async () => {
    env().DIRECT_URL = "postgres://u:p@127.0.0.1:1/none";
    await expect(requireNotifications()).rejects.toThrow("ECONNREFUSED");
  });
});
