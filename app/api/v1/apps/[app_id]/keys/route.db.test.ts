/** API keys by the management API. */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { expectError } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage, manageAs } from "@/test/support/manage";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

describe("POST", () => {
  it("returns the key once, and the key works", async () => {
    const { status, body } = await manage(app, "POST", "/keys", { body: { name: "production" } });
    expect(status).toBe(201);
    expect(body).toEqual({
      key_id: expect.stringMatching(/^key_/),
      api_key: expect.stringMatching(/^foyer_sk_/),
    });
    expect((await manage({ ...app, apiKey: body.api_key }, "GET", "")).status).toBe(200);
    const shown = await manage(app, "GET", `/keys/${body.key_id}`);
    expect(shown.body).toEqual({
      key_id: body.key_id,
      name: "production",
      prefix: body.api_key.slice(0, shown.body.prefix.length),
      created_at: expect.any(String),
      last_used_at: null,
      revoked_at: null,
    });
    expect(body.api_key.length - shown.body.prefix.length).toBeGreaterThan(30);
    expect(await db().auditEvent.count({ where: { appId: app.id, type: "api_key.created" } })).toBe(1);
  });

  it("creates one key per Idempotency-Key, and returns it in both responses", async () => {
    const before = await db().apiKey.count();
    const options = { body: { name: "once" }, headers: { "idempotency-key": "k" } };
    const [first, second] = [await manage(app, "POST", "/keys", options), await manage(app, "POST", "/keys", options)];
    expect(second.body).toEqual(first.body);
    expect(await db().apiKey.count()).toBe(before + 1);
  });

  it.each([{}, { name: "" }, { name: 7 }, { name: "x".repeat(101) }])("rejects %j with 400", async (body) => {
    const answer = await manage(app, "POST", "/keys", { body });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual(["name"]);
  });
});

describe("GET of all", () => {
  it("lists them by page, newest first, without key or hash", async () => {
    const own = await someApp();
    const made: string[] = [];
    for (const name of ["one", "two"]) {
      const { body } = await manage(own, "POST", "/keys", { body: { name } });
      made.unshift(body.key_id);
    }
    const first = await manage(own, "GET", "/keys?limit=2");
    expect(first.body.data.map((key: { key_id: string }) => key.key_id).sort()).toEqual([...made].sort());
    const second = await manage(own, "GET", `/keys?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ data: [{ name: "First key" }], next_cursor: null });
    expect(JSON.stringify([first.body, second.body])).not.toMatch(/hash|api_key/);
  });

  it("rejects an invalid cursor with 400", async () => {
    const answer = await manage(app, "GET", "/keys?cursor=key_0");
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual(["cursor"]);
  });
});

describe("DELETE", () => {
  it("revokes the key at once; a second time is not an error", async () => {
    const { body } = await manage(app, "POST", "/keys", { body: { name: "short-lived" } });
    const bearer = body.api_key;
    expect((await manage(app, "GET", "/keys", { bearer })).status).toBe(200);
    for (let time = 0; time < 2; time++)
      expect(await manage(app, "DELETE", `/keys/${body.key_id}`)).toMatchObject({ status: 204, body: "" });
    expectError(await manage(app, "GET", "/keys", { bearer }), 401, "invalid_api_key");
    expect((await manage(app, "GET", `/keys/${body.key_id}`)).body.revoked_at).toEqual(expect.any(String));
  });

  it("rejects another app's key and a malformed ID with 404, with either app's key", async () => {
    const otherApp = await someApp();
    const { id } = await db().apiKey.findFirstOrThrow({ where: { appId: otherApp.id } });
    for (const path of [`/keys/${id}`, "/keys/%00", "/keys/key_0", "/keys/KEY"])
      expectError(await manage(app, "DELETE", path), 404, "not_found");
    expectError(await manageAs(app, otherApp, "DELETE", `/keys/${id}`), 404, "not_found");
    expect((await manage(otherApp, "GET", "")).status).toBe(200);
  });
});
