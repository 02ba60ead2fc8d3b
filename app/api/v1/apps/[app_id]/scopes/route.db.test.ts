/** Scopes by the management API (RFC 6749 §3.3). */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { expectError } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage, manageAs } from "@/test/support/manage";
import { Browser, exchangeCode, getCode, getTokens, grantOf, refreshTokens, someClient } from "@/test/support/oauth";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

const PHOTOS = { name: "photos:read", description: "See your photos", sensitive: false, optional: false };
const create = (body: object, of = app) => manage(of, "POST", "/scopes", { body });

describe("POST", () => {
  it("creates a scope for this app only, and rejects the second of the same name with 409", async () => {
    const { name, description } = PHOTOS;
    expect(await create({ name, description })).toMatchObject({ status: 201, body: PHOTOS });
    expect((await manage(app, "GET", "/scopes/photos:read")).body).toEqual(PHOTOS);
    expect((await manage(app, "GET", "/scopes/photos%3Aread")).body).toEqual(PHOTOS);
    expectError(await create(PHOTOS), 409, "scope_taken");
    expectError(await create({ ...PHOTOS, name: "openid" }), 409, "scope_taken");
    const otherApp = await someApp();
    expectError(await manage(otherApp, "GET", "/scopes/photos:read"), 404, "not_found");
    expectError(await manageAs(otherApp, app, "GET", "/scopes/photos:read"), 404, "not_found");
  });

  it.each<[string, object]>([
    ["name", { name: "two words" }],
    ["name", { name: 'a"b' }],
    ["name", { name: "" }],
    ["description", { description: "" }],
    ["description", { description: "x".repeat(201) }],
    ["sensitive", { sensitive: "yes" }],
  ])("rejects %s with 400", async (field, wrong) => {
    const answer = await create({ ...PHOTOS, ...wrong });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual([field]);
  });
});

it("GET pages through the standard ones and the App's own", async () => {
  const own = await someApp();
  for (const name of ["a", "b"]) await create({ ...PHOTOS, name }, own);
  const first = await manage(own, "GET", "/scopes?limit=7");
  const names = (body: { data: { name: string }[] }) => body.data.map((scope) => scope.name);
  expect(names(first.body)).toEqual(["openid", "profile", "email", "phone", "address", "offline_access", "a"]);
  expect(first.body.next_cursor).toBe("a");
  const second = await manage(own, "GET", "/scopes?limit=7&cursor=a");
  expect([names(second.body), second.body.next_cursor]).toEqual([["b"], null]);
});

describe("PATCH", () => {
  it("changes the description on the consent page, but never the name", async () => {
    const own = await someApp();
    await create(PHOTOS, own);
    expectError(await manage(own, "PATCH", "/scopes/photos:read", { body: { name: "other" } }), 400, "invalid_request");
    const body = { description: "Look at your photos" };
    const answer = await manage(own, "PATCH", "/scopes/photos:read", { body });
    expect(answer).toMatchObject({ status: 200, body: { ...PHOTOS, description: "Look at your photos" } });
    expect((await manage(own, "GET", "/scopes/photos:read")).body).toEqual(answer.body);
    expect(await db().auditEvent.count({ where: { appId: own.id, type: "scope.updated" } })).toBe(1);
  });

  it("rejects a standard scope with 403 and an unknown one with 404", async () => {
    const body = { description: "x" };
    expectError(await manage(app, "PATCH", "/scopes/openid", { body }), 403, "standard_scope");
    expectError(await manage(app, "DELETE", "/scopes/openid"), 403, "standard_scope");
    expectError(await manage(app, "PATCH", "/scopes/nope", { body }), 404, "not_found");
    expectError(await manage(app, "DELETE", "/scopes/nope"), 404, "not_found");
  });
});

describe("DELETE", () => {
  it("removes the scope from consents, so that a later scope of the same name inherits nothing", async () => {
    const own = await someApp();
    await create(PHOTOS, own);
    const client = await someClient(own, { scopes: ["openid", "offline_access", "photos:read"] });
    const browser = new Browser(own);
    const scope = "openid offline_access photos:read";
    const tokens = await getTokens(client, browser, { scope });
    expect(tokens.scope).toBe(scope);
    const code = await getCode(browser, client, { scope });

    expect((await manage(own, "DELETE", "/scopes/photos:read")).status).toBe(204);
    expect((await manage(own, "GET", `/clients/${client.id}`)).body.scopes).toEqual(["openid", "offline_access"]);
    expect((await refreshTokens(client, tokens.refresh_token)).body.scope).toBe("openid offline_access");
    expect((await exchangeCode(client, code)).body.scope).toBe("openid offline_access");
    expect((await grantOf(client, tokens.access_token)).scopes).not.toContain("photos:read");
    const [consent] = await db().consent.findMany({ where: { appId: own.id } });
    expect(consent?.scopes).not.toContain("photos:read");
  });

  it("does not touch another app's scope of the same name", async () => {
    const [own, otherApp] = [await someApp(), await someApp()];
    for (const each of [own, otherApp]) await create(PHOTOS, each);
    const client = await someClient(otherApp, { scopes: ["openid", "photos:read"] });
    await manage(own, "DELETE", "/scopes/photos:read");
    expectError(await manageAs(own, otherApp, "DELETE", "/scopes/photos:read"), 404, "not_found");
    expect((await manage(otherApp, "GET", "/scopes/photos:read")).body).toEqual(PHOTOS);
    expect((await manage(otherApp, "GET", `/clients/${client.id}`)).body.scopes).toContain("photos:read");
  });
});
