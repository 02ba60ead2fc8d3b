import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { freezeClock } from "../clock";
import { db } from "../database/client";
import { parseInput } from "../input";
import { eventRow, type NewEvent } from "./events";
import { EventQuery, findEvents, getEvent, listEvents } from "./list";

const START = Date.parse("2026-03-10T12:00:00Z");
const MINUTE = 60_000;

let app: TestApp;
let neighbor: TestApp;

/** The n-th event, in the n-th minute. */
async function happened(appId: string, events: (Partial<NewEvent> & { requestId?: string })[]): Promise<void> {
  const rows = events.map(({ requestId = null, ...event }, minute) => {
    freezeClock(new Date(START + minute * MINUTE));
    return { ...eventRow(appId, { type: "user.signed_in", actor: { type: "system" }, ...event }), requestId };
  });
  freezeClock(null);
  await db().auditEvent.createMany({ data: rows });
}

const STORY: (Partial<NewEvent> & { requestId?: string })[] = [
  { type: "user.signed_up", actor: { type: "key", id: "key_1" }, userId: "usr_1", requestId: "req_1" },
  { type: "user.signed_in", actor: { type: "key", id: "key_1" }, userId: "usr_1" },
  { type: "user.sign_in_failed", actor: { type: "key", id: "key_2" }, userId: "usr_2", outcome: "failure" },
  { type: "oauth.rejected", actor: { type: "client", id: "cli_1" }, clientId: "cli_1", outcome: "rejected" },
  { type: "app.updated", actor: { type: "developer", id: "usr_dev" } },
  { type: "user.signed_in", actor: { type: "user", id: "usr_2" }, userId: "usr_2", clientId: "cli_1" },
];

beforeAll(async () => {
  [app, neighbor] = [await someApp(), await someApp("Neighbor")];
  await db().auditEvent.deleteMany({ where: { appId: { in: [app.id, neighbor.id] } } });
  await happened(app.id, STORY);
  await happened(neighbor.id, STORY);
});

/** The listed events, by their index in STORY. */
async function places(query: Record<string, string>): Promise<number[]> {
  const { data } = await listEvents(app.id, parseInput(EventQuery, query));
  return data.map((event) => (Date.parse(event.created_at) - START) / MINUTE);
}

describe("the list of events", () => {
  it.each([
    ["nothing", {}, [5, 4, 3, 2, 1, 0]],
    ["a type", { type: "user.signed_in" }, [5, 1]],
    ["an outcome", { outcome: "failure" }, [2]],
    ["success", { outcome: "success" }, [5, 4, 1, 0]],
    ["a kind of actor", { actor_type: "key" }, [2, 1, 0]],
    ["an actor", { actor_id: "key_2" }, [2]],
    ["a user", { user_id: "usr_2" }, [5, 2]],
    ["a client", { client_id: "cli_1" }, [5, 3]],
    ["a request", { request_id: "req_1" }, [0]],
    ["a time", { after: "2026-03-10T12:02:00Z", before: "2026-03-10T13:04:00+01:00" }, [3, 2]],
    ["several at once", { user_id: "usr_2", type: "user.signed_in", outcome: "success" }, [5]],
    ["a combination without events", { user_id: "usr_1", outcome: "rejected" }, []],
    ["a time before the first event", { before: "1901-01-01T00:00:00Z" }, []],
  ])("filters by %s, newest first", async (_, query, expected) => {
    expect(await places(query as Record<string, string>)).toEqual(expected);
  });

  it("merges several types and outcomes, newest first", async () => {
    const filter = {
      types: ["app.updated", "user.sign_in_failed", "oauth.rejected", "no.such"],
      outcomes: ["failure", "success"],
    };
    const found = await findEvents(app.id, filter, { limit: 10 });
    expect(found.map((event) => event.type)).toEqual(["app.updated", "user.sign_in_failed"]);
  });

  it("pages without gaps and repetitions, with any filter", async () => {
    for (const filter of [{}, { outcome: "success" }, { type: "user.signed_in" }] as Record<string, string>[]) {
      const seen: number[] = [];
      let cursor: string | null = null;
      do {
        const page = await listEvents(
          app.id,
          parseInput(EventQuery, { ...filter, limit: "1", ...(cursor && { cursor }) }),
        );
        seen.push(...page.data.map((event) => (Date.parse(event.created_at) - START) / MINUTE));
        cursor = page.next_cursor;
      } while (cursor);
      expect(seen).toEqual(await places(filter));
    }
  });

  it("names the invalid parameter of a query", () => {
    const query = { outcome: "maybe", after: "yesterday", actor_type: "cat", limit: "0" };
    expect(() => parseInput(EventQuery, query)).toThrow(
      expect.objectContaining({
        options: expect.objectContaining({
          fields: {
            outcome: expect.stringContaining("success"),
            after: expect.stringContaining("2026-01-31T12:00:00Z"),
            actor_type: expect.stringContaining("developer"),
            limit: expect.stringContaining("1 to 100"),
          },
        }),
      }),
    );
  });

  it("shows no event of another app", async () => {
    const [theirs] = await findEvents(neighbor.id, {}, { limit: 1 });
    await expect(getEvent(app.id, theirs?.id ?? "")).rejects.toMatchObject({ status: 404 });
    const cursor = theirs?.id;
    const { data } = await listEvents(app.id, parseInput(EventQuery, { ...(cursor && { cursor }), limit: "100" }));
    const ours = new Set((await findEvents(app.id, {}, { limit: 100 })).map(({ id }) => id));
    expect(data.every(({ id }) => ours.has(id))).toBe(true);
  });
});
