/** Resource indicators at every endpoint that takes or shows an audience (RFC 8707). */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { createScope } from "@/lib/oauth/scopes/scopes";
import { call } from "@/test/support/call";
import { expectError } from "@/test/support/credentials";
import { allowDevice, DEVICE_GRANT, someDeviceClient, waitInterval } from "@/test/support/device";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  authorize,
  authorizeAt,
  authorizeFields,
  authorizeUrl,
  Browser,
  basic,
  exchangeCode,
  exchangeFields,
  expectOAuthError,
  findHandler,
  getCode,
  getTokens,
  OPERATOR,
  post,
  refreshTokens,
  send,
  someClient,
  type TestClient,
} from "@/test/support/oauth";

const PHOTOS = "https://photos.example/api";
const MUSIC = "https://music.example/";
const BARE = "https://mcp.example/mcp";
const SCOPES = ["openid", "profile", "email", "offline_access", "photos:read", "music:play", "feed:read"];

/** An app with three resources. `feed:read` belongs to the issuer. */
async function someResources() {
  const app = await someApp();
  for (const name of ["photos:read", "music:play", "feed:read"])
    await createScope(app.id, { name, description: name, sensitive: false, optional: false }, OPERATOR);
  const create = async (body: object) => (await manage(app, "POST", "/resources", { body })).body.id as string;
  const photos = await create({ identifier: PHOTOS, name: "Photos", scopes: ["photos:read"] });
  const music = await create({
    identifier: MUSIC,
    name: "Music",
    scopes: ["music:play"],
    access_token_ttl_seconds: 120,
  });
  await create({ identifier: BARE, name: "MCP server" });
  return { app, ids: { photos, music } };
}

let app: TestApp;
let client: TestClient;
let machine: TestClient;
beforeAll(async () => {
  ({ app } = await someResources());
  client = await someClient(app, { scopes: SCOPES });
  const scopes = ["photos:read", "music:play", "feed:read"];
  machine = await someClient(app, { grant_types: ["client_credentials"], redirect_uris: [], scopes });
});

const granted = (tokens: { access_token: string; scope: string }) => ({
  aud: decodeJwt(tokens.access_token).aud,
  scope: tokens.scope,
});
const asMachine = (form: Record<string, string | string[] | undefined>, of = machine) =>
  post(of, "token", { grant_type: "client_credentials", ...form });

async function me(token: string) {
  const { handler } = await findHandler("GET", "/api/me");
  return call(handler, { method: "GET", path: "/api/me", bearer: token });
}

describe("an authorization request", () => {
  it.each<[string, string | string[] | undefined, string, object]>([
    ["one resource", PHOTOS, "photos:read feed:read", { aud: PHOTOS, scope: "photos:read" }],
    ["two", [PHOTOS, MUSIC], "photos:read music:play", { aud: [PHOTOS, MUSIC], scope: "photos:read music:play" }],
    ["one twice", [PHOTOS, "HTTPS://photos.example:443/api"], "photos:read", { aud: PHOTOS, scope: "photos:read" }],
    ["another spelling", "https://MUSIC.example", "music:play", { aud: MUSIC, scope: "music:play" }],
    ["openid too", PHOTOS, "openid photos:read", { aud: PHOTOS, scope: "photos:read" }],
    ["a resource without scopes", BARE, "openid profile", { aud: BARE, scope: "" }],
    ["a resource without scopes, offline", BARE, "offline_access", { aud: BARE, scope: "" }],
  ])("for %s gets its audience and scopes", async (_, resource, scope, expected) => {
    const tokens = await getTokens(client, new Browser(app), { resource, scope });
    expect(granted(tokens)).toEqual(expected);
    expectOAuthError(await send(`/o/${app.id}/userinfo`, { bearer: tokens.access_token }), 401, "invalid_token");
    expectError(await me(tokens.access_token), 401, "invalid_token");
  });

  it("that names the issuer beside a resource gets both", async () => {
    const scope = "openid email photos:read";
    const tokens = await getTokens(client, new Browser(app), { resource: [PHOTOS, app.issuer], scope });
    expect(granted(tokens)).toEqual({ aud: [PHOTOS, app.issuer], scope });
    expect((await send(`/o/${app.id}/userinfo`, { bearer: tokens.access_token })).status).toBe(200);
    expect((await me(tokens.access_token)).status).toBe(200);
  });

  it("that names none, or only the issuer, gets the issuer and its scopes", async () => {
    for (const resource of [undefined, app.issuer]) {
      const tokens = await getTokens(client, new Browser(app), { resource, scope: "openid feed:read photos:read" });
      expect(granted(tokens)).toEqual({ aud: app.issuer, scope: "openid feed:read" });
    }
  });

  it("for a resource still gets an ID token with its claims, and a refresh token", async () => {
    const browser = new Browser(app);
    const scope = "openid email offline_access photos:read";
    const tokens = await getTokens(client, browser, { resource: PHOTOS, scope });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ aud: client.id, email: browser.email });
    const refreshed = (await refreshTokens(client, tokens.refresh_token)).body;
    expect(granted(refreshed)).toEqual({ aud: PHOTOS, scope: "photos:read" });
  });

  it.each<[string, string]>([
    ["unknown", "https://unknown.example/"],
    ["relative", "/api"],
    ["relative to a scheme", "//photos.example/api"],
    ["with a fragment", `${PHOTOS}#`],
    ["not a URI", "photos"],
    ["with another path", `${PHOTOS}/`],
    ["too long", `https://photos.example/${"a".repeat(4000)}`],
    ["the issuer of another app", "https://foyer.example/o/app_0000000other"],
  ])("for a resource that is %s gets invalid_target", async (_, resource) => {
    const browser = new Browser(app);
    const location = await authorize(browser, client, { resource });
    expect(location.searchParams.get("error")).toBe("invalid_target");
    expect(location.searchParams.get("state")).toBe("the-state");
  });

  it("for another app's resource gets invalid_target", async () => {
    const other = await someApp();
    const foreign = "https://neighbor.example";
    await manage(other, "POST", "/resources", { body: { identifier: foreign, name: "API" } });
    const location = await authorize(new Browser(app), client, { resource: foreign });
    expect(location.searchParams.get("error")).toBe("invalid_target");
    expectOAuthError(await asMachine({ resource: foreign }), 400, "invalid_target");
  });

  it.each([
    [PHOTOS, "music:play"],
    [PHOTOS, "openid profile"],
    [BARE, "photos:read"],
    [MUSIC, "feed:read"],
    [undefined, "photos:read"],
  ])("for %s with only the scope %s gets invalid_scope", async (resource, scope) => {
    const location = await authorize(new Browser(app), client, { resource, scope });
    expect(location.searchParams.get("error")).toBe("invalid_scope");
  });

  it("without a scope gets the client's scopes that the audience has", async () => {
    const tokens = await getTokens(client, new Browser(app), { resource: MUSIC, scope: undefined });
    expect(granted(tokens)).toEqual({ aud: MUSIC, scope: "music:play" });
  });

  it("with an empty resource is one without", async () => {
    const tokens = await getTokens(client, new Browser(app), { resource: "", scope: "openid" });
    expect(granted(tokens)).toEqual({ aud: app.issuer, scope: "openid" });
  });

  it("rejects more than ten resources", async () => {
    const resource = Array.from({ length: 11 }, () => PHOTOS);
    const answer = await new Browser(app).open(authorizeUrl(client, { resource, prompt: "none" }));
    expect(answer.headers.get("location")).toContain("error=invalid_target");
  });
});

describe("a code", () => {
  it("is exchanged for a subset, and a wider request neither widens nor consumes it", async () => {
    const scope = "openid photos:read music:play";
    const code = await getCode(new Browser(app), client, {
      resource: [PHOTOS, MUSIC],
      scope,
    });
    for (const resource of [BARE, app.issuer, "https://unknown.example"])
      expectOAuthError(await exchangeCode(client, code, { resource }), 400, "invalid_target");
    const answer = await exchangeCode(client, code, { resource: MUSIC });
    expect(granted(answer.body)).toEqual({ aud: MUSIC, scope: "music:play" });
    expect(answer.body.expires_in).toBe(120);
    expect(decodeJwt(answer.body.id_token).aud).toBe(client.id);
  });

  it("of a request without resource is not for a resource", async () => {
    const code = await getCode(new Browser(app), client, { scope: "openid" });
    expectOAuthError(await exchangeCode(client, code, { resource: PHOTOS }), 400, "invalid_target");
    const answer = await exchangeCode(client, code, { resource: app.issuer });
    expect(granted(answer.body)).toEqual({ aud: app.issuer, scope: "openid" });
  });
});

describe.each([true, false])("a refresh token (public client: %s)", (isPublic) => {
  const scope = "offline_access photos:read music:play";

  it("gives all that was granted, or a subset, and never more", async () => {
    const own = await someClient(app, { scopes: SCOPES, public: isPublic });
    const tokens = await getTokens(own, new Browser(app), { resource: [PHOTOS, MUSIC], scope });
    let current = tokens.refresh_token;
    const refresh = async (changes: Record<string, string | string[]>) => {
      const form = { grant_type: "refresh_token", refresh_token: current, ...changes };
      const answer = await post(own, "token", form);
      if (answer.status === 200) current = answer.body.refresh_token;
      return answer;
    };
    const fails = async (changes: Record<string, string>, code: string) =>
      expectOAuthError(await refresh(changes), 400, code);
    await fails({ resource: BARE }, "invalid_target");
    await fails({ resource: app.issuer }, "invalid_target");
    await fails({ resource: "nowhere" }, "invalid_target");
    await fails({ resource: PHOTOS, scope: "music:play" }, "invalid_scope");
    expect(granted((await refresh({ resource: PHOTOS })).body)).toEqual({ aud: PHOTOS, scope: "photos:read" });
    const all = { aud: [PHOTOS, MUSIC], scope: "photos:read music:play" };
    expect(granted((await refresh({})).body)).toEqual(all);
    expect(granted((await refresh({ resource: [PHOTOS, MUSIC] })).body)).toEqual(all);
    expect(granted((await refresh({ scope: "photos:read" })).body)).toEqual({ ...all, scope: "photos:read" });
  });
});

describe("client credentials", () => {
  it.each<[string | string[] | undefined, string | undefined, object]>([
    [PHOTOS, undefined, { aud: PHOTOS, scope: "photos:read" }],
    [[PHOTOS, MUSIC], undefined, { aud: [PHOTOS, MUSIC], scope: "photos:read music:play" }],
    [[PHOTOS, MUSIC], "music:play", { aud: [PHOTOS, MUSIC], scope: "music:play" }],
    [BARE, undefined, { aud: BARE, scope: "" }],
  ])("for %j with the scope %j gets %j", async (resource, scope, expected) => {
    const answer = await asMachine({ resource, scope });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(granted(answer.body)).toEqual(expected);
    expect(answer.body.expires_in).toBe([resource].flat().includes(MUSIC) ? 120 : 600);
  });

  it("without resource and scope has the issuer's scopes, and fails if there are none", async () => {
    expect(granted((await asMachine({})).body)).toEqual({ aud: app.issuer, scope: "feed:read" });
    const scopes = ["photos:read"];
    const own = await someClient(app, { grant_types: ["client_credentials"], redirect_uris: [], scopes });
    for (const form of [{}, { scope: "photos:read" }])
      expectOAuthError(await asMachine(form, own), 400, "invalid_scope");
  });

  it("rejects an unknown resource, and a scope of another", async () => {
    expectOAuthError(await asMachine({ resource: "https://unknown.example" }), 400, "invalid_target");
    expectOAuthError(await asMachine({ resource: PHOTOS, scope: "music:play" }), 400, "invalid_scope");
    expectOAuthError(await asMachine({ resource: BARE, scope: "photos:read" }), 400, "invalid_scope");
  });

  it("a rejection is an event that names what is registered", async () => {
    const own = await someClient(app, { grant_types: ["client_credentials"], redirect_uris: [], scopes: [] });
    await asMachine({ resource: "https://nowhere.example/x" }, own);
    const event = await db().auditEvent.findFirst({
      where: { appId: app.id, clientId: own.id, type: "oauth.rejected" },
    });
    expect(JSON.stringify(event?.explanation)).toContain("https://nowhere.example/x");
    expect(JSON.stringify(event?.explanation)).toContain(PHOTOS);
  });
});

it("introspection shows the audience", async () => {
  const { access_token: token } = (await asMachine({ resource: [PHOTOS, MUSIC] })).body;
  const answer = await send(`/o/${app.id}/introspect`, { form: { token }, headers: basic(machine) });
  expect(answer.body).toMatchObject({ active: true, aud: [PHOTOS, MUSIC], scope: "photos:read music:play" });
});

describe("a default resource", () => {
  it("applies where a request names none, with the issuer beside it for openid", async () => {
    const { app: own, ids } = await someResources();
    const one = await someClient(own, { scopes: SCOPES });
    const before = await getTokens(one, new Browser(own), { scope: "openid offline_access" });
    await manage(own, "PATCH", `/resources/${ids.photos}`, { body: { default: true } });
    const scope = "openid email photos:read";
    const tokens = await getTokens(one, new Browser(own), { scope });
    expect(granted(tokens)).toEqual({ aud: [PHOTOS, own.issuer], scope });
    expect((await send(`/o/${own.id}/userinfo`, { bearer: tokens.access_token })).status).toBe(200);
    const api = await getTokens(one, new Browser(own), { scope: "photos:read" });
    expect(granted(api)).toEqual({ aud: PHOTOS, scope: "photos:read" });
    const named = await getTokens(one, new Browser(own), { scope: "openid", resource: own.issuer });
    expect(granted(named)).toEqual({ aud: own.issuer, scope: "openid" });
    // A grant from before keeps its audience.
    const refreshed = (await refreshTokens(one, before.refresh_token)).body;
    expect(granted(refreshed).aud).toBe(own.issuer);
  });
});

describe("a pushed request", () => {
  it("may name several resources, and an unknown one is rejected at once (RFC 9126 §2.3)", async () => {
    const fields = authorizeFields(client, { resource: [PHOTOS, MUSIC], scope: "photos:read music:play" });
    const pushed = await post(client, "par", fields);
    expect(pushed.status, JSON.stringify(pushed.body)).toBe(201);
    const query = new URLSearchParams({ client_id: client.id, request_uri: pushed.body.request_uri });
    const location = await authorizeAt(new Browser(app), `/o/${app.id}/authorize?${query}`);
    const answer = await exchangeCode(client, location.searchParams.get("code") ?? "");
    expect(granted(answer.body)).toEqual({ aud: [PHOTOS, MUSIC], scope: "photos:read music:play" });
    const unknown = { ...fields, resource: "https://unknown.example" };
    expectOAuthError(await post(client, "par", unknown), 400, "invalid_target");
  });
});

describe("a device", () => {
  it("gets a token for the resources of its request, or for some of them", async () => {
    const device = await someDeviceClient(app, { scopes: SCOPES });
    const scope = "offline_access photos:read music:play";
    const start = (resource: string | string[], scopes = scope) =>
      post(device, "device_authorization", { scope: scopes, resource });
    const { body } = await start([PHOTOS, MUSIC]);
    await allowDevice(new Browser(app), body);
    const grant = { grant_type: DEVICE_GRANT, device_code: body.device_code };
    expectOAuthError(await post(device, "token", { ...grant, resource: BARE }), 400, "invalid_target");
    await waitInterval(app, body);
    const answer = await post(device, "token", { ...grant, resource: MUSIC });
    expect(granted(answer.body)).toEqual({ aud: MUSIC, scope: "music:play" });
    const all = (await refreshTokens(device, answer.body.refresh_token)).body;
    expect(granted(all)).toEqual({ aud: [PHOTOS, MUSIC], scope: "photos:read music:play" });
    expectOAuthError(await start("https://unknown.example"), 400, "invalid_target");
    expectOAuthError(await start(PHOTOS, "music:play"), 400, "invalid_scope");
  });

  it("gets a token for a resource without scopes", async () => {
    const device = await someDeviceClient(app, { scopes: SCOPES });
    const { body } = await post(device, "device_authorization", { resource: BARE });
    await allowDevice(new Browser(app), body);
    const answer = await post(device, "token", { grant_type: DEVICE_GRANT, device_code: body.device_code });
    expect(granted(answer.body)).toEqual({ aud: BARE, scope: "" });
  });
});

describe("a changed resource", () => {
  it("has its new identifier in the next token, and without it the grant issues no more", async () => {
    const { app: own, ids } = await someResources();
    const one = await someClient(own, { scopes: SCOPES });
    const tokens = await getTokens(one, new Browser(own), {
      resource: [PHOTOS, MUSIC],
      scope: "offline_access photos:read music:play",
    });
    const refresh = () => refreshTokens(one, tokens.refresh_token);
    const identifier = "https://photos.example/v2";
    await manage(own, "PATCH", `/resources/${ids.photos}`, { body: { identifier } });
    expect(decodeJwt((await refresh()).body.access_token).aud).toEqual([identifier, MUSIC]);
    await manage(own, "DELETE", `/resources/${ids.photos}`);
    expect(granted((await refresh()).body)).toEqual({ aud: MUSIC, scope: "music:play" });
    await manage(own, "DELETE", `/resources/${ids.music}`);
    expectOAuthError(await refresh(), 400, "invalid_target");
  });
});

it("twenty simultaneous exchanges of a code for a resource issue one token", async () => {
  const code = await getCode(new Browser(app), client, { resource: PHOTOS, scope: "photos:read" });
  const form = { ...exchangeFields(client, code), resource: PHOTOS };
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(client, "token", form)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});
