/** Resources by the management API and the CLI (RFC 8707). */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { createScope } from "@/lib/oauth/scopes/scopes";
import { expectError } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage, manageAs } from "@/test/support/manage";
import { OPERATOR } from "@/test/support/oauth";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
  const scope = { description: "Photos", sensitive: false, optional: false };
  for (const name of ["photos:read", "photos:write"]) await createScope(app.id, { ...scope, name }, OPERATOR);
});

let count = 0;
const some = (changes: object = {}) => ({ identifier: `https://api${++count}.example/v1`, name: "API", ...changes });
const create = (body: object, of = app) => manage(of, "POST", "/resources", { body });

async function created(changes: object = {}, of = app): Promise<{ id: string; identifier: string }> {
  const answer = await create(some(changes), of);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

describe("POST", () => {
  it("creates a resource with an event, which GET shows", async () => {
    const body = some({ scopes: ["photos:read"], access_token_ttl_seconds: 120 });
    const answer = await create(body);
    expect(answer).toMatchObject({ status: 201, body: { ...body, default: false } });
    expect(answer.body.id).toMatch(/^res_[0-9a-z]{26}$/);
    expect((await manage(app, "GET", `/resources/${answer.body.id}`)).body).toEqual(answer.body);
    const { data } = (await manage(app, "GET", "/resources?limit=100")).body;
    expect(data).toContainEqual(answer.body);
    const where = { appId: app.id, targetId: answer.body.id };
    expect(await db().auditEvent.findMany({ where, select: { type: true, actorType: true } })).toEqual([
      { type: "resource.created", actorType: "key" },
    ]);
    await manage(app, "DELETE", `/resources/${answer.body.id}`);
  });

  it.each(["https://same.example/", "HTTPS://SAME.example", "https://same.example:443", "https://same.example:443/"])(
    "rejects the equal identifier %s with 409, but not in another app",
    async (identifier) => {
      await create({ identifier: "https://same.example", name: "API" });
      const answer = await create({ identifier, name: "API" });
      expectError(answer, 409, "resource_exists");
      expect(Object.keys(answer.body.fields)).toEqual(["identifier"]);
      expect((await create({ identifier, name: "API" }, await someApp())).status).toBe(201);
    },
  );

  it.each<[string, object]>([
    ["identifier", { identifier: undefined }],
    ["identifier", { identifier: "" }],
    ["identifier", { identifier: 7 }],
    ["identifier", { identifier: ["https://a.example"] }],
    ["identifier", { identifier: "/relative" }],
    ["identifier", { identifier: "photos" }],
    ["identifier", { identifier: "//photos.example" }],
    ["identifier", { identifier: "https:photos.example" }],
    ["identifier", { identifier: "https://photos.example/#" }],
    ["identifier", { identifier: "https://photos.example/#a" }],
    ["identifier", { identifier: "https://user@photos.example" }],
    ["identifier", { identifier: "https://photos .example" }],
    ["identifier", { identifier: "https://photos.example\\a" }],
    ["identifier", { identifier: "https://photos.example/\0" }],
    ["identifier", { identifier: `https://photos.example/${"a".repeat(500)}` }],
    ["name", { name: undefined }],
    ["name", { name: "a\0b" }],
    ["name", { name: "a".repeat(201) }],
    ["scopes.0", { scopes: ["unknown"] }],
    ["scopes.0", { scopes: ["openid"] }],
    ["scopes.0", { scopes: ["two words"] }],
    ["scopes", { scopes: "photos:read" }],
    ["access_token_ttl_seconds", { access_token_ttl_seconds: 59 }],
    ["access_token_ttl_seconds", { access_token_ttl_seconds: 86_401 }],
    ["access_token_ttl_seconds", { access_token_ttl_seconds: "60" }],
    ["default", { default: "yes" }],
    ["audience", { audience: "x" }],
  ])("rejects %s in %j with 400", async (field, wrong) => {
    const before = await db().resource.count({ where: { appId: app.id } });
    const answer = await create(some(wrong));
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual([field]);
    expect(await db().resource.count({ where: { appId: app.id } })).toBe(before);
  });

  it("rejects the issuer, which needs no registration", async () => {
    const answer = await create({ identifier: app.issuer, name: "Issuer" });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual(["identifier"]);
  });

  it("rejects a scope that another resource has, and says which", async () => {
    const own = await created({ scopes: ["photos:write"] });
    const answer = await create(some({ scopes: ["photos:write"] }));
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields["scopes.0"]).toContain(own.identifier);
    expectError(
      await manage(app, "PATCH", `/resources/${(await created()).id}`, { body: { scopes: ["photos:write"] } }),
      400,
      "invalid_request",
    );
    expect((await manage(app, "PATCH", `/resources/${own.id}`, { body: { scopes: ["photos:write"] } })).status).toBe(
      200,
    );
    await manage(app, "DELETE", `/resources/${own.id}`);
  });

  it("lets one of twenty simultaneous requests have an identifier, a scope or the default", async () => {
    const own = await someApp();
    await createScope(own.id, { name: "a", description: "A", sensitive: false, optional: false }, OPERATOR);
    const twenty = async (body: () => object) =>
      (await Promise.all(Array.from({ length: 20 }, () => create(body(), own)))).map(({ status }) => status).sort();
    const twin = { identifier: "https://twin.example", name: "Twin" };
    expect(await twenty(() => twin)).toEqual([201, ...Array(19).fill(409)]);
    expect(await twenty(() => some({ scopes: ["a"] }))).toEqual([201, ...Array(19).fill(400)]);
    expect(await twenty(() => some({ default: true }))).toEqual(Array(20).fill(201));
    expect(await db().resource.count({ where: { appId: own.id, isDefault: true } })).toBe(1);
  });

  it("creates at most 100 per app", async () => {
    const own = await someApp();
    await db().resource.createMany({
      data: Array.from({ length: 100 }, (_, index) => {
        const identifier = `https://api.example/${index}`;
        return { appId: own.id, id: `res_${index}`, identifier, identifierCanonical: identifier, name: "API" };
      }),
    });
    expectError(await create(some(), own), 409, "too_many_resources");
  });
});

it("PATCH changes what it names, and a new default replaces the previous one", async () => {
  const [first, second] = [await created({ default: true }), await created()];
  const answer = await manage(app, "PATCH", `/resources/${second.id}`, { body: { default: true, name: "Second" } });
  expect(answer).toMatchObject({ status: 200, body: { id: second.id, default: true, name: "Second" } });
  expect((await manage(app, "GET", `/resources/${first.id}`)).body.default).toBe(false);
  const moved = await manage(app, "PATCH", `/resources/${second.id}`, {
    body: { identifier: "https://moved.example" },
  });
  expect(moved).toMatchObject({ status: 200, body: { identifier: "https://moved.example", name: "Second" } });
  expectError(
    await manage(app, "PATCH", `/resources/${first.id}`, { body: { identifier: "https://MOVED.example/" } }),
    409,
    "resource_exists",
  );
  await manage(app, "DELETE", `/resources/${second.id}`);
  expectError(await manage(app, "GET", `/resources/${second.id}`), 404, "not_found");
});

it("another app finds, changes and deletes nothing", async () => {
  const [{ id }, other] = [await created(), await someApp()];
  for (const method of ["GET", "PATCH", "DELETE"]) {
    const options = method === "PATCH" ? { body: { name: "Mine" } } : {};
    expectError(await manage(other, method, `/resources/${id}`, options), 404, "not_found");
    expectError(await manageAs(other, app, method, `/resources/${id}`, options), 404, "not_found");
  }
  expect((await manage(app, "GET", `/resources/${id}`)).body.name).toBe("API");
});

it("deleting a scope removes it from its resource", async () => {
  const own = await someApp();
  await createScope(own.id, { name: "a", description: "A", sensitive: false, optional: false }, OPERATOR);
  const { id } = await created({ scopes: ["a"] }, own);
  await manage(own, "DELETE", "/scopes/a");
  expect((await manage(own, "GET", `/resources/${id}`)).body.scopes).toEqual([]);
});
