/** Connections by the management API: the secret goes in and never comes out. */
import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { getConnection, openClientSecret } from "@/lib/social/connections";
import { expectError } from "@/test/support/credentials";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage, manageAs } from "@/test/support/manage";

let app: TestApp;
beforeEach(async () => {
  app = await someApp();
});

const SECRET = "a-secret-of-the-provider";
const GITHUB = { provider: "github", client_id: "the-client", client_secret: SECRET };
const create = (body: object, headers = {}) => manage(app, "POST", "/connections", { body, headers });

describe("POST", () => {
  it("creates one with the defaults, and never returns the secret, which is sealed", async () => {
    const { status, body } = await create({ ...GITHUB, redirect_uris: ["https://blog.example/in"] });
    expect(status).toBe(201);
    expect(body).toEqual({
      connection: "github",
      provider: "github",
      display_name: null,
      client_id: "the-client",
      has_secret: true,
      issuer: null,
      authorization_url: null,
      token_url: null,
      api_url: null,
      scopes: expect.any(Array),
      redirect_uris: ["https://blog.example/in"],
      delivery: "query",
      enabled: true,
      callback_url: `${TEST_PUBLIC_URL}/api/auth/callback/github/${app.id}`,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect((await manage(app, "GET", "/connections/github")).body).toEqual(body);
    expect(openClientSecret(await getConnection(app.id, "github"))).toBe(SECRET);
    expect(JSON.stringify(await db().oAuthConfig.findMany())).not.toContain(SECRET);
    const event = await db().auditEvent.findFirst({ where: { appId: app.id, type: "connection.created" } });
    expect(event).toMatchObject({ actorType: "key", targetId: "github" });
  });

  it.each<[field: string, changes: object]>([
    ["provider", { provider: "myspace" }],
    ["client_id", { client_id: undefined }],
    ["client_secret", { client_secret: null }],
    ["connection", { connection: "callback" }],
    ["connection", { connection: "Acme SSO" }],
    ["issuer", { provider: "oidc" }],
    ["token_url", { token_url: "http://10.0.0.1/token" }],
    ["redirect_uris.0", { redirect_uris: ["javascript:alert(1)"] }],
    ["delivery", { delivery: "carrier-pigeon" }],
  ])("rejects %s with 400", async (field, changes) => {
    const answer = await create({ ...GITHUB, ...changes });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual([field]);
    expect(JSON.stringify(answer.body)).not.toContain(SECRET);
  });

  it("creates one per Idempotency-Key; without it the second is a 409", async () => {
    const once = { "idempotency-key": "k" };
    expect((await create(GITHUB, once)).body).toEqual((await create(GITHUB, once)).body);
    expectError(await create(GITHUB), 409, "connection_exists");
    expect(await db().oAuthConfig.count({ where: { appId: app.id } })).toBe(1);
  });
});

it("GET pages through them, the oldest first, without a secret", async () => {
  for (const connection of ["github", "second", "third"]) await create({ ...GITHUB, connection });
  const first = await manage(app, "GET", "/connections?limit=2");
  const second = await manage(app, "GET", `/connections?limit=2&cursor=${first.body.next_cursor}`);
  const names = [first, second].map(({ body }) => body.data.map((one: { connection: string }) => one.connection));
  expect(names).toEqual([["github", "second"], ["third"]]);
  expect(second.body.next_cursor).toBeNull();
  expect(JSON.stringify([first.body, second.body])).not.toMatch(/client_secret|sealed|a-secret/i);
});

describe("PATCH", () => {
  it("changes the given fields, and keeps the secret", async () => {
    await create(GITHUB);
    const { status, body } = await manage(app, "PATCH", "/connections/github", {
      body: { enabled: false, display_name: "Octo" },
    });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { enabled: false, display_name: "Octo", provider: "github", connection: "github", has_secret: true },
    });
    expect(openClientSecret(await getConnection(app.id, "github"))).toBe(SECRET);
  });

  it("cannot change the name or the provider", async () => {
    await create(GITHUB);
    const answer = await manage(app, "PATCH", "/connections/github", {
      body: { provider: "google", connection: "other" },
    });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual(["provider", "connection"]);
  });

  it("rejects a new endpoint without the secret, which would be sent there", async () => {
    await create(GITHUB);
    const token_url = "https://evil.example/token";
    const answer = await manage(app, "PATCH", "/connections/github", { body: { token_url } });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual(["client_secret"]);
    const again = await manage(app, "PATCH", "/connections/github", { body: { token_url, client_secret: "new" } });
    expect(again.body).toMatchObject({ token_url, has_secret: true });
  });
});

it("DELETE: 204, then 404", async () => {
  await create(GITHUB);
  expect(await manage(app, "DELETE", "/connections/github")).toMatchObject({ status: 204, body: "" });
  expectError(await manage(app, "DELETE", "/connections/github"), 404, "not_found");
  expectError(await manage(app, "GET", "/connections/github"), 404, "not_found");
});

it("connections of another app and malformed names get a 404 with either app's key", async () => {
  const otherApp = await someApp();
  await manage(otherApp, "POST", "/connections", { body: GITHUB });
  const body = { enabled: false };
  for (const [method, options] of [["GET"], ["PATCH", { body }], ["DELETE"]] as const) {
    expectError(await manage(app, method, "/connections/github", options), 404, "not_found");
    expectError(await manageAs(app, otherApp, method, "/connections/github", options), 404, "not_found");
    expectError(await manage(app, method, "/connections/%00", options), 404, "not_found");
  }
  expect((await manage(otherApp, "GET", "/connections/github")).body.enabled).toBe(true);
});
