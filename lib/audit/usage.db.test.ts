import { beforeAll, describe, expect, it, vi } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { someApp, type TestApp } from "@/test/support/factories";
import { freezeClock } from "../clock";
import { db, pool } from "../database/client";
import { flushUses, recordUse } from "../database/last-used";
import { countUsage, flushUsage } from "./usage";

await createOwnDatabase();

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

const counted = async (clientId: string) => {
  const rows = await db().usageCounter.findMany({ where: { appId: app.id, clientId }, orderBy: { day: "asc" } });
  return rows.map((row) => [row.day.toISOString().slice(0, 10), Number(row.count)]);
};

/** Makes the next statement fail. */
function refuseOnce(): void {
  vi.spyOn(pool(), "query").mockImplementationOnce(() => Promise.reject(new Error("away")));
}

describe("usage", () => {
  it("is counted by app, client and day, and added to the stored count", async () => {
    const neighbor = await someApp();
    freezeClock(new Date("2026-11-23T23:59:59Z"));
    for (let i = 0; i < 3; i++) countUsage(app.id, "client_credentials", "cli_1");
    countUsage(neighbor.id, "client_credentials", "cli_1");
    freezeClock(new Date("2026-11-24T00:00:00Z"));
    countUsage(app.id, "client_credentials", "cli_1");
    expect(await counted("cli_1")).toEqual([]);
    await flushUsage();
    countUsage(app.id, "client_credentials", "cli_1");
    await flushUsage();
    await flushUsage();
    freezeClock(null);
    expect(await counted("cli_1")).toEqual([
      ["2026-11-23", 3],
      ["2026-11-24", 2],
    ]);
  });

  it("is kept for the next flush if the database is unavailable, and skips a deleted app", async () => {
    freezeClock(new Date("2026-11-23T10:00:00Z"));
    countUsage(app.id, "client_credentials", "cli_2");
    countUsage("app_gone", "client_credentials", "cli_2");
    refuseOnce();
    await expect(flushUsage()).rejects.toThrow("away");
    countUsage(app.id, "client_credentials", "cli_2");
    await flushUsage();
    freezeClock(null);
    expect(await counted("cli_2")).toEqual([["2026-11-23", 2]]);
    expect(await db().usageCounter.count({ where: { appId: "app_gone" } })).toBe(0);
  });
});

describe("last used", () => {
  it("is kept for the next flush if the database is unavailable, and never moves back", async () => {
    const { id } = await db().apiKey.findFirstOrThrow({ where: { appId: app.id } });
    const lastUsedAt = async () => (await db().apiKey.findFirstOrThrow({ where: { appId: app.id, id } })).lastUsedAt;
    freezeClock(new Date("2026-11-23T10:00:00Z"));
    recordUse("ApiKey", app.id, id);
    refuseOnce();
    await expect(flushUses()).rejects.toThrow("away");
    expect(await lastUsedAt()).toBeNull();
    await flushUses();
    expect(await lastUsedAt()).toEqual(new Date("2026-11-23T10:00:00Z"));

    freezeClock(new Date("2026-11-23T09:00:00Z"));
    recordUse("ApiKey", app.id, id);
    await flushUses();
    freezeClock(null);
    expect(await lastUsedAt()).toEqual(new Date("2026-11-23T10:00:00Z"));
  });
});
