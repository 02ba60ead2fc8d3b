import { beforeAll, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { addMember } from "@/lib/apps/members";
import { db, type MemberRole } from "@/lib/database/client";
import { parseCsv } from "@/lib/text/csv";
import { exportUsers } from "@/lib/users/export";
import { BATCH_ROWS, type FileRow, readRows } from "@/lib/users/import/file";
import { importUsers } from "@/lib/users/import/import";
import { verifyPassword } from "@/lib/users/password-hashing";
import { call } from "@/test/support/call";
import { asDeveloper } from "@/test/support/dashboard-cookie";
import { SOME_PASSWORD, someApp, someDeveloper, someSession, type TestApp } from "@/test/support/factories";
import { POST } from "./route";

const OPERATOR = { type: "operator" } as const;
/** With the developer's password. */
const HASHES = new URLSearchParams({ hashes: "on", password: SOME_PASSWORD }).toString();

let app: TestApp;
let owner: string;
beforeAll(async () => {
  app = await someApp();
  owner = (await asDeveloper(app.ownerId)).cookie;
});

async function asRole(role: MemberRole): Promise<string> {
  const developer = await someDeveloper();
  await addMember(app.id, developer.id, role, OPERATOR);
  return (await asDeveloper(developer.id)).cookie;
}

function fetchExport(form: string, cookie = owner, appId = app.id, headers: Record<string, string> = {}) {
  return call(POST, {
    params: { app_id: appId },
    path: `/dashboard/apps/${appId}/users/export/file`,
    headers: { ...(cookie && { cookie }), "content-type": "application/x-www-form-urlencoded", ...headers },
    body: form,
  });
}

async function importRows(appId: string, rows: FileRow[]) {
  const into = await getApp(appId);
  const results = [];
  for (let at = 0; at < rows.length; at += BATCH_ROWS) {
    results.push(...(await importUsers(into, rows.slice(at, at + BATCH_ROWS), { dryRun: false }, OPERATOR)).results);
  }
  return results;
}

const eventsOf = (appId: string) =>
  db().auditEvent.findMany({
    where: { appId, type: { in: ["users.exported", "users.hashes_exported"] } },
    orderBy: { id: "asc" },
    select: { type: true, actorId: true, explanation: true },
  });

describe("the user export", () => {
  it("contains all users, newest first", async () => {
    const many = await someApp();
    const { cookie } = await asDeveloper(many.ownerId);
    const rows = Array.from({ length: 1203 }, (_, n) => ({ row: n + 1, value: { email: `p${n}@example.com` } }));
    await importRows(many.id, rows);
    const answer = await fetchExport("format=csv", cookie, many.id);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="users-${many.id}.csv"`);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const [header = [], ...lines] = parseCsv(answer.body as string);
    const ids = lines.map((line) => line[header.indexOf("id")] ?? "");
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(1203);
    expect(header).not.toContain("password_hash");
    const { body } = await fetchExport("format=json", cookie, many.id);
    expect((body as { id: string }[]).map(({ id }) => id)).toEqual(ids);
    expect(await eventsOf(many.id)).toEqual([
      { type: "users.exported", actorId: many.ownerId, explanation: { format: "csv" } },
      { type: "users.exported", actorId: many.ownerId, explanation: { format: "json" } },
    ]);
  });

  it.each(["csv", "json"] as const)("as %s with hashes imports into another app without changes", async (format) => {
    const [from, to] = [await someApp(), await someApp()];
    const { cookie } = await asDeveloper(from.ownerId);
    const bob = await someSession(from.id);
    const full = {
      email: "carol@example.com",
      email_verified: true,
      name: '=HYPERLINK("https://evil.example")',
      nickname: '\'+41, "x"\nü',
      picture: "https://example.com/carol.png",
      birthdate: "1990-02-03",
      phone_number: "+12025550123",
      phone_number_verified: true,
      address: { street_address: "1 Main St\nApt 2", locality: "Zürich" },
      external_id: "-42",
      metadata: { plan: "pro", list: [1, "=1"] },
      public_metadata: { a: null },
      disabled: true,
      created_at: "2020-02-03T04:05:06.789Z",
    };
    await importRows(from.id, [{ row: 1, value: full }]);
    const { body } = await fetchExport(`format=${format}&${HASHES}`, cookie, from.id);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    if (format === "csv") expect(text).toContain(`"'=HYPERLINK(""https`);
    const results = await importRows(to.id, readRows(text, format));
    expect(results.map(({ status }) => status)).toEqual(["created", "created"]);

    const who = { omit: { appId: true, id: true, externalId: true, updatedAt: true, disabledAt: true } } as const;
    const of = (appId: string) => db().user.findMany({ where: { appId }, orderBy: { emailCanonical: "asc" }, ...who });
    const [before, after] = [await of(from.id), await of(to.id)];
    expect(after.map(({ lastSignInAt, passwordChangedAt, emailVerifiedAt, ...rest }) => rest)).toEqual(
      before.map(({ lastSignInAt, passwordChangedAt, emailVerifiedAt, ...rest }) => rest),
    );
    const stored = after.find(({ email }) => email === bob.email)?.passwordHash ?? null;
    expect(await verifyPassword(SOME_PASSWORD, stored)).toBe(true);
    const ids = await db().user.findMany({ where: { appId: to.id }, select: { externalId: true } });
    expect(ids.map(({ externalId }) => externalId).sort()).toEqual(["-42", bob.userId]);
    expect(await eventsOf(from.id)).toMatchObject([{ type: "users.hashes_exported", explanation: { format } }]);
  });

  it("begins with a byte order mark as CSV, so that Excel reads it as UTF-8, and not as JSON", async () => {
    const chunks = async (format: "csv" | "json") => {
      const by = { by: OPERATOR, role: "owner" } as const;
      const first = await (await exportUsers(app.id, { format, hashes: false }, by)).next();
      return String(first.value);
    };
    expect(await chunks("csv")).toMatch(/^\ufeffid,email,/);
    expect(await chunks("json")).toMatch(/^\[/);
  });

  it("is an empty file for an app without users", async () => {
    const empty = await someApp();
    const { cookie } = await asDeveloper(empty.ownerId);
    expect((await fetchExport("format=json", cookie, empty.id)).body).toEqual([]);
    const { body } = await fetchExport("format=csv", cookie, empty.id);
    expect([...parseCsv(body as string)].length).toBe(1);
  });

  it("requires an owner with hashes and an admin without hashes", async () => {
    await someSession(app.id);
    const [admin, viewer] = [await asRole("admin"), await asRole("viewer")];
    expect((await fetchExport(`format=csv&${HASHES}`)).body).toContain("$2b$");
    const { status, body } = await fetchExport("format=csv&hashes=on", admin);
    expect({ status, error: body.error }).toEqual({ status: 403, error: "role_too_low" });
    const allowed = await fetchExport("format=csv", admin);
    expect(allowed.status).toBe(200);
    expect(allowed.body).not.toContain("$2b$");
    expect((await fetchExport("format=csv", viewer)).status).toBe(403);
  });

  it.each([
    ["format=csv&hashes=on", "password"],
    ["format=csv&hashes=on&password=", "password"],
    ["format=csv&hashes=on&password=not+the+password", "password"],
  ])("redirects to the page with an error for hashes without the owner's password: %s", async (form, problem) => {
    const fresh = await someApp();
    const { cookie } = await asDeveloper(fresh.ownerId);
    const { status, headers, body } = await fetchExport(form, cookie, fresh.id);
    expect({ status, to: headers.get("location") }).toEqual({
      status: 303,
      to: `/dashboard/apps/${fresh.id}/users/export?problem=${problem}`,
    });
    expect(String(body)).not.toContain("$2b$");
    expect(await eventsOf(fresh.id)).toEqual([]);
  });

  it("limits password attempts for an export with hashes", async () => {
    const fresh = await someApp();
    const { cookie } = await asDeveloper(fresh.ownerId);
    const wrong = () => fetchExport("format=csv&hashes=on&password=wrong+again", cookie, fresh.id);
    const all = await Promise.all(Array.from({ length: 20 }, wrong));
    expect(all.map(({ status }) => status)).toEqual(Array(20).fill(303));
    const { headers } = await fetchExport(`format=csv&${HASHES}`, cookie, fresh.id);
    expect(headers.get("location")).toMatch(/problem=later$/);
  });

  it.each(["", "format=xml", "format=csv&hashes=yes"])("responds 400 to %j", async (form) => {
    expect((await fetchExport(form)).status).toBe(400);
  });

  it("responds 401 without a session, 403 to another site and 415 to another content type", async () => {
    expect((await fetchExport("format=csv", "")).status).toBe(401);
    expect((await fetchExport("format=csv", owner, app.id, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await fetchExport("format=csv", owner, app.id, { "content-type": "text/plain" })).status).toBe(415);
  });

  it("responds 404 for an app of other developers, an unknown app and the dashboard's app, without an event", async () => {
    const otherApp = await someApp();
    for (const id of [otherApp.id, "app_00000000000000", "app_foyer"]) {
      expect((await fetchExport("format=csv", owner, id)).status, id).toBe(404);
    }
    expect(await eventsOf(otherApp.id)).toEqual([]);
  });
});
