import { afterEach, describe, expect, it, vi } from "vitest";
import { createDatabase } from "@/test/support/database";
import { someApp } from "@/test/support/factories";
import {
  hasPgBouncer,
  keepsPreparedStatements,
  type Mode,
  query,
  startPgBouncer,
  stopPgBouncer,
} from "@/test/support/pgbouncer";
import { forgetState } from "@/test/support/process-state";
import { findApp } from "../apps/apps";
import { freezeClock, nowMs } from "../clock";
import { env, setRuntime } from "../env";
import { examine } from "../operations/doctor";
import { requireReady } from "../operations/health";
import { isCacheTrusted, startCacheListener, stopCacheListener } from "./cache";
import { closeDb, db, prepared, transaction } from "./client";

const isInstalled = hasPgBouncer();

/** From here on, Foyer uses PgBouncer in this mode. → the database's own URL */
async function usePooler(mode: Mode): Promise<{ direct: string; pooled: string }> {
  const direct = await createDatabase();
  const pooled = await startPgBouncer(mode, direct);
  await closeDb();
  forgetState("pool", "prisma");
  setRuntime({ databaseUrl: pooled, secret: env().FOYER_SECRET ?? "" });
  return { direct, pooled };
}

afterEach(async () => {
  env().DIRECT_URL = undefined;
  await stopCacheListener();
  await closeDb();
  forgetState("pool", "prisma");
  stopPgBouncer();
});

async function notificationsFinding() {
  return (await examine()).find(({ check }) => check === "notifications");
}

/** A change on another connection counts at once, with a frozen clock. */
async function expectImmediateRevocation(direct: string): Promise<void> {
  freezeClock(new Date(nowMs()));
  const app = await someApp("Before");
  expect((await findApp(app.id))?.name).toBe("Before");
  await query(direct, `UPDATE "App" SET "name" = 'After' WHERE "id" = '${app.id}'`);
  await vi.waitFor(async () => expect((await findApp(app.id))?.name).toBe("After"));
}

describe.skipIf(!isInstalled)("behind PgBouncer with its default settings", () => {
  it("session mode: everything works, and no connection keeps waiting for locks or statements", async () => {
    const { direct } = await usePooler("session");
    await requireReady();
    await startCacheListener();
    expect(isCacheTrusted()).toBe(true);
    expect(await notificationsFinding()).toMatchObject({ status: "ok" });
    await expectImmediateRevocation(direct);
    const [limits] = await prepared("test-limits", "SELECT current_setting('statement_timeout') AS statement", []);
    expect(limits).toEqual({ statement: "5s" });
  });

  it("transaction mode without DIRECT_URL: the listener isn't trusted, and doctor names DIRECT_URL", async () => {
    await usePooler("transaction");
    await startCacheListener();
    expect(isCacheTrusted()).toBe(false);
    expect(await notificationsFinding()).toMatchObject({
      status: "warning",
      message: expect.stringContaining("DIRECT_URL"),
    });
  });

  it("transaction mode with DIRECT_URL: a change counts at once", async () => {
    const { direct } = await usePooler("transaction");
    env().DIRECT_URL = direct;
    await startCacheListener();
    expect(isCacheTrusted()).toBe(true);
    await expectImmediateRevocation(direct);
    const { id } = await someApp("In a transaction");
    await transaction(async (tx) => {
      await tx.app.update({ where: { id }, data: { name: "Changed" } });
    });
    expect((await db().app.findUnique({ where: { id } }))?.name).toBe("Changed");
  });

  it.skipIf(!isInstalled || !keepsPreparedStatements())(
    "transaction mode from PgBouncer 1.21: prepared statements work on every connection",
    async () => {
      await usePooler("transaction");
      const calls = Array.from({ length: 200 }, (_, n) => prepared("test-n", "SELECT $1::int AS n", [n]));
      expect((await Promise.all(calls)).map(([row]) => row?.n)).toEqual(calls.map((_, n) => n));
    },
  );
});
