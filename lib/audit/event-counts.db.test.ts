import { beforeEach, describe, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { someApp, type TestApp } from "@/test/support/factories";
import { freezeClock } from "../clock";
import { db } from "../database/client";
import { newId } from "../ids";
import { removeExpired } from "../operations/cleanup";
import { processState } from "../process-state";
import { ACTIVE_USERS, type Count, countEvents, readCounts, type Unit } from "./event-counts";
import { eventRow, type NewEvent } from "./events";

await createOwnDatabase();

const NOON = new Date("2026-03-10T12:30:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let app: TestApp;
beforeEach(async () => {
  freezeClock(null);
  app = await someApp();
  // The events of creating the app.
  await db().auditEvent.deleteMany({ where: { appId: app.id } });
});

type Given = Partial<NewEvent> & { at: string; count?: number };

async function happened(appId: string, events: Given[]): Promise<void> {
  const rows = events.map(({ at, count = 1, ...event }) => {
    freezeClock(new Date(at));
    return { ...eventRow(appId, { type: "user.signed_in", actor: { type: "system" }, ...event }), count };
  });
  await db().auditEvent.createMany({ data: rows });
}

const signIn = (at: string, userId: string, method = "password"): Given => ({ at, userId, explanation: { method } });

/** Runs the background task as a process that has not counted yet. */
async function tickAt(at: Date): Promise<void> {
  freezeClock(at);
  processState("event-counts", () => ({ until: 0 })).until = 0;
  await countEvents();
}

async function shown(from: string, unit: Unit, appId = app.id) {
  const counts = await readCounts(appId, new Date(from), unit);
  const text = ({ start, type, detail, count }: Count) =>
    `${start.toISOString().slice(0, 13)} ${type} ${detail} ${count}`;
  return counts.map(text).sort();
}

const STORY: Given[] = [
  signIn("2026-03-08T23:10:00Z", "usr_a"),
  signIn("2026-03-09T08:00:00Z", "usr_a"),
  signIn("2026-03-09T08:59:59Z", "usr_a", "github"),
  signIn("2026-03-09T23:59:59Z", "usr_b"),
  signIn("2026-03-10T00:00:00Z", "usr_b"),
  { at: "2026-03-10T09:15:00Z", type: "oauth.rejected", outcome: "rejected", count: 40, clientId: "cli_1" },
  { at: "2026-03-10T09:16:00Z", type: "oauth.rejected", outcome: "rejected", count: 2, clientId: "cli_1" },
  signIn("2026-03-10T12:10:00Z", "usr_c"),
];

const BY_DAY = [
  "2026-03-08T00 user.signed_in password 1",
  `2026-03-08T00 ${ACTIVE_USERS}  1`,
  "2026-03-09T00 user.signed_in github 1",
  "2026-03-09T00 user.signed_in password 2",
  `2026-03-09T00 ${ACTIVE_USERS}  2`,
  "2026-03-10T00 oauth.rejected rejected 42",
  "2026-03-10T00 user.signed_in password 2",
  `2026-03-10T00 ${ACTIVE_USERS}  2`,
];

describe("event counts", () => {
  it("are the same during counting: no event is missing or counted twice", async () => {
    const days = Array.from({ length: 28 }, (_, day) => `2026-02-${String(day + 1).padStart(2, "0")}`);
    const events = days.flatMap((day) => ["01", "12", "23"].map((hour) => signIn(`${day}T${hour}:00:00Z`, "usr_a")));
    await happened(app.id, events);
    let counting = true;
    const counted = tickAt(new Date("2026-03-01T00:30:00Z")).finally(() => {
      counting = false;
    });
    const seen = new Set<number>();
    while (counting) {
      const counts = await readCounts(app.id, new Date("2026-02-01T00:00:00Z"), "day");
      const signIns = counts.filter(({ type }) => type === "user.signed_in");
      seen.add(signIns.reduce((sum, { count }) => sum + count, 0));
    }
    await counted;
    expect([...seen]).toEqual([events.length]);
  });

  it("are the same before, during and after counting", async () => {
    await happened(app.id, STORY);
    freezeClock(NOON);
    expect(await shown("2026-03-08T00:00:00Z", "day")).toEqual(BY_DAY);
    for (const at of ["2026-03-09T00:30:00Z", "2026-03-10T00:01:00Z", "2026-03-10T00:02:00Z", "2026-03-10T12:30:00Z"]) {
      await tickAt(new Date(at));
      freezeClock(NOON);
      expect(await shown("2026-03-08T00:00:00Z", "day"), at).toEqual(BY_DAY);
    }
    await tickAt(new Date("2026-03-11T03:00:00Z"));
    expect(await shown("2026-03-08T00:00:00Z", "day")).toEqual(BY_DAY);
  });

  it("count an active user once per hour", async () => {
    await happened(app.id, STORY);
    await tickAt(NOON);
    expect(await shown("2026-03-09T08:00:00Z", "hour")).toEqual([
      "2026-03-09T08 user.signed_in github 1",
      "2026-03-09T08 user.signed_in password 1",
      `2026-03-09T08 ${ACTIVE_USERS}  1`,
      "2026-03-09T23 user.signed_in password 1",
      `2026-03-09T23 ${ACTIVE_USERS}  1`,
      "2026-03-10T00 user.signed_in password 1",
      `2026-03-10T00 ${ACTIVE_USERS}  1`,
      "2026-03-10T09 oauth.rejected rejected 42",
      "2026-03-10T12 user.signed_in password 1",
      `2026-03-10T12 ${ACTIVE_USERS}  1`,
    ]);
  });

  it("include new events at once, and count them after their hour has ended", async () => {
    await happened(app.id, STORY);
    await tickAt(NOON);
    await happened(app.id, [signIn("2026-03-10T12:40:00Z", "usr_d", "magic_link")]);
    const added = "2026-03-10T00 user.signed_in magic_link 1";
    expect(await shown("2026-03-10T00:00:00Z", "day")).toContain(added);
    await tickAt(new Date("2026-03-10T13:05:00Z"));
    expect(await shown("2026-03-10T00:00:00Z", "day")).toContain(added);
    expect(await db().eventCount.count({ where: { appId: app.id, detail: "magic_link" } })).toBe(1);
  });

  it("are kept after the events are deleted", async () => {
    const at = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY).toISOString();
    await happened(app.id, [signIn(at(120), "usr_a")]);
    await tickAt(new Date());
    const before = await shown(at(200), "day");
    await removeExpired();
    expect(await db().auditEvent.count({ where: { appId: app.id } })).toBe(0);
    expect(before).toHaveLength(2);
    expect(await shown(at(200), "day")).toEqual(before);
    await tickAt(new Date());
    expect(await shown(at(200), "day")).toEqual(before);
    expect(await db().eventCount.count({ where: { appId: app.id, unit: "hour" } })).toBe(0);
  });

  it("are the same after twenty parallel runs, and separate apps", async () => {
    const neighbor = await someApp();
    await db().auditEvent.deleteMany({ where: { appId: neighbor.id } });
    await happened(app.id, STORY);
    await happened(neighbor.id, [signIn("2026-03-09T10:00:00Z", "usr_a", "passkey")]);
    await Promise.all(Array.from({ length: 20 }, () => tickAt(NOON)));
    expect(await shown("2026-03-08T00:00:00Z", "day")).toEqual(BY_DAY);
    expect(await shown("2026-03-08T00:00:00Z", "day", neighbor.id)).toEqual([
      "2026-03-09T00 user.signed_in passkey 1",
      `2026-03-09T00 ${ACTIVE_USERS}  1`,
    ]);
  });

  it("catch up over several runs after a long downtime", async () => {
    const days = Array.from({ length: 40 }, (_, day) => new Date(NOON.getTime() - (day + 1) * DAY).toISOString());
    await happened(
      app.id,
      days.map((at) => signIn(at, newId("usr"))),
    );
    const counted = () => db().eventCount.count({ where: { appId: app.id, unit: "day", type: ACTIVE_USERS } });
    await tickAt(NOON);
    expect(await counted()).toBe(31);
    await tickAt(NOON);
    expect(await counted()).toBe(40);
  });
});
