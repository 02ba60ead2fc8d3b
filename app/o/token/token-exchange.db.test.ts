/** Token exchange (RFC 8693). */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { deleteClient } from "@/lib/oauth/clients/clients";
import { disconnectClient } from "@/lib/oauth/revoke-grant";
import { proofFor, someDpopKey } from "@/test/support/dpop";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  Browser,
  exchangeFields,
  expectOAuthError,
  getCode,
  getTokens,
  grantOf,
  OPENID,
  OPERATOR,
  post,
  refreshTokens,
  send,
  someClient,
  someScopes,
  type TestClient,
} from "@/test/support/oauth";

const GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const JWT = "urn:ietf:params:oauth:token-type:jwt";
const SCOPES = `${OPENID} photos:read photos:write`.split(" ");

let app: TestApp;
let web: TestClient;
let gateway: TestClient;
let bob: Browser;
let subject: string;

async function someGateway(of = app): Promise<TestClient> {
  return someClient(of, { grant_types: [GRANT], redirect_uris: [], scopes: SCOPES });
}

beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  web = await someClient(app, { scopes: SCOPES });
  gateway = await someGateway();
  bob = new Browser(app);
  subject = await userToken();
});

async function userToken(scope = "openid email photos:read"): Promise<string> {
  return (await getTokens(web, bob, { scope })).access_token;
}

interface Options {
  by?: TestClient;
  dpop?: string;
}

function exchange(
  token: string,
  fields: Record<string, string | undefined> = {},
  { by = gateway, dpop }: Options = {},
) {
  const form = { grant_type: GRANT, subject_token: token, subject_token_type: ACCESS_TOKEN, ...fields };
  return post(by, "token", form, dpop === undefined ? {} : { dpop });
}

async function exchanged(token: string, fields: Record<string, string | undefined> = {}, options: Options = {}) {
  const answer = await exchange(token, fields, options);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.access_token as string;
}

async function isActive(token: string): Promise<boolean> {
  const introspected = await send("/o/introspect", { form: { token }, bearer: app.apiKey });
  const { status } = await send("/o/userinfo", { bearer: token });
  expect(status).toBe(introspected.body.active ? 200 : 401);
  return introspected.body.active;
}

describe("a token exchange", () => {
  it("returns a token of the same user for the exchanging client", async () => {
    const { status, body, headers } = await exchange(subject);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      issued_token_type: ACCESS_TOKEN,
      token_type: "Bearer",
      expires_in: expect.any(Number),
      scope: "openid email photos:read",
    });
    expect(headers.get("cache-control")).toBe("no-store");
    const [before, after] = [decodeJwt(subject), decodeJwt(body.access_token)];
    const { sub, sid, auth_time, acr, amr, aud, iss, gid } = before;
    expect(after).toMatchObject({ sub, sid, auth_time, acr, amr, aud, iss, gid, client_id: gateway.id });
    expect(after.act).toEqual({ sub: gateway.id });
    expect(after.jti).not.toBe(before.jti);
    expect(after.exp).toBeLessThanOrEqual(before.exp ?? 0);
    const me = await send("/o/userinfo", { bearer: body.access_token });
    expect(me.body).toMatchObject({ sub, email: bob.email });
    const introspected = await post(gateway, "introspect", { token: body.access_token });
    expect(introspected.body).toMatchObject({ active: true, client_id: gateway.id, sub, act: { sub: gateway.id } });
  });

  it("never extends the lifetime, whatever the client's setting", async () => {
    const long = await someClient(app, {
      grant_types: [GRANT],
      redirect_uris: [],
      scopes: SCOPES,
      access_token_ttl_seconds: 86_400,
    });
    expect(decodeJwt(await exchanged(subject, {}, { by: long })).exp).toBe(decodeJwt(subject).exp);
    const short = await someClient(app, {
      grant_types: [GRANT],
      redirect_uris: [],
      scopes: SCOPES,
      access_token_ttl_seconds: 60,
    });
    const { body } = await exchange(subject, {}, { by: short });
    expect(body.expires_in).toBe(60);
  });

  it("narrows the scopes, and never widens them", async () => {
    expect((await exchange(subject, { scope: "photos:read" })).body.scope).toBe("photos:read");
    for (const scope of ["photos:write", "photos:read photos:write", "photos:read profile", "nope", "a  b", '"'])
      expectOAuthError(await exchange(subject, { scope }), 400, "invalid_scope");
  });

  it("gives only the scopes that the exchanging client may request", async () => {
    const reader = await someClient(app, { grant_types: [GRANT], redirect_uris: [], scopes: ["photos:read"] });
    expect((await exchange(subject, {}, { by: reader })).body.scope).toBe("photos:read");
    expectOAuthError(await exchange(subject, { scope: "email" }, { by: reader }), 400, "invalid_scope");
    const none = await someClient(app, { grant_types: [GRANT], redirect_uris: [], scopes: ["photos:write"] });
    expectOAuthError(await exchange(subject, {}, { by: none }), 400, "invalid_scope");
  });

  it("knows both names of an access token, and no other type", async () => {
    const { body } = await exchange(subject, { subject_token_type: JWT, requested_token_type: JWT });
    expect(body.issued_token_type).toBe(JWT);
    expect((await exchange(subject, { requested_token_type: ACCESS_TOKEN })).body.issued_token_type).toBe(ACCESS_TOKEN);
    for (const type of ["refresh_token", "id_token", "saml2"].map(
      (name) => `urn:ietf:params:oauth:token-type:${name}`,
    )) {
      expectOAuthError(await exchange(subject, { requested_token_type: type }), 400, "invalid_request");
      expectOAuthError(await exchange(subject, { subject_token_type: type }), 400, "invalid_request");
    }
  });

  it("needs one subject_token and its type", async () => {
    expectOAuthError(await exchange(subject, { subject_token_type: undefined }), 400, "invalid_request");
    for (const token of ["", "x", subject.slice(0, -3), "a".repeat(9000), "\0"])
      expectOAuthError(await exchange(token), 400, "invalid_request");
    const form = { grant_type: GRANT, subject_token: [subject, subject], subject_token_type: ACCESS_TOKEN };
    expectOAuthError(await post(gateway, "token", form), 400, "invalid_request");
  });

  it("rejects every other kind of token as a subject", async () => {
    const machine = await someClient(app, {
      grant_types: ["client_credentials"],
      redirect_uris: [],
      scopes: ["photos:read"],
    });
    const own = await post(machine, "token", { grant_type: "client_credentials" });
    const tokens = await getTokens(web, bob);
    const direct = await someSession(app.id);
    for (const token of [own.body.access_token, tokens.id_token, tokens.refresh_token, direct.token, app.apiKey])
      expectOAuthError(await exchange(token), 400, "invalid_request");
  });

  it("rejects the token of another app, and the client of another app", async () => {
    const otherApp = await someApp();
    await someScopes(otherApp);
    const foreign = await getTokens(await someClient(otherApp));
    expectOAuthError(await exchange(foreign.access_token), 400, "invalid_request");
    expectOAuthError(await exchange(subject, {}, { by: await someGateway(otherApp) }), 400, "invalid_request");
    const audience = await exchange(subject, { audience: "https://elsewhere.example" });
    expectOAuthError(audience, 400, "invalid_target");
  });

  it("is only for clients that have the grant type and a secret", async () => {
    expectOAuthError(await exchange(subject, {}, { by: web }), 400, "unauthorized_client");
    await expect(someClient(app, { public: true, grant_types: ["authorization_code", GRANT] })).rejects.toThrow(
      "requires a client with a secret",
    );
    expectOAuthError(await exchange(subject, {}, { by: { ...gateway, secret: "wrong" } }), 401, "invalid_client");
  });

  it("may happen twenty times at once with one subject token", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(subject)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(answers.map(({ body }) => decodeJwt(body.access_token).jti)).size).toBe(20);
  });
});

describe("the actor of an exchanged token (RFC 8693 §4.1)", () => {
  it("is the subject of the actor_token", async () => {
    const alice = new Browser(app);
    const actor = (await getTokens(web, alice)).access_token;
    const token = await exchanged(subject, { actor_token: actor, actor_token_type: ACCESS_TOKEN });
    expect(decodeJwt(token)).toMatchObject({ sub: await bob.userId(), act: { sub: await alice.userId() } });
  });

  it("may be a client with its own token", async () => {
    const machine = await someClient(app, {
      grant_types: ["client_credentials"],
      redirect_uris: [],
      scopes: ["photos:read"],
    });
    const own = await post(machine, "token", { grant_type: "client_credentials" });
    const token = await exchanged(subject, { actor_token: own.body.access_token, actor_token_type: JWT });
    expect(decodeJwt(token).act).toEqual({ sub: machine.id });
  });

  it("is rejected without its type, without its token, and if its token isn't active", async () => {
    expectOAuthError(await exchange(subject, { actor_token: subject }), 400, "invalid_request");
    expectOAuthError(await exchange(subject, { actor_token_type: ACCESS_TOKEN }), 400, "invalid_request");
    const fields = { actor_token: "x", actor_token_type: ACCESS_TOKEN };
    expectOAuthError(await exchange(subject, fields), 400, "invalid_request");
    const foreign = await getTokens(await someClient(await someApp()));
    expectOAuthError(await exchange(subject, { ...fields, actor_token: foreign.access_token }), 400, "invalid_request");
  });

  it("is nested at most three deep, the newest outside", async () => {
    const chain = [gateway, await someGateway(), await someGateway()];
    let token = subject;
    for (const by of chain) token = await exchanged(token, {}, { by });
    const [first, second, third] = chain.map(({ id }) => id);
    expect(decodeJwt(token).act).toEqual({ sub: third, act: { sub: second, act: { sub: first } } });
    expectOAuthError(await exchange(token), 400, "invalid_request");
    expect(await isActive(token)).toBe(true);
  });
});

describe("the resource of an exchanged token (RFC 8707)", () => {
  let own: TestApp;
  let from: TestClient;
  let to: TestClient;
  let token: string;
  const resource = (identifier: string, more = {}) =>
    manage(own, "POST", "/resources", { body: { identifier, name: "API", ...more } });
  const ask = (fields: Record<string, string | string[] | undefined>) => {
    const form = { grant_type: GRANT, subject_token: token, subject_token_type: ACCESS_TOKEN, ...fields };
    return post(to, "token", form);
  };

  beforeAll(async () => {
    own = await someApp();
    await someScopes(own);
    [from, to] = [await someClient(own, { scopes: SCOPES }), await someGateway(own)];
    expect((await resource("https://photos.example", { scopes: ["photos:read"] })).status).toBe(201);
    expect((await resource("https://mail.example", { access_token_ttl_seconds: 60 })).status).toBe(201);
    const issuer = own.issuer;
    const wanted = { scope: "openid email photos:read", resource: [issuer, "https://photos.example"] };
    token = (await getTokens(from, new Browser(own), wanted)).access_token;
  });

  it("is one that is registered, with the scopes that belong to it", async () => {
    const { body } = await ask({ resource: "https://photos.example" });
    expect(body.scope).toBe("photos:read");
    expect(decodeJwt(body.access_token).aud).toBe("https://photos.example");
    expect((await send("/o/userinfo", { bearer: body.access_token })).status).toBe(401);
    const form = { token: body.access_token };
    const introspected = await send("/o/introspect", { form, bearer: own.apiKey });
    expect(introspected.body).toMatchObject({ active: true, aud: "https://photos.example" });
    const both = await ask({ resource: [own.issuer, "https://photos.example"] });
    expect(decodeJwt(both.body.access_token).aud).toEqual([own.issuer, "https://photos.example"]);
  });

  it("has the lifetime of the resource, and never more than that of the subject", async () => {
    expect((await ask({ resource: "https://mail.example" })).body.expires_in).toBe(60);
  });

  it("is the issuer without the parameter", async () => {
    const { body } = await ask({});
    expect(decodeJwt(body.access_token).aud).toBe(own.issuer);
    expect(body.scope).toBe("openid email");
  });

  it("is rejected if it is unknown, relative or of another app", async () => {
    for (const one of ["https://nope.example", "photos", "https://photos.example/#a"])
      expectOAuthError(await ask({ resource: one }), 400, "invalid_target");
    expectOAuthError(await exchange(subject, { resource: "https://photos.example" }), 400, "invalid_target");
  });

  it("is the default resource, beside the issuer for the scope openid", async () => {
    expect((await resource("https://default.example", { default: true })).status).toBe(201);
    expect(decodeJwt((await ask({})).body.access_token).aud).toEqual(["https://default.example", own.issuer]);
  });
});

describe("an exchanged token", () => {
  it("gives no claims that the other client requested individually", async () => {
    const claims = JSON.stringify({ userinfo: { email: null } });
    const { access_token } = await getTokens(web, bob, { scope: "openid", claims });
    const me = (token: string) => send("/o/userinfo", { bearer: token });
    expect((await me(access_token)).body.email).toBe(bob.email);
    expect((await me(await exchanged(access_token))).body).not.toHaveProperty("email");
  });

  it("has the custom claims of its user", async () => {
    const own = await someApp();
    await someScopes(own);
    const [from, to] = [await someClient(own), await someGateway(own)];
    const body = { name: "plan", source: { constant: "pro" }, targets: ["access_token"] };
    expect((await manage(own, "POST", "/claims", { body })).status).toBe(201);
    const { access_token } = await getTokens(from, new Browser(own));
    expect(decodeJwt(await exchanged(access_token, {}, { by: to })).plan).toBe("pro");
  });

  it("has the subject of the original token, also if that is pairwise", async () => {
    const pairwise = await someClient(app, { subject_type: "pairwise" });
    const { access_token } = await getTokens(pairwise, bob);
    const { sub } = decodeJwt(access_token);
    expect(sub).not.toBe(await bob.userId());
    const token = await exchanged(access_token);
    expect(decodeJwt(token).sub).toBe(sub);
    expect((await send("/o/userinfo", { bearer: token })).body.sub).toBe(sub);
    expect(await isActive(token)).toBe(true);
  });

  it("ends with the grant of the original token, however it ends", async () => {
    const ends: ((tokens: { access_token: string; refresh_token: string }) => Promise<unknown>)[] = [
      ({ access_token }) => post(web, "revoke", { token: access_token }),
      ({ refresh_token }) => post(web, "revoke", { token: refresh_token }),
      async () => disconnectClient(app.id, await bob.userId(), web.id, OPERATOR),
    ];
    for (const end of ends) {
      const tokens = await getTokens(web, bob, { scope: OPENID });
      const token = await exchanged(tokens.access_token);
      const second = await exchanged(token, {}, { by: await someGateway() });
      expect([await isActive(token), await isActive(second)]).toEqual([true, true]);
      await end(tokens);
      expect([await isActive(token), await isActive(second)]).toEqual([false, false]);
      expectOAuthError(await exchange(tokens.access_token), 400, "invalid_request");
      expectOAuthError(await exchange(token), 400, "invalid_request");
    }
    subject = await userToken();
  });

  it("is revoked alone by its client: the user's grant stays", async () => {
    const tokens = await getTokens(web, bob, { scope: OPENID });
    const [token, other] = [await exchanged(tokens.access_token), await exchanged(tokens.access_token)];
    expect((await post(gateway, "revoke", { token })).status).toBe(200);
    expect(await isActive(token)).toBe(false);
    expectOAuthError(await exchange(token), 400, "invalid_request");
    expect([await isActive(other), await isActive(tokens.access_token)]).toEqual([true, true]);
    expect((await grantOf(web, tokens.access_token)).revokedAt).toBeNull();
    expect((await refreshTokens(web, tokens.refresh_token)).status).toBe(200);
  });

  it("is not for the original token's client to revoke or to introspect", async () => {
    const token = await exchanged(subject);
    expect((await post(web, "revoke", { token })).status).toBe(200);
    expect((await post(web, "introspect", { token })).body).toEqual({ active: false });
    expect(await isActive(token)).toBe(true);
  });

  it("ends when the exchanging client is deleted", async () => {
    const by = await someGateway();
    const token = await exchanged(subject, {}, { by });
    expect(await isActive(token)).toBe(true);
    await deleteClient(app.id, by.id, OPERATOR);
    expect(await isActive(token)).toBe(false);
    expect(await isActive(subject)).toBe(true);
  });

  it("is bound to the exchanger's key, not to that of the subject token", async () => {
    const [own, theirs] = [someDpopKey(), someDpopKey()];
    const url = `/o/${app.id}/token`;
    const code = await getCode(bob, web, { scope: OPENID });
    const bound = (await post(web, "token", exchangeFields(web, code), { dpop: proofFor(theirs, url) })).body
      .access_token;
    const { body } = await exchange(bound, {}, { dpop: proofFor(own, url) });
    expect(body.token_type).toBe("DPoP");
    expect(decodeJwt(body.access_token).cnf).toEqual({ jkt: own.jkt });
    const unbound = await exchange(bound);
    expect(unbound.body.token_type).toBe("Bearer");
    expect(decodeJwt(unbound.body.access_token)).not.toHaveProperty("cnf");
  });
});
