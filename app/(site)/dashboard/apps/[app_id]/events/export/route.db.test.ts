import { beforeAll, describe, expect, it } from "vitest";
import { addMember } from "@/lib/apps/members";
import { eventRow } from "@/lib/audit/events";
import { db } from "@/lib/database/client";
import { revokeSession } from "@/lib/sessions/revoke";
import { parseCsv } from "@/lib/text/csv";
import { call } from "@/test/support/call";
import { asDeveloper } from "@/test/support/dashboard-cookie";
import { someApp, someDeveloper, type TestApp } from "@/test/support/factories";
import { GET } from "./route";

const OPERATOR = { type: "operator" } as const;

let app: TestApp;
let cookie: string;
beforeAll(async () => {
  app = await someApp();
  ({ cookie } = await asDeveloper(app.ownerId));
});

const fetchExport = (search = "", headers: { cookie?: string } = { cookie }, appId = app.id) =>
  call(GET, { params: { app_id: appId }, headers, path: `/dashboard/apps/${appId}/events/export${search}` });

async function rows(search = "") {
  const answer = await fetchExport(search);
  expect(answer.status).toBe(200);
  const [header = [], ...lines] = parseCsv(answer.body as string);
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index]])));
}

describe("the events export", () => {
  it("contains all events of the filter, newest first", async () => {
    const events = Array.from({ length: 2300 }, (_, n) =>
      eventRow(app.id, { type: "user.signed_in", actor: { type: "key", id: "key_1" }, userId: `usr_${n}` }),
    );
    await db().auditEvent.createMany({ data: events });
    const answer = await fetchExport("?type=user.signed_in");
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="events-${app.id}.csv"`);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const found = await rows("?type=user.signed_in");
    expect(found.map(({ id }) => id)).toEqual(
      events
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    expect(found[0]).toMatchObject({
      type: "user.signed_in",
      outcome: "success",
      actor_type: "key",
      actor_id: "key_1",
    });
    expect((await rows("?type=app.created")).length).toBe(1);
    expect(await rows("?q=unknown@example.com")).toEqual([]);
  });

  it("escapes formulas for spreadsheets", async () => {
    const userAgent = `=HYPERLINK("https://evil.example";"Click")`;
    const row = { ...eventRow(app.id, { type: "evil.one", actor: OPERATOR, reason: "@SUM(1)" }), userAgent };
    await db().auditEvent.create({ data: row });
    const { body } = await fetchExport("?type=evil.one");
    expect(body).toContain(`"'=HYPERLINK(""https`);
    expect(body).toContain(",'@SUM(1),");
    expect(await rows("?type=evil.one")).toMatchObject([{ user_agent: userAgent, reason: "@SUM(1)" }]);
  });

  it("is available to viewers", async () => {
    const viewer = await someDeveloper();
    await addMember(app.id, viewer.id, "viewer", OPERATOR);
    expect((await fetchExport("", { cookie: (await asDeveloper(viewer.id)).cookie })).status).toBe(200);
  });

  it("responds 401 without a session, with a forged cookie and with an expired session", async () => {
    expect((await fetchExport("", {})).status).toBe(401);
    expect((await fetchExport("", { cookie: `${cookie.slice(0, -5)}AAAAA` })).status).toBe(401);
    const ended = await asDeveloper(app.ownerId);
    await revokeSession("app_foyer", { sessionId: ended.sessionId, reason: "logout", by: OPERATOR });
    expect((await fetchExport("", { cookie: ended.cookie })).status).toBe(401);
  });

  it("responds 404 for an app of other developers, an unknown app and the dashboard's app", async () => {
    const otherApp = await someApp();
    for (const id of [otherApp.id, "app_00000000000000", "app_foyer"]) {
      expect((await fetchExport("", { cookie }, id)).status, id).toBe(404);
    }
  });
});
