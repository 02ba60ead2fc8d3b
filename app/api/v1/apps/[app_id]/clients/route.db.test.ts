/** Clients by the management API; names as in RFC 7591 §2. */
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { rotateClientSecret } from "@/lib/oauth/clients/clients";
import { call } from "@/test/support/call";
import { expectError, rejectedKeys } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  Browser,
  basic,
  getTokens,
  newIpAddress,
  OPERATOR,
  REDIRECT_URI,
  refreshTokens,
  send,
  someClient,
  someScopes,
} from "@/test/support/oauth";
import { DELETE, GET, PATCH } from "./[client_id]/route";
import { GET as LIST, POST } from "./route";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
  await someScopes(app);
});

const BODY = { client_name: "SuperPhotoPrints", redirect_uris: [REDIRECT_URI] };

function create(body: unknown, of = app) {
  return call(POST, { params: { app_id: of.id }, bearer: of.apiKey, body });
}

function one(handler: typeof GET, clientId: string, options: { body?: unknown; method?: string; of?: TestApp } = {}) {
  const { of = app, ...rest } = options;
  return call(handler, { params: { app_id: of.id, client_id: clientId }, bearer: of.apiKey, ...rest });
}

describe("POST", () => {
  it("creates a client with the defaults, and returns the secret once", async () => {
    const { status, body } = await create(BODY);
    expect(status).toBe(201);
    expect(body).toEqual({
      client_id: expect.stringMatching(/^cli_[0-9a-z]+_[0-9a-z]{26}$/),
      client_secret: expect.stringMatching(/^foyer_cs_/),
      ...BODY,
      application_type: "web",
      public: false,
      post_logout_redirect_uris: [],
      grant_types: ["authorization_code", "refresh_token"],
      scopes: ["openid", "profile", "email", "offline_access"],
      token_endpoint_auth_method: null,
      pkce: "optional",
      refresh: null,
      id_token_signed_response_alg: "RS256",
      token_endpoint_auth_signing_alg: null,
      jwks: null,
      jwks_uri: null,
      userinfo_signed_response_alg: null,
      authorization_signed_response_alg: "RS256",
      introspection_signed_response_alg: "RS256",
      request_object_signing_alg: null,
      require_signed_request_object: false,
      require_pushed_authorization_requests: false,
      dpop_bound_access_tokens: false,
      subject_type: "public",
      sector_identifier_uri: null,
      backchannel_logout_uri: null,
      backchannel_logout_session_required: false,
      initiate_login_uri: null,
      default_acr_values: [],
      contacts: [],
      source: "console",
      claims_in_id_token: true,
      first_party: false,
      resource_server: false,
      logo_uri: null,
      client_uri: null,
      policy_uri: null,
      tos_uri: null,
      default_max_age: null,
      require_auth_time: false,
      access_token_ttl_seconds: null,
      id_token_ttl_seconds: null,
      refresh_idle_ttl_seconds: null,
      refresh_absolute_ttl_seconds: null,
      created_at: expect.any(String),
      last_used_at: null,
    });
    const { client_secret, ...shown } = body;
    expect((await one(GET, body.client_id)).body).toEqual(shown);
    const stored = await db().clientSecret.findMany({ where: { appId: app.id, clientId: body.client_id } });
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(client_secret);
  });

  it("creates a public client without a secret", async () => {
    for (const wish of [{ public: true }, { token_endpoint_auth_method: "none" }]) {
      const { body } = await create({ ...BODY, ...wish });
      expect(body).toMatchObject({ public: true, token_endpoint_auth_method: "none", pkce: "required" });
      expect(body).not.toHaveProperty("client_secret");
      expect(await db().clientSecret.count({ where: { appId: app.id, clientId: body.client_id } })).toBe(0);
    }
  });

  it.each<[string, object, string]>([
    ["no name", { client_name: undefined }, "client_name"],
    ["no redirect URI", { redirect_uris: [] }, "redirect_uris"],
    ["a bad redirect URI", { redirect_uris: [REDIRECT_URI, "http://photos.example/cb"] }, "redirect_uris.1"],
    ["javascript:", { redirect_uris: ["javascript:alert(1)"] }, "redirect_uris.0"],
    ["a redirect URI that is no text", { redirect_uris: [{}] }, "redirect_uris.0"],
    ["a bad post-logout URI", { post_logout_redirect_uris: ["https://x.example/#a"] }, "post_logout_redirect_uris.0"],
    ["an unknown grant", { grant_types: ["password"] }, "grant_types.0"],
    ["no grant", { grant_types: [] }, "grant_types"],
    ["refresh without code", { grant_types: ["refresh_token"] }, "grant_types"],
    ["a public machine (RFC 6749 §4.4)", { public: true, grant_types: ["client_credentials"] }, "grant_types"],
    ["a public one without PKCE (RFC 9700 §2.1.1)", { public: true, pkce: "optional" }, "pkce"],
    ["a public one that reuses (RFC 9700 §2.2.2)", { public: true, refresh: "reuse" }, "refresh"],
    ["a public resource server", { public: true, resource_server: true }, "resource_server"],
    [
      "none for a confidential one",
      { public: false, token_endpoint_auth_method: "none" },
      "token_endpoint_auth_method",
    ],
    ["an unknown scope", { scopes: ["openid", "nope"] }, "scopes.1"],
    ["alg none (RFC 8725 §3.2)", { id_token_signed_response_alg: "none" }, "id_token_signed_response_alg"],
    ["HS256", { id_token_signed_response_alg: "HS256" }, "id_token_signed_response_alg"],
    ["a logo by javascript:", { logo_uri: "javascript:alert(1)" }, "logo_uri"],
    ["a site by data:", { client_uri: "data:text/html,x" }, "client_uri"],
    ["a lifetime of a second", { access_token_ttl_seconds: 1 }, "access_token_ttl_seconds"],
    ["a name with NUL", { client_name: "a\0b" }, "client_name"],
  ])("rejects %s with 400", async (_, changes, field) => {
    const answer = await create({ ...BODY, ...changes });
    expectError(answer, 400, "invalid_request");
    expect(Object.keys(answer.body.fields)).toEqual([field]);
  });

  it("ignores ID, secret and app in the body", async () => {
    const wish = { client_id: "cli_x", client_secret: "known", appId: otherApp.id, id: "cli_x", secrets: [] };
    const { body } = await create({ ...BODY, ...wish });
    expect(body.client_id).not.toBe("cli_x");
    expect(body.client_secret).not.toBe("known");
    expect(await db().oAuthClient.count({ where: { appId: otherApp.id } })).toBe(0);
  });

  it("returns the same client and secret for the same Idempotency-Key", async () => {
    const before = await db().oAuthClient.count();
    const headers = { "idempotency-key": "the-key" };
    const ask = () => call(POST, { params: { app_id: app.id }, bearer: app.apiKey, body: BODY, headers });
    const [first, second] = [await ask(), await ask()];
    expect(second.body).toEqual(first.body);
    expect(await db().oAuthClient.count()).toBe(before + 1);
  });
});

it("invalid API keys are rejected with 401", async () => {
  for (const [title, authorization] of await rejectedKeys(app)) {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const answer = await call(LIST, { params: { app_id: app.id }, headers, ip: newIpAddress() });
    expect(answer.status, title).toBe(401);
  }
});

it("a client of another app cannot be read, changed or deleted", async () => {
  const { id } = await someClient(otherApp);
  for (const [handler, method, body] of [
    [GET, "GET"],
    [PATCH, "PATCH", { client_name: "stolen" }],
    [DELETE, "DELETE"],
  ] as const)
    expectError(await one(handler, id, { method, body }), 404, "not_found");
  expect((await one(GET, id, { of: otherApp })).body.client_name).toBe("SuperPhotoPrints");
});

describe("GET of all", () => {
  it("lists this app's clients by page, newest first, and searches them", async () => {
    const own = await someApp();
    const ids: string[] = [];
    for (const client_name of ["One", "Two", "Three"]) ids.unshift((await someClient(own, { client_name })).id);
    // The ID of a client with a metadata document is a URL. It is the oldest, and two have one time.
    const base = Date.now() - 60_000;
    const times = [2, 2, 1].map((seconds) => new Date(base + seconds * 1000));
    const url = "https://agent.example/client.json";
    for (const [i, createdAt] of times.entries())
      await db().oAuthClient.update({
        where: { appId_id: { appId: own.id, id: ids[i] ?? "" } },
        data: { createdAt, ...(i === 2 && { id: url, source: "cimd" }) },
      });
    ids[2] = url;
    const list = (query: string) => call(LIST, { params: { app_id: own.id }, bearer: own.apiKey, path: `/?${query}` });
    const seen: string[] = [];
    for (let cursor = ""; cursor !== "end"; ) {
      const { body } = await list(`limit=2${cursor}`);
      seen.push(...body.data.map((client: { client_id: string }) => client.client_id));
      cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : "end";
    }
    expect(seen).toEqual([...ids.slice(0, 2).sort().reverse(), url]);
    const { body: first } = await list("limit=1");
    await db().oAuthClient.delete({ where: { appId_id: { appId: own.id, id: first.data[0].client_id } } });
    const { body: rest } = await list(`cursor=${first.next_cursor}`);
    expect(rest.data.map((client: { client_id: string }) => client.client_id)).toEqual(seen.slice(1));
    expectError(await list(`cursor=${seen[1]}`), 400, "invalid_request");
    expect((await list("q=two")).body.data).toMatchObject([{ client_name: "Two" }]);
    expect(JSON.stringify((await list("")).body)).not.toMatch(/hash|foyer_cs/);
  });
});

describe("PATCH", () => {
  it("changes a client that has a redirect URI of an earlier release, but accepts no further one", async () => {
    const { id } = await someClient(app);
    const before = ["https://*.photos.example/cb"];
    await db().oAuthClient.update({ where: { appId_id: { appId: app.id, id } }, data: { redirectUris: before } });
    const patch = (body: object) => one(PATCH, id, { method: "PATCH", body });
    expect((await patch({ client_name: "After" })).body).toMatchObject({ redirect_uris: before });
    const more = { redirect_uris: [...before, "https://*.prints.example/cb"] };
    expectError(await patch(more), 400, "invalid_request");
    expect((await patch({ redirect_uris: [REDIRECT_URI] })).status).toBe(200);
  });

  it("changes only the given fields, and takes effect at once", async () => {
    const { id } = await someClient(app, { client_name: "Before", pkce: "optional" });
    const { status, body } = await one(PATCH, id, { method: "PATCH", body: { client_name: "After" } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      client_id: id,
      client_name: "After",
      pkce: "optional",
      redirect_uris: [REDIRECT_URI],
    });
    expect(await db().auditEvent.count({ where: { appId: app.id, type: "client.updated", clientId: id } })).toBe(1);
  });

  it("cannot make a confidential client public, nor break a rule across fields", async () => {
    const confidential = await someClient(app);
    await one(PATCH, confidential.id, { method: "PATCH", body: { public: true } });
    expect((await one(GET, confidential.id)).body.public).toBe(false);
    const spa = await someClient(app, { public: true });
    for (const body of [
      { pkce: "optional" },
      { refresh: "reuse" },
      { grant_types: ["client_credentials"] },
      { redirect_uris: [] },
    ])
      expectError(await one(PATCH, spa.id, { method: "PATCH", body }), 400, "invalid_request");
  });
});

it("deleting a client revokes everything that was issued to it", async () => {
  const client = await someClient(app);
  const tokens = await getTokens(client, new Browser(app));
  expect((await one(DELETE, client.id, { method: "DELETE" })).status).toBe(204);
  expect((await send("/api/me", { bearer: tokens.access_token })).status).toBe(401);
  expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(401);
  expectError(await one(GET, client.id), 404, "not_found");
  expectError(await one(DELETE, client.id, { method: "DELETE" }), 404, "not_found");
  expect(await db().auditEvent.count({ where: { appId: app.id, type: "client.deleted", clientId: client.id } })).toBe(
    1,
  );
});

describe("rotating a secret", () => {
  const machine = { grant_types: ["client_credentials" as const], redirect_uris: [], scopes: ["photos:read"] };
  const works = async (id: string, secret: string | null) => {
    const answer = await send("/o/token", {
      form: { grant_type: "client_credentials" },
      headers: basic({ id, secret }),
      ip: newIpAddress(),
    });
    return answer.status === 200;
  };

  it("keeps two secrets valid; the third removes the oldest", async () => {
    const { id, secret: first } = await someClient(app, machine);
    const { client_secret: second } = await rotateClientSecret(app.id, id, OPERATOR);
    expect([await works(id, first), await works(id, second)]).toEqual([true, true]);
    const { client_secret: third } = await rotateClientSecret(app.id, id, OPERATOR);
    expect([await works(id, first), await works(id, second), await works(id, third)]).toEqual([false, true, true]);
    expect(await db().auditEvent.count({ where: { appId: app.id, type: "client.secret_rotated", clientId: id } })).toBe(
      2,
    );
  });

  it("leaves two secrets after ten rotations at once", async () => {
    const { id } = await someClient(app, machine);
    await Promise.all(Array.from({ length: 10 }, () => rotateClientSecret(app.id, id, OPERATOR)));
    expect(await db().clientSecret.count({ where: { appId: app.id, clientId: id, revokedAt: null } })).toBe(2);
  });

  it("is rejected for a public client and for another app's client", async () => {
    const spa = await someClient(app, { public: true });
    await expect(rotateClientSecret(app.id, spa.id, OPERATOR)).rejects.toMatchObject({ status: 409 });
    const { id } = await someClient(otherApp);
    await expect(rotateClientSecret(app.id, id, OPERATOR)).rejects.toMatchObject({ status: 404 });
  });
});

it("tenant zero has no clients", async () => {
  await expect(someClient({ ...app, id: "app_foyer" })).rejects.toMatchObject({ status: 403, code: "reserved_app" });
});
