import { afterEach, describe, expect, it, vi } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { someApp } from "@/test/support/factories";
import { countUsage } from "../audit/usage";
import { db } from "../database/client";
import { recordUse } from "../database/last-used";
import { startTicks, stopTicks } from "./ticks";

await createOwnDatabase();

afterEach(async () => {
  await stopTicks();
  vi.useRealTimers();
});

/** Records a last use and a usage count. Returns whether they are in the database. */
async function noteSomething() {
  const app = await someApp();
  const { id } = await db().apiKey.findFirstOrThrow({ where: { appId: app.id } });
  recordUse("ApiKey", app.id, id);
  countUsage(app.id, "client_credentials", "cli_1");
  return async () => ({
    lastUsed: (await db().apiKey.findFirstOrThrow({ where: { appId: app.id } })).lastUsedAt !== null,
    usage: await db().usageCounter.count({ where: { appId: app.id } }),
  });
}

describe("collected usage", () => {
  it("is written once a minute", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const written = await noteSomething();
    startTicks();
    vi.advanceTimersByTime(59_000);
    expect(await written()).toEqual({ lastUsed: false, usage: 0 });
    vi.advanceTimersByTime(1000);
    await vi.waitFor(async () => expect(await written()).toEqual({ lastUsed: true, usage: 1 }), 5000);
  });

  it("is written when the server stops", async () => {
    const written = await noteSomething();
    startTicks();
    await stopTicks();
    expect(await written()).toEqual({ lastUsed: true, usage: 1 });
  });
});
