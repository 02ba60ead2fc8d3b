import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { freezeClock } from "../clock";
import { db, transaction } from "../database/client";
import { withRequestContext } from "../request-context";
import { eventRow, type NewEvent, recordEvent, recordRejection } from "./events";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

const eventsOf = (type: string) => db().auditEvent.findMany({ where: { appId: app.id, type }, orderBy: { id: "asc" } });

describe("recordEvent", () => {
  it("writes the event in the transaction of the change", async () => {
    await transaction((tx) => recordEvent(tx, app.id, { type: "kept", actor: { type: "operator" } }));
    expect(await eventsOf("kept")).toMatchObject([
      { outcome: "success", actorType: "operator", actorId: null, count: 1 },
    ]);
  });

  it("writes no event if the transaction is rolled back", async () => {
    const work = transaction(async (tx) => {
      await recordEvent(tx, app.id, { type: "undone", actor: { type: "system" } });
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await eventsOf("undone")).toEqual([]);
  });

  it("includes the request ID and a truncated user agent", () => {
    const context = { requestId: "req_1", ip: "192.0.2.1", userAgent: "x".repeat(5000) };
    const row = withRequestContext(context, () => eventRow(app.id, { type: "seen", actor: { type: "system" } }));
    expect(row).toMatchObject({ requestId: "req_1", ip: "192.0.2.1" });
    expect(row.userAgent).toHaveLength(400);
    expect(eventRow(app.id, { type: "seen", actor: { type: "system" } })).toMatchObject({
      requestId: null,
      ip: null,
      userAgent: null,
    });
  });
});

describe("recordRejection", () => {
  const MINUTE = new Date("2026-11-23T10:00:30Z");
  const rejection = (type: string, more: Partial<NewEvent> = {}) => ({
    type,
    reason: "wrong",
    actor: { type: "key", id: "key_1" } as const,
    ...more,
  });

  it("counts twenty parallel rejections in one row", async () => {
    freezeClock(MINUTE);
    await Promise.all(Array.from({ length: 20 }, () => recordRejection(app.id, rejection("hammered"))));
    expect(await eventsOf("hammered")).toMatchObject([{ count: 20, outcome: "rejected", reason: "wrong" }]);
  });

  it("starts a new row each minute", async () => {
    for (const at of ["10:00:00", "10:00:59", "10:01:00"]) {
      freezeClock(new Date(`2026-11-23T${at}Z`));
      await recordRejection(app.id, rejection("minutely"));
    }
    expect((await eventsOf("minutely")).map((event) => event.count)).toEqual([2, 1]);
  });

  it("separates reasons, users, clients and apps", async () => {
    freezeClock(MINUTE);
    const neighbor = await someApp();
    await recordRejection(app.id, rejection("apart"));
    await recordRejection(app.id, { ...rejection("apart"), reason: "other" });
    await recordRejection(app.id, rejection("apart", { userId: "usr_1" }));
    await recordRejection(app.id, rejection("apart", { clientId: "cli_1" }));
    await recordRejection(neighbor.id, rejection("apart"));
    expect((await eventsOf("apart")).map((event) => event.count)).toEqual([1, 1, 1, 1]);
  });
});
