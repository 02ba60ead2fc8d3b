/** Dynamic client registration (RFC 7591) and its configuration endpoint (RFC 7592). */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { sha256 } from "@/lib/crypto/hash";
import { db } from "@/lib/database/client";
import { createRegistrationToken, revokeRegistrationToken } from "@/lib/oauth/registration/tokens";
import { call } from "@/test/support/call";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorizeUrl,
  Browser,
  expectOAuthError,
  findHandler,
  getTokens,
  newIpAddress,
  OPERATOR,
  post,
  send,
  someScopes,
} from "@/test/support/oauth";

const REDIRECT = "https://agent.example/cb";

interface Options {
  method?: string;
  bearer?: string | undefined;
  ip?: string;
  headers?: Record<string, string>;
}

let app: TestApp;
let ip: string;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  await allow({ registration: "open" });
});
beforeEach(() => {
  ip = newIpAddress();
});

function allow(settings: object, of = app) {
  return updateApp(of.id, { settings: settings as Record<string, unknown> }, OPERATOR);
}

async function request(path: string, body: unknown, options: Options = {}) {
  const method = options.method ?? "POST";
  const { handler, params } = await findHandler(method, path);
  return call(handler, {
    ip,
    ...options,
    method,
    path,
    params,
    body,
    ...(options.bearer && { bearer: options.bearer }),
  });
}

function register(body: unknown = { redirect_uris: [REDIRECT] }, options: Options = {}, of = app) {
  return request(`/o/${of.id}/register`, body, options);
}

async function registered(body: object = {}, options: Options = {}, of = app) {
  const answer = await register({ redirect_uris: [REDIRECT], ...body }, options, of);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

function manage(information: { client_id: string; registration_access_token: string }, method: string, body?: unknown) {
  const path = `/o/${app.id}/register/${information.client_id}`;
  return request(path, body, { method, bearer: information.registration_access_token });
}

function testClient(information: Record<string, string>, of = app) {
  const { client_id: id = "", client_secret: secret = null } = information;
  return { app: of, id, secret, redirectUri: REDIRECT };
}

describe("a registration", () => {
  it("answers with the metadata that was registered, with the defaults of RFC 7591 §2", async () => {
    const answer = await register({
      redirect_uris: [REDIRECT],
      client_name: "Agent",
      surprise: true,
      software_id: "a1",
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.body).toMatchObject({
      client_id: expect.stringMatching(/^cli_/),
      client_secret: expect.stringMatching(/^foyer_cs_/),
      client_secret_expires_at: 0,
      registration_client_uri: `${app.issuer}/register/${answer.body.client_id}`,
      registration_access_token: expect.stringMatching(/^foyer_rat_/),
      client_name: "Agent",
      redirect_uris: [REDIRECT],
      token_endpoint_auth_method: "client_secret_basic",
      grant_types: ["authorization_code"],
      response_types: ["code"],
      application_type: "web",
      scope: "openid profile email offline_access photos:read photos:write photos:share",
      software_id: "a1",
    });
    expect(Math.abs(answer.body.client_id_issued_at - Date.now() / 1000)).toBeLessThan(60);
    expect(answer.body).not.toHaveProperty("surprise");
    expect(Object.values(answer.body)).not.toContain(null);
  });

  it("stores hashes, the source and an event", async () => {
    const { client_id: id, registration_access_token: token } = await registered();
    const row = await db().oAuthClient.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id } } });
    expect(row).toMatchObject({ source: "dcr", firstParty: false, resourceServer: false });
    expect(Buffer.from(row.registrationTokenHash ?? [])).toEqual(sha256(token));
    const events = await db().auditEvent.findMany({ where: { appId: app.id, clientId: id } });
    expect(events.map(({ type }) => type)).toEqual(["client.registered"]);
  });

  it.each([
    ["client_secret_basic", true, 0],
    ["client_secret_post", true, 0],
    ["none", false, undefined],
    ["private_key_jwt", false, undefined],
  ])("supports the method %s", async (method, hasSecret, expires) => {
    const jwks = { keys: [{ kty: "EC", crv: "P-256", kid: "1", x: X, y: Y }] };
    const client = await registered({
      token_endpoint_auth_method: method,
      ...(method === "private_key_jwt" && { jwks }),
    });
    expect(client.token_endpoint_auth_method).toBe(method);
    expect("client_secret" in client).toBe(hasSecret);
    expect(client.client_secret_expires_at).toBe(expires);
  });

  it("leads to tokens, for a public client with its required PKCE", async () => {
    const client = await registered({
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
    });
    const tokens = await getTokens(testClient(client), new Browser(app), {
      scope: "openid offline_access photos:read",
    });
    expect(tokens.scope).toBe("openid offline_access photos:read");
    expect(tokens.refresh_token).toBeTruthy();
  });

  it("ignores null, empty text, unknown members, language tags and a software statement (RFC 7591 §2.3)", async () => {
    const client = await registered({
      client_uri: null,
      logo_uri: "",
      scope: "",
      "client_name#de": "Agent",
      software_statement: "eyJhbGciOiJub25lIn0.e30.",
      first_party: true,
      resource_server: true,
      id: "cli_x",
    });
    for (const name of ["first_party", "resource_server", "software_statement", "client_uri", "logo_uri"])
      expect(client).not.toHaveProperty(name);
    const row = await db().oAuthClient.findUniqueOrThrow({
      where: { appId_id: { appId: app.id, id: client.client_id } },
    });
    expect([row.firstParty, row.resourceServer]).toEqual([false, false]);
  });

  it.each([
    ["Sun\u202eset \u2705\ufe0f\n  Inc.\u0007", "Sunset Inc."],
    ["\u2714 Verified", "Verified"],
    ["\u200b\u2714", "agent.example"],
    ["\u0646\u200c\u0647", "\u0646\u200c\u0647"],
  ])("shows the name %j as %j: nothing invisible, no check mark", async (client_name, shown) => {
    expect((await registered({ client_name })).client_name).toBe(shown);
  });

  it("drops unknown scopes", async () => {
    expect((await registered({ scope: "openid photos:read admin" })).scope).toBe("openid photos:read");
  });

  it.each([
    ["http://127.0.0.1:8123/cb", "none"],
    ["http://localhost/cb", "none"],
    ["cursor://oauth/callback", "none"],
    ["com.example.app:/cb", "none"],
  ])("accepts %s of a client with the method %s", async (uri, method) => {
    expect((await registered({ redirect_uris: [uri], token_endpoint_auth_method: method })).redirect_uris).toEqual([
      uri,
    ]);
  });

  it.each([
    ["loopback http of a confidential client", { redirect_uris: ["http://127.0.0.1/cb"] }],
    ["http", { redirect_uris: ["http://agent.example/cb"], token_endpoint_auth_method: "none" }],
    ["a fragment", { redirect_uris: [`${REDIRECT}#x`] }],
    ["a wildcard", { redirect_uris: ["https://*.agent.example/cb"] }],
    ["javascript:", { redirect_uris: ["javascript:alert(1)"], token_endpoint_auth_method: "none" }],
    ["a relative URI", { redirect_uris: ["/cb"] }],
    ["a user name", { redirect_uris: ["https://a@agent.example/cb"] }],
    ["NUL", { redirect_uris: ["https://agent.example/\0"] }],
    ["no redirect URI", { redirect_uris: [] }],
    ["absent redirect URIs", {}],
    ["a string", { redirect_uris: REDIRECT }],
    ["51 redirect URIs", { redirect_uris: Array.from({ length: 51 }, (_, i) => `${REDIRECT}/${i}`) }],
  ])("rejects %s as invalid_redirect_uri", async (_, body) => {
    expectOAuthError(await register(body), 400, "invalid_redirect_uri");
  });

  it.each([
    ["an unknown method", { token_endpoint_auth_method: "client_secret_jwt" }],
    ["private_key_jwt without keys", { token_endpoint_auth_method: "private_key_jwt" }],
    ["jwks and jwks_uri", { jwks: { keys: [] }, jwks_uri: "https://agent.example/jwks" }],
    ["an unknown grant", { grant_types: ["implicit"] }],
    ["an unknown response type", { response_types: ["token"] }],
    ["refresh_token alone", { grant_types: ["refresh_token"] }],
    ["client_credentials without a registration token", { grant_types: ["client_credentials"] }],
    ["unknown scopes alone", { scope: "admin" }],
    ["a scope list", { scope: ["openid"] }],
    ["a name of 201 characters", { client_name: "x".repeat(201) }],
    ["a number as name", { client_name: 1 }],
    ["NUL in the name", { client_name: "a\0" }],
    ["an object as logo", { logo_uri: {} }],
    ["a script as logo", { logo_uri: "javascript:alert(1)" }],
    ["an http logout URI of a confidential client", { post_logout_redirect_uris: ["http://localhost/bye"] }],
    ["an unknown algorithm", { id_token_signed_response_alg: "none" }],
    ["NUL in a key", { jwks: { keys: [{ kty: "EC", crv: "P-256", x: X, y: Y, note: "a\0" }] } }],
    ["NUL in the name of a key's member", { jwks: { keys: [{ kty: "EC", crv: "P-256", x: X, y: Y, "a\0": "" }] } }],
    ["a lone surrogate beside the keys", { jwks: { keys: [{ kty: "EC", crv: "P-256", x: X, y: Y }], a: "\ud800" } }],
    ["1,000 levels in a key set", { jwks: { keys: [{ kty: "EC", crv: "P-256", x: X, y: Y }], a: nested(1000) } }],
  ])("rejects %s as invalid_client_metadata", async (_, body) => {
    expectOAuthError(await register({ redirect_uris: [REDIRECT], ...body }), 400, "invalid_client_metadata");
  });

  it.each([
    ["10,000 redirect URIs", { redirect_uris: Array.from({ length: 10_000 }, (_, i) => `${REDIRECT}/${i}`) }, {}],
    ["a form", "redirect_uris=x", { headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["malformed JSON", "{", {}],
    ["an array", "[]", {}],
    ["no body", "", {}],
  ])("rejects %s as invalid_request", async (_, body, options) => {
    expectOAuthError(await register(body, options), 400, "invalid_request");
  });

  it("leaves an explained event of a rejection", async () => {
    const other = await someApp();
    await allow({ registration: "open" }, other);
    await register({ redirect_uris: ["http://agent.example/"] }, {}, other);
    const events = await db().auditEvent.findMany({ where: { appId: other.id, type: "oauth.rejected" } });
    expect(events).toMatchObject([{ reason: "invalid_redirect_uri" }]);
    expect(events[0]?.explanation).toMatchObject({ endpoint: `/o/${other.id}/register` });
  });

  it("may be sent by a page of any origin, without credentials", async () => {
    const headers = { origin: "https://inspector.example" };
    const { handler } = await findHandler("OPTIONS", `/o/${app.id}/register`);
    const preflight = await call(handler, { method: "OPTIONS", headers, params: { app: app.id } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-methods")).toBe("POST");
    expect(preflight.headers.get("access-control-allow-headers")).toMatch(/Content-Type/);
    for (const body of [{ redirect_uris: [REDIRECT] }, {}]) {
      const answer = await register(body, { headers });
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
    }
  });
});

describe("the setting registration", () => {
  it("off: 404, and absent from the metadata", async () => {
    const other = await someApp();
    expectOAuthError(await register(undefined, {}, other), 404, "invalid_request");
    const metadata = await send(`/o/${other.id}/.well-known/openid-configuration`);
    expect(metadata.body).not.toHaveProperty("registration_endpoint");
  });

  it("open: in the metadata", async () => {
    const metadata = await send(`/.well-known/oauth-authorization-server/o/${app.id}`);
    expect(metadata.body.registration_endpoint).toBe(`${app.issuer}/register`);
  });

  it("token: only with a token of this app that is active", async () => {
    const [closed, neighbor] = [await someApp(), await someApp()];
    await allow({ registration: "token" }, closed);
    const { token, registration_token_id: id } = await createRegistrationToken(closed.id, {}, OPERATOR);
    const foreign = await createRegistrationToken(neighbor.id, {}, OPERATOR);
    expectOAuthError(await register(undefined, {}, closed), 401, "invalid_token");
    for (const bearer of [
      foreign.token,
      `${token.slice(0, -1)}${token.endsWith("x") ? "y" : "x"}`,
      "nonsense",
      closed.apiKey,
    ]) {
      const answer = await register(undefined, { bearer }, closed);
      expectOAuthError(answer, 401, "invalid_token");
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /);
    }
    for (let i = 0; i < 12; i++) await registered({}, { bearer: token }, closed);
    const machine = { grant_types: ["client_credentials"], redirect_uris: undefined };
    expect(await registered(machine, { bearer: token }, closed)).toMatchObject({ response_types: [] });
    await revokeRegistrationToken(closed.id, id, OPERATOR);
    expectOAuthError(await register(undefined, { bearer: token }, closed), 401, "invalid_token");
    const clients = await db().oAuthClient.findMany({ where: { appId: closed.id } });
    expect(clients.every(({ checkUnusedAt }) => checkUnusedAt === null)).toBe(true);
  });

  it("mcp: a client without a method becomes public; one with a secret too, and the response says so", async () => {
    const mcp = await someApp();
    await allow({ mcp: true }, mcp);
    for (const body of [{}, { token_endpoint_auth_method: "client_secret_post" }]) {
      const client = await registered(body, {}, mcp);
      expect(client.token_endpoint_auth_method).toBe("none");
      expect(client).not.toHaveProperty("client_secret");
    }
    await allow({ registration: "open" }, mcp);
    expect(await registered({ token_endpoint_auth_method: "client_secret_post" }, {}, mcp)).toHaveProperty(
      "client_secret",
    );
    expect((await registered({}, {}, mcp)).token_endpoint_auth_method).toBe("none");
  });
});

describe("an open registration is limited by IP address", () => {
  it("to 10 clients per hour, also of 20 at once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => register()));
    const statuses = answers.map(({ status }) => status);
    expect([statuses.filter((s) => s === 201).length, statuses.filter((s) => s === 429).length]).toEqual([10, 10]);
    expect(answers.find(({ status }) => status === 429)?.headers.get("retry-after")).toMatch(/^\d+$/);
    expect((await register(undefined, { ip: newIpAddress() })).status).toBe(201);
  });

  it("to 60 attempts per hour", async () => {
    for (let i = 0; i < 60; i++) expect((await register({})).status).toBe(400);
    expect((await register()).status).toBe(429);
  });
});

describe("the configuration endpoint", () => {
  it("returns the client, with the token that was presented", async () => {
    const client = await registered({ client_name: "Agent" });
    const answer = await manage(client, "GET");
    const { client_secret: _, ...rest } = client;
    expect([answer.status, answer.body]).toEqual([200, rest]);
  });

  it("replaces all metadata, and keeps secret, token and method", async () => {
    const client = await registered({ client_name: "Agent", contacts: ["a@agent.example"], scope: "openid" });
    const update = {
      client_id: client.client_id,
      client_secret: client.client_secret,
      redirect_uris: [`${REDIRECT}2`],
    };
    const answer = await manage(client, "PUT", update);
    expect(answer.body).toMatchObject({
      client_name: "agent.example",
      redirect_uris: [`${REDIRECT}2`],
      registration_access_token: client.registration_access_token,
      scope: expect.stringContaining("photos:read"),
    });
    expect(answer.body).not.toHaveProperty("contacts");
    const token = await post(testClient(client), "token", { grant_type: "authorization_code", code: "x" });
    expect(token.body.error).toBe("invalid_grant");
    expect((await manage(client, "GET")).status).toBe(200);
  });

  it.each([
    ["without client_id", {}],
    ["of another client", { client_id: "cli_other" }],
    ["with registration_access_token", { registration_access_token: "x" }],
    ["with another secret", { client_secret: "chosen" }],
    ["to a public client", { token_endpoint_auth_method: "none" }],
    ["to client_credentials", { grant_types: ["client_credentials"] }],
  ])("rejects an update %s", async (_, body) => {
    const client = await registered();
    const own = "client_id" in body || Object.keys(body).length === 0 ? {} : { client_id: client.client_id };
    const answer = await manage(client, "PUT", { redirect_uris: [REDIRECT], ...own, ...body });
    expectOAuthError(answer, 400, "invalid_client_metadata");
  });

  it("is limited to 60 updates of a client per hour", async () => {
    const [client, other] = [await registered(), await registered()];
    const update = (of: typeof client) => manage(of, "PUT", { client_id: of.client_id, redirect_uris: [REDIRECT] });
    for (let i = 0; i < 60; i++) expect((await update(client)).status).toBe(200);
    expect((await update(client)).status).toBe(429);
    expect((await update(other)).status).toBe(200);
  });

  it("deletes the client once, with its tokens; authorize then says what to do", async () => {
    const client = await registered({
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
    });
    const tokens = await getTokens(testClient(client), new Browser(app));
    expect((await manage(client, "DELETE")).status).toBe(204);
    expectOAuthError(await manage(client, "GET"), 401, "invalid_token");
    expectOAuthError(await manage(client, "DELETE"), 401, "invalid_token");
    const refresh = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
    expectOAuthError(await post(testClient(client), "token", refresh), 401, "invalid_client");
    const page = await send(authorizeUrl(testClient(client)));
    expect([page.status, page.headers.get("location")]).toEqual([400, null]);
    expect(page.body).toMatch(/Remove the saved connection in the application and start again/);
  });

  it("rejects the token of another client, of the neighbor app, a registration token and none", async () => {
    const [client, other] = [await registered(), await registered()];
    const neighborApp = await someApp();
    await allow({ registration: "open" }, neighborApp);
    const neighbor = await registered({}, {}, neighborApp);
    const { token } = await createRegistrationToken(app.id, {}, OPERATOR);
    for (const bearer of [other.registration_access_token, neighbor.registration_access_token, token, undefined]) {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const body = method === "PUT" ? { client_id: client.client_id, redirect_uris: [REDIRECT] } : undefined;
        const answer = await request(`/o/${app.id}/register/${client.client_id}`, body, { method, bearer });
        expectOAuthError(answer, 401, "invalid_token");
      }
    }
    const foreign = await request(`/o/${neighborApp.id}/register/${client.client_id}`, undefined, {
      method: "GET",
      bearer: client.registration_access_token,
    });
    expectOAuthError(foreign, 401, "invalid_token");
    expect((await manage(client, "GET")).status).toBe(200);
  });
});

function nested(levels: number): unknown {
  return levels === 0 ? [] : [nested(levels - 1)];
}

const X = "WKn-ZIGevcwGIyyrzFoZNBdaq9_TsqzGl96oc0CWuis";
const Y = "y77t-RvAHRKTsSGdIYUfweuOvwrvDD-Q3Hv5J0fSKbE";
