/** Custom claims by the management API, and the tokens that have them. */
import { decodeJwt } from "jose";
import pg from "pg";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/lib/database/client";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { SOME_PASSWORD, someApp, type TestApp } from "@/test/support/factories";
import { manage, manageAs } from "@/test/support/manage";
import {
  Browser,
  exchangeCode,
  findHandler,
  getCode,
  getTokens,
  post,
  refreshTokens,
  send,
  someClient,
  someScopes,
} from "@/test/support/oauth";

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

const ALL = ["id_token", "access_token", "userinfo", "direct_token"];
let count = 0;
const some = (changes: object = {}) => ({
  name: `claim${++count}`,
  source: { public_metadata: "plan" },
  targets: ["userinfo"],
  ...changes,
});
const create = (body: object, of = app) => manage(of, "POST", "/claims", { body });

async function created(body: object, of = app) {
  const answer = await create(body, of);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

describe("POST", () => {
  it("creates a claim with an event, which GET shows", async () => {
    const body = some({ scope: "profile", targets: ["id_token", "id_token", "userinfo"] });
    const made = await created(body);
    expect(made).toMatchObject({ ...body, targets: ["id_token", "userinfo"], scope: "profile" });
    expect(made.id).toMatch(/^clm_[0-9a-z]{26}$/);
    expect((await manage(app, "GET", `/claims/${made.id}`)).body).toEqual(made);
    expect((await manage(app, "GET", "/claims")).body.data).toContainEqual(made);
    const where = { appId: app.id, targetId: made.id };
    expect(await db().auditEvent.findMany({ where, select: { type: true } })).toEqual([{ type: "claim.created" }]);
    expectError(await create({ ...body, targets: ["userinfo"] }), 409, "claim_taken");
    expect((await create(body, await someApp())).status).toBe(201);
  });

  it.each([
    ...[
      "iss",
      "sub",
      "aud",
      "exp",
      "nbf",
      "iat",
      "jti",
      "auth_time",
      "nonce",
      "acr",
      "amr",
      "azp",
      "at_hash",
      "c_hash",
    ],
    ...["s_hash", "sid", "client_id", "scope", "cnf", "act", "may_act", "events", "org_id", "org_slug", "roles"],
    ...["permissions", "name", "given_name", "picture", "email", "email_verified", "phone_number", "address"],
    ...["updated_at", "birthdate", "locale", "id", "gid", "__proto__"],
  ])("rejects the name %s, which a standard or Foyer sets", async (name) => {
    const answer = await create(some({ name }));
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual(["name"]);
  });

  it.each<[string, object]>([
    ["name", { name: undefined }],
    ["name", { name: "" }],
    ["name", { name: "two words" }],
    ["name", { name: "a\0" }],
    ["name", { name: 'a"b' }],
    ["name", { name: "n".repeat(201) }],
    ["name", { name: ["plan"] }],
    ["source", { source: undefined }],
    ["source", { source: {} }],
    ["source", { source: "plan" }],
    ["source", { source: { metadata: "a", public_metadata: "b" } }],
    ["source.metadata", { source: { metadata: "" } }],
    ["source.metadata", { source: { metadata: 7 } }],
    ["source.public_metadata", { source: { public_metadata: "a\0" } }],
    ["source.profile", { source: { profile: "password" } }],
    ["source.constant", { source: { constant: null } }],
    ["source.constant", { source: { constant: "a\0" } }],
    ["source", { source: { constant: "x".repeat(4097) } }],
    ["source.secret", { source: { secret: "x" } }],
    ["scope", { scope: "unknown" }],
    ["scope", { scope: "two words" }],
    ["targets", { targets: undefined }],
    ["targets", { targets: [] }],
    ["targets", { targets: "id_token" }],
    ["targets.0", { targets: ["refresh_token"] }],
    ["value", { value: 1 }],
  ])("rejects %s in %j with 400", async (field, wrong) => {
    const before = await db().customClaim.count({ where: { appId: app.id } });
    const answer = await create(some(wrong));
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toContain(field);
    expect(await db().customClaim.count({ where: { appId: app.id } })).toBe(before);
  });

  it("creates one of twenty at once, and at most 50", async () => {
    const own = await someApp();
    const twin = some();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(twin, own)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    for (let number = 1; number < 50; number++) await created(some(), own);
    expectError(await create(some(), own), 409, "too_many_claims");
  });
});

it("PATCH and DELETE change the next token, and another app finds nothing", async () => {
  const [own, other] = [await someApp(), await someApp()];
  const client = await someClient(own);
  const tokens = await getTokens(client);
  const userinfo = async () => (await send(`/o/${own.id}/userinfo`, { bearer: tokens.access_token })).body;
  const made = await created(some({ name: "tier", source: { constant: { level: 1 } } }), own);
  expect((await userinfo()).tier).toEqual({ level: 1 });
  const path = `/claims/${made.id}`;
  for (const method of ["GET", "PATCH", "DELETE"]) {
    const options = method === "PATCH" ? { body: { targets: ["id_token"] } } : {};
    expectError(await manage(other, method, path, options), 404, "not_found");
    expectError(await manageAs(other, own, method, path, options), 404, "not_found");
  }
  const answer = await manage(own, "PATCH", path, { body: { source: { constant: 2 } } });
  expect(answer).toMatchObject({ status: 200, body: { name: "tier", source: { constant: 2 } } });
  expect((await userinfo()).tier).toBe(2);
  expectError(await manage(own, "PATCH", path, { body: { name: "sub" } }), 400, "invalid_request");
  await manage(own, "DELETE", path);
  expect(await userinfo()).not.toHaveProperty("tier");
});

describe("a claim", () => {
  async function someUser(claims: object[], data: object, scope = "openid offline_access") {
    const own = await someApp();
    await someScopes(own);
    for (const claim of claims) await created(claim, own);
    const client = await someClient(own, { scopes: ["openid", "profile", "offline_access", "photos:read"] });
    const browser = new Browser(own);
    const tokens = await getTokens(client, browser, { scope });
    const userId = await browser.userId();
    const patched = await manage(own, "PATCH", `/users/${userId}`, { body: data });
    expect(patched.status, JSON.stringify(patched.body)).toBe(200);
    const refreshed = async () => (await refreshTokens(client, tokens.refresh_token)).body;
    return { own, client, browser, tokens, userId, refreshed };
  }

  it("comes from metadata, the profile or a constant, into each target, and a changed value is in the next token", async () => {
    const claims = [
      { name: "plan", source: { public_metadata: "plan" }, targets: ALL },
      { name: "crm", source: { metadata: "crm" }, targets: ALL },
      { name: "lang", source: { profile: "locale" }, targets: ALL },
      { name: "https://photos.example/tier", source: { constant: ["a", 1] }, targets: ALL },
    ];
    const data = { public_metadata: { plan: "pro" }, metadata: { crm: { id: 7 } }, locale: "fr" };
    const { own, browser, refreshed, userId } = await someUser(claims, data);
    const expected = { plan: "pro", crm: { id: 7 }, lang: "fr", "https://photos.example/tier": ["a", 1] };
    const tokens = await refreshed();
    expect(decodeJwt(tokens.id_token)).toMatchObject(expected);
    expect(decodeJwt(tokens.access_token)).toMatchObject({ ...expected, sub: userId });
    const bearer = tokens.access_token;
    expect((await send(`/o/${own.id}/userinfo`, { bearer })).body).toMatchObject(expected);
    expect((await send("/api/me", { bearer })).body).toMatchObject({ id: userId, ...expected });
    const direct = await signIn(own, browser.email);
    expect(decodeJwt(direct.token)).toMatchObject({ ...expected, sub: userId, aud: own.id });
    await manage(own, "PATCH", `/users/${userId}`, { body: { public_metadata: { plan: "free" } } });
    expect(decodeJwt((await refreshed()).access_token).plan).toBe("free");
    await manage(own, "PATCH", `/users/${userId}`, { body: { public_metadata: {} } });
    expect(decodeJwt((await refreshed()).access_token)).not.toHaveProperty("plan");
    const metadata = (await send(`/o/${own.id}/.well-known/openid-configuration`)).body;
    expect(metadata.claims_supported).toEqual(expect.arrayContaining(Object.keys(expected)));
  });

  async function signIn(own: TestApp, email: string) {
    const body = { email, password: SOME_PASSWORD };
    const address = `/api/auth/credentials/login/${own.id}`;
    const { handler, params } = await findHandler("POST", address);
    return (await call(handler, { method: "POST", params, path: address, bearer: own.apiKey, body })).body;
  }

  it("is only where its targets and its scope say", async () => {
    const claims = [
      { name: "in_id", source: { constant: 1 }, targets: ["id_token"] },
      { name: "in_access", source: { constant: 1 }, targets: ["access_token"] },
      { name: "for_photos", source: { metadata: "photos" }, scope: "photos:read", targets: ["access_token"] },
    ];
    const { client, browser, refreshed } = await someUser(claims, { metadata: { photos: 3 } });
    const plain = await refreshed();
    const only = (token: string) =>
      Object.keys(decodeJwt(token)).filter((name) => ["in_id", "in_access", "for_photos"].includes(name));
    expect(only(plain.id_token)).toEqual(["in_id"]);
    expect(only(plain.access_token)).toEqual(["in_access"]);
    const scoped = await getTokens(client, browser, { scope: "openid photos:read" });
    expect(only(scoped.access_token).sort()).toEqual(["for_photos", "in_access"]);
  });

  it("with a constant is in client credentials tokens, and nothing about a user", async () => {
    const own = await someApp();
    await created({ name: "plan", source: { public_metadata: "plan" }, targets: ALL }, own);
    await created({ name: "region", source: { constant: "eu" }, targets: ALL }, own);
    const machine = await someClient(own, { grant_types: ["client_credentials"], redirect_uris: [], scopes: [] });
    const { access_token } = (await post(machine, "token", { grant_type: "client_credentials" })).body;
    expect(decodeJwt(access_token)).toMatchObject({ region: "eu", sub: machine.id });
    expect(decodeJwt(access_token)).not.toHaveProperty("plan");
  });
});

describe("the limit of 4 KB per token", () => {
  it("rejects a user's metadata that doesn't fit, also at creation and import", async () => {
    const own = await someApp();
    await created({ name: "blob", source: { metadata: "blob" }, targets: ["access_token"] }, own);
    await created({ name: "half", source: { constant: "x".repeat(2000) }, targets: ["access_token"] }, own);
    const user = await manage(own, "POST", "/users", { body: { email: "a@example.com", password: SOME_PASSWORD } });
    const patch = (size: number) =>
      manage(own, "PATCH", `/users/${user.body.id}`, { body: { metadata: { blob: "y".repeat(size) } } });
    expect((await patch(2000)).status).toBe(200);
    const answer = await patch(2100);
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields.metadata).toContain("access_token");
    const metadata = { blob: "y".repeat(2100) };
    const body = { email: "b@example.com", password: SOME_PASSWORD, metadata };
    expectError(await manage(own, "POST", "/users", { body }), 400, "invalid_request");
    expect(await db().user.count({ where: { appId: own.id } })).toBe(1);
    // What isn't a claim has no such limit.
    const free = { metadata: { other: "y".repeat(5000) } };
    expect((await manage(own, "PATCH", `/users/${user.body.id}`, { body: free })).status).toBe(200);
  });

  it("rejects a definition that doesn't fit together with others or for a user", async () => {
    const own = await someApp();
    const body = { email: "a@example.com", password: SOME_PASSWORD, metadata: { blob: "y".repeat(3000) } };
    const user = await manage(own, "POST", "/users", { body });
    await created({ name: "base", source: { constant: "x".repeat(1500) }, targets: ["id_token"] }, own);
    const blob = (targets: string[]) => create({ name: "blob", source: { metadata: "blob" }, targets }, own);
    const answer = await blob(["userinfo", "id_token"]);
    expectError(answer, 400, "invalid_request");
    expect(answer.body.fields.source).toContain(user.body.id);
    const made = await blob(["userinfo"]);
    expect(made.status).toBe(201);
    const path = `/claims/${made.body.id}`;
    expectError(await manage(own, "PATCH", path, { body: { targets: ["id_token"] } }), 400, "invalid_request");
    const constant = { name: "more", source: { constant: "x".repeat(2700) }, targets: ["id_token"] };
    expectError(await create(constant, own), 400, "invalid_request");
  });
});

it("an app without custom claims runs no further statement for its tokens", async () => {
  const client = await someClient(await someApp());
  const browser = new Browser(client.app);
  const queries = async () => {
    const code = await getCode(browser, client);
    await exchangeCode(client, await getCode(browser, client));
    const query = vi.spyOn(pg.Client.prototype, "query");
    await exchangeCode(client, code);
    const { length } = query.mock.calls;
    query.mockRestore();
    return length;
  };
  expect(await queries()).toBe(1);
  await created({ name: "plan", source: { public_metadata: "plan" }, targets: ["access_token"] }, client.app);
  expect(await queries()).toBe(2);
});
