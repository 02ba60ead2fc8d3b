/** Token introspection (RFC 7662), including the tokens that each caller may see. */
import { beforeAll, describe, expect, it } from "vitest";
import { freezeClock } from "@/lib/clock";
import { newSecretToken } from "@/lib/crypto/secret-token";
import { db } from "@/lib/database/client";
import { anotherKey } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  Browser,
  basic,
  expectOAuthError,
  getTokens,
  newIpAddress,
  OPENID,
  post,
  refreshTokens,
  send,
  someClient,
  someScopes,
  type TestClient,
  type Tokens,
} from "@/test/support/oauth";

const INACTIVE = { active: false };

let app: TestApp;
let otherApp: TestApp;
let client: TestClient;
let other: TestClient;
let resourceServer: TestClient;
let spa: TestClient;
let foreign: TestClient;
let bob: Browser;
let tokens: Tokens;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
  await someScopes(app);
  client = await someClient(app);
  other = await someClient(app);
  resourceServer = await someClient(app, { resource_server: true });
  spa = await someClient(app, { public: true });
  foreign = await someClient(otherApp, { resource_server: true });
  bob = new Browser(app);
  tokens = await getTokens(client, bob);
});

function byKey(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}

async function ask(token: string, headers: Record<string, string>, at = `/o/${app.id}/introspect`) {
  const answer = await send(at, { form: { token }, headers, ip: newIpAddress() });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  return answer.body;
}

describe("the introspection of an access token", () => {
  it("returns the members of RFC 7662 §2.2 to the token's own client", async () => {
    const session = await bob.session();
    const expected = {
      active: true,
      scope: OPENID,
      client_id: client.id,
      username: bob.email,
      token_type: "Bearer",
      exp: expect.any(Number),
      iat: expect.any(Number),
      sub: session.userId,
      aud: app.issuer,
      iss: app.issuer,
      jti: expect.any(String),
      sid: session.id,
      auth_time: Math.floor(session.authTime.getTime() / 1000),
      acr: "1",
      amr: ["pwd"],
    };
    expect(await ask(tokens.access_token, basic(client))).toEqual(expected);
    expect(await ask(tokens.access_token, basic(client), "/o/introspect")).toEqual(expected);
  });

  it("returns the same to 20 concurrent requests, until the token is revoked (RFC 7662 §2.2)", async () => {
    const own = await getTokens(client, bob);
    const all = () => Promise.all(Array.from({ length: 20 }, () => ask(own.access_token, basic(client))));
    expect((await all()).every(({ active }) => active)).toBe(true);
    await post(client, "revoke", { token: own.access_token });
    expect((await all()).some(({ active }) => active)).toBe(false);
  });

  it("returns the token to the app's API key and to its resource servers", async () => {
    for (const headers of [byKey(app.apiKey), basic(resourceServer)]) {
      expect(await ask(tokens.access_token, headers)).toMatchObject({ active: true, client_id: client.id });
      expect(await ask(tokens.access_token, headers, "/o/introspect")).toMatchObject({ active: true });
    }
  });

  it("returns inactive to another client and to a client of another app (RFC 7662 §2.2, §4)", async () => {
    expect(await ask(tokens.access_token, basic(other))).toEqual(INACTIVE);
    const at = `/o/${otherApp.id}/introspect`;
    for (const headers of [basic(foreign), byKey(otherApp.apiKey)]) {
      expect(await ask(tokens.access_token, headers, at)).toEqual(INACTIVE);
      expect(await ask(tokens.access_token, headers, "/o/introspect")).toEqual(INACTIVE);
    }
  });

  it("returns the token of a client credentials grant", async () => {
    const machine = await someClient(app, {
      grant_types: ["client_credentials"],
      redirect_uris: [],
      scopes: ["photos:read"],
    });
    const { access_token } = (await post(machine, "token", { grant_type: "client_credentials" })).body;
    const seen = await ask(access_token, byKey(app.apiKey));
    expect(seen).toMatchObject({ active: true, sub: machine.id, client_id: machine.id, scope: "photos:read" });
    expect(seen).not.toHaveProperty("username");
    await post(machine, "revoke", { token: access_token });
    expect(await ask(access_token, byKey(app.apiKey))).toEqual(INACTIVE);
  });

  it("returns no email address if the user does not share it", async () => {
    const { access_token } = await getTokens(client, bob, { scope: "openid" });
    expect(await ask(access_token, byKey(app.apiKey))).not.toHaveProperty("username");
  });

  it.each<[string, (browser: Browser, own: Tokens) => Promise<unknown>]>([
    ["that was revoked", (_, own) => post(client, "revoke", { token: own.access_token })],
    ["whose grant was revoked", (_, own) => post(client, "revoke", { token: own.refresh_token })],
    ["whose app was disconnected", (browser) => browser.submit("account/disconnect", { client: client.id })],
    [
      "whose user is disabled",
      async (browser) =>
        db().user.update({
          where: { appId_id: { appId: app.id, id: await browser.userId() } },
          data: { disabledAt: new Date() },
        }),
    ],
    ["that has expired", async () => freezeClock(new Date(Date.now() + 601_000))],
  ])("returns inactive, and no other member, for a token %s", async (_, end) => {
    const carol = new Browser(app);
    const own = await getTokens(client, carol);
    expect(await ask(own.access_token, basic(client))).toMatchObject({ active: true });
    await end(carol, own);
    expect(await ask(own.access_token, basic(client))).toEqual(INACTIVE);
  });
});

describe("the introspection of a refresh token", () => {
  it("returns the token to its own client only", async () => {
    const { sub } = JSON.parse(Buffer.from(tokens.id_token.split(".")[1] ?? "", "base64url").toString());
    expect(await ask(tokens.refresh_token, basic(client))).toEqual({
      active: true,
      scope: OPENID,
      client_id: client.id,
      sub,
      exp: expect.any(Number),
      iat: expect.any(Number),
      iss: app.issuer,
    });
    for (const headers of [basic(other), basic(resourceServer), byKey(app.apiKey)])
      expect(await ask(tokens.refresh_token, headers)).toEqual(INACTIVE);
    expect(await ask(tokens.refresh_token, basic(foreign), `/o/${otherApp.id}/introspect`)).toEqual(INACTIVE);
  });

  it("returns inactive for a used, changed or revoked token, and revokes nothing", async () => {
    const rotating = await someClient(app, { refresh: "rotate" });
    const { refresh_token } = await getTokens(rotating, bob);
    const next = (await refreshTokens(rotating, refresh_token)).body.refresh_token;
    expect(await ask(refresh_token, basic(rotating))).toEqual(INACTIVE);
    expect(await ask(`${next.slice(0, -1)}${next.endsWith("A") ? "E" : "A"}`, basic(rotating))).toEqual(INACTIVE);
    expect(await ask(next, basic(rotating))).toMatchObject({ active: true });
    await post(rotating, "revoke", { token: next });
    expect(await ask(next, basic(rotating))).toEqual(INACTIVE);
  });
});

it.each(["nonsense", "a.b.c", "fr1-1.aaaaa.grn_0.0.x", "x".repeat(8000)])(
  "the introspection of %s returns inactive, not an error (RFC 7662 §2.2)",
  async (token) => expect(await ask(token, byKey(app.apiKey))).toEqual(INACTIVE),
);

describe("the introspection endpoint, with 401 invalid_client (RFC 7662 §2.1, §4),", () => {
  it.each<[string, () => { headers?: Record<string, string>; form?: Record<string, string> }]>([
    ["a request without credentials", () => ({})],
    ["a public client", () => ({ form: { client_id: spa.id } })],
    ["a wrong secret", () => ({ headers: basic({ id: client.id, secret: "wrong" }) })],
    ["an unknown API key", () => ({ headers: byKey(newSecretToken("foyer_sk", app.id)) })],
    ["another app's API key", () => ({ headers: byKey(otherApp.apiKey) })],
    ["another app's client", () => ({ headers: basic(foreign) })],
    ["the token as its own credential", () => ({ headers: byKey(tokens.access_token) })],
  ])("rejects %s", async (_, who) => {
    const { headers, form } = who();
    const answer = await send(`/o/${app.id}/introspect`, {
      form: { token: tokens.access_token, ...form },
      headers,
      ip: newIpAddress(),
    });
    expectOAuthError(answer, 401, "invalid_client");
    expect(answer.headers.get("www-authenticate")).toBeTruthy();
  });

  it("rejects a revoked API key immediately", async () => {
    const key = await anotherKey(app, { revokedAt: new Date() });
    const answer = await send(`/o/${app.id}/introspect`, {
      form: { token: "x" },
      headers: byKey(key),
      ip: newIpAddress(),
    });
    expectOAuthError(answer, 401, "invalid_client");
  });

  it("counts failed API keys by IP address", async () => {
    const ip = newIpAddress();
    const guess = () =>
      send("/o/introspect", { form: { token: "x" }, headers: byKey(newSecretToken("foyer_sk", app.id)), ip });
    for (let count = 0; count < 60; count++) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
  });
});

it("the introspection endpoint rejects a request without a token, or with two, with 400 invalid_request", async () => {
  const headers = basic(client);
  for (const token of [undefined, "", ["a", "b"]])
    expectOAuthError(await send("/o/introspect", { form: { token }, headers }), 400, "invalid_request");
});
