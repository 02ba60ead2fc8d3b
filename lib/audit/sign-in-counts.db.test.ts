import { beforeEach, describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { someApp, type TestApp } from "@/test/support/factories";
import { freezeClock } from "../clock";
import { db } from "../database/client";
import { processState } from "../process-state";
import { countEvents } from "./event-counts";
import { eventRow, type NewEvent } from "./events";
import { countSignIns } from "./sign-in-counts";

await createOwnDatabase();

let app: TestApp;
let neighbor: TestApp;
beforeEach(async () => {
  freezeClock(null);
  [app, neighbor] = [await someApp(), await someApp()];
});

async function happened(appId: string, at: string, event: Partial<NewEvent> = {}): Promise<void> {
  freezeClock(new Date(at));
  await db().auditEvent.create({
    data: eventRow(appId, { type: "user.signed_in", actor: { type: "system" }, ...event }),
    select: { id: true },
  });
}

async function countAt(at: string): Promise<void> {
  freezeClock(new Date(at));
  processState("event-counts", () => ({ until: 0 })).until = 0;
  await countEvents();
}

describe("sign-ins per day", () => {
  it("are the same whether they are counted already or not, also just after midnight", async () => {
    await happened(app.id, "2026-03-08T23:10:00Z");
    await happened(app.id, "2026-03-09T08:00:00Z");
    await happened(app.id, "2026-03-09T23:59:59Z");
    await happened(app.id, "2026-03-09T09:00:00Z", { outcome: "failure" });
    await happened(app.id, "2026-03-09T09:00:00Z", { type: "user.signed_up" });
    await happened(neighbor.id, "2026-03-09T09:00:00Z");

    await countAt("2026-03-10T00:01:00Z");
    expect((await countSignIns([app.id], 3)).get(app.id)).toEqual([1, 2, 0]);

    await happened(app.id, "2026-03-10T00:01:30Z");
    await countAt("2026-03-10T00:02:00Z");
    expect((await countSignIns([app.id], 3)).get(app.id)).toEqual([1, 2, 1]);
    await countAt("2026-03-10T05:02:00Z");
    expect((await countSignIns([app.id], 3)).get(app.id)).toEqual([1, 2, 1]);
    await countAt("2026-03-11T05:02:00Z");
    expect((await countSignIns([app.id], 3)).get(app.id)).toEqual([2, 1, 0]);
  });

  it("include those of the current minute and contain a row for each given app only", async () => {
    await happened(app.id, "2026-03-10T12:30:00Z");
    await happened(neighbor.id, "2026-03-10T12:30:00Z");
    const counts = await countSignIns([app.id], 2);
    expect([...counts]).toEqual([[app.id, [0, 1]]]);
    expect((await countSignIns([], 2)).size).toBe(0);
  });
});
