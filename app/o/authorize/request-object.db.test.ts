/** Signed authorization requests (RFC 9101, OIDC Core §6.1), at authorize and par. */
import { createHmac } from "node:crypto";
import { decodeJwt } from "jose";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { freezeClock, now, nowSeconds } from "@/lib/clock";
import { JWS_ALGS } from "@/lib/crypto/public-jwk";
import { db } from "@/lib/database/client";
import {
  assertion,
  assertionClaims,
  type KeyClient,
  postSigned,
  readVectors,
  requestClaims,
  requestObject,
  signJws,
  someKey,
  someKeyClient,
} from "@/test/support/client-keys";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  allow,
  authorize,
  authorizeFields,
  Browser,
  changeClient,
  encode,
  expectOAuthError,
  interactionOf,
  locationOf,
  REDIRECT_URI,
  screenOf,
  send,
  someClient,
  VERIFIER,
} from "@/test/support/oauth";

let app: TestApp;
let otherApp: TestApp;
let client: KeyClient;
let neighbor: KeyClient;
/** Signed in, with a consent for the clients. */
let bob: Browser;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
  [client, neighbor] = [await someKeyClient(app), await someKeyClient(app)];
  bob = new Browser(app);
  await authorize(bob, client);
  await authorize(bob, neighbor);
});
afterEach(() => freezeClock(null));

type Fields = Record<string, string | string[] | undefined>;

function url(of: KeyClient, request: string, outside: Fields = {}): string {
  return `/o/${of.app.id}/authorize?${encode({ client_id: of.id, request, ...outside })}`;
}

function open(request: string, outside: Fields = {}, of = client) {
  return bob.open(url(of, request, outside));
}

function parametersOf(answer: Awaited<ReturnType<typeof send>>): Record<string, string> {
  const location = locationOf(answer);
  expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI);
  return Object.fromEntries(location.searchParams);
}

describe("a request object", () => {
  it.each(JWS_ALGS)("signed with %s authorizes the client", async (alg) => {
    const one = await someKeyClient(app, { first_party: true }, someKey(alg));
    const parameters = parametersOf(await open(requestObject(one), {}, one));
    expect(parameters).toMatchObject({ code: expect.any(String), state: "the-state", iss: app.issuer });
  });

  it.each<[string, object, object]>([
    ["without typ", {}, { typ: undefined }],
    ["with the typ JWT", {}, { typ: "JWT" }],
    ["with the whole media type", {}, { typ: "application/oauth-authz-req+jwt" }],
    ["with the issuer in a list as aud", { aud: ["https://other.example", "ISSUER"] }, {}],
    ["without iss", { iss: undefined }, {}],
    ["without client_id", { client_id: undefined }, {}],
    ["with a number as max_age", { max_age: 86_400 }, {}],
    ["with an object as claims", { claims: { userinfo: { email: null } } }, {}],
    ["with text as claims", { claims: '{"userinfo":{"email":null}}' }, {}],
    ["that is almost an hour old", { nbf: nowSeconds() - 3500, exp: nowSeconds() + 90 }, {}],
    ["with jti and iat", { jti: "j", iat: nowSeconds() }, {}],
  ])("%s is accepted", async (_, claims, header) => {
    const changes = { ...claims, ...("aud" in claims && { aud: ["https://other.example", app.issuer] }) };
    expect(parametersOf(await open(requestObject(client, changes, header)))).toHaveProperty("code");
  });

  it("may be repeated outside with the same values", async () => {
    expect(parametersOf(await open(requestObject(client), authorizeFields(client)))).toHaveProperty("code");
  });

  it("determines the request alone: parameters that are only outside don't count", async () => {
    const parameters = parametersOf(await open(requestObject(client, { state: undefined }), { state: "outside" }));
    expect(parameters).toHaveProperty("code");
    expect(parameters).not.toHaveProperty("state");
  });

  it("works with response_mode inside", async () => {
    const answer = await open(requestObject(client, { response_mode: "fragment" }));
    expect(locationOf(answer).hash).toMatch(/code=/);
  });

  it("is verified once: it may expire while the user signs in", async () => {
    const carol = new Browser(app);
    const first = await carol.open(url(client, requestObject(client)));
    expect(screenOf(first)).toBe("signin");
    await carol.signUp(interactionOf(first));
    freezeClock(new Date(now().getTime() + 1200_000));
    expect(parametersOf(await allow(carol, interactionOf(first)))).toMatchObject({
      code: expect.any(String),
      state: "the-state",
    });
  });

  it("can be sent by POST", async () => {
    const posted = await bob.open(`/o/${app.id}/authorize`, {
      form: { client_id: client.id, request: requestObject(client) },
    });
    expect(parametersOf(await bob.open(locationOf(posted).href))).toHaveProperty("code");
  });

  it("may name several resources (RFC 8707 §2)", async () => {
    const resources = ["https://photos.example/api", "https://prints.example/api"];
    for (const identifier of resources)
      expect((await manage(app, "POST", "/resources", { body: { identifier, name: "API" } })).status).toBe(201);
    const { code = "" } = parametersOf(await open(requestObject(client, { resource: resources, scope: "openid" })));
    const form = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
    const { body } = await postSigned(client, "token", form);
    expect(decodeJwt(body.access_token).aud).toEqual(expect.arrayContaining(resources));
    const changed = await open(requestObject(client, { resource: resources }), { resource: resources[0] });
    expect(parametersOf(changed)).toMatchObject({ error: "invalid_request_object" });
  });

  it("can be pushed (RFC 9126 §3)", async () => {
    const answer = await postSigned(client, "par", { request: requestObject(client) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    const query = encode({ client_id: client.id, request_uri: answer.body.request_uri });
    expect(parametersOf(await bob.open(`/o/${app.id}/authorize?${query}`))).toMatchObject({
      code: expect.any(String),
      state: "the-state",
    });
  });
});

const CASES: [string, () => string, Fields?][] = [
  ["without aud", () => requestObject(client, { aud: undefined })],
  ["for another issuer", () => requestObject(client, { aud: otherApp.issuer })],
  ["for a list without the issuer", () => requestObject(client, { aud: [otherApp.issuer] })],
  ["for the token endpoint", () => requestObject(client, { aud: `${app.issuer}/token` })],
  ["without exp", () => requestObject(client, { exp: undefined })],
  ["without nbf", () => requestObject(client, { nbf: undefined })],
  ["with text as exp", () => requestObject(client, { exp: "soon" })],
  ["that has expired", () => requestObject(client, { nbf: nowSeconds() - 300, exp: nowSeconds() - 90 })],
  ["with nbf in the future", () => requestObject(client, { nbf: nowSeconds() + 120 })],
  [
    "that is more than 60 minutes old",
    () => requestObject(client, { nbf: nowSeconds() - 3700, exp: nowSeconds() - 100 + 200 }),
  ],
  ["that is valid for more than 60 minutes", () => requestObject(client, { exp: nowSeconds() + 3700 })],
  ["with another client_id", () => requestObject(client, { client_id: neighbor.id })],
  ["with another client as iss", () => requestObject(client, { iss: neighbor.id })],
  ["with the client as sub (RFC 9101 §10.8)", () => requestObject(client, { sub: client.id })],
  ["that is nested", () => requestObject(client, { request: requestObject(client) })],
  ["with an empty nested one", () => requestObject(client, { request: "" })],
  ["with a request_uri", () => requestObject(client, { request_uri: "urn:ietf:params:oauth:request_uri:par_x" })],
  ["with alg none", () => requestObject(client, {}, { alg: "none" }).replace(/[^.]*$/, "")],
  ["with HS256 and the public key as its secret", hmac],
  ["signed by another client's key", () => signJws(neighbor.key, requestClaims(client))],
  [
    "signed by another key with its kid",
    () => signJws(someKey("ES256", { kid: client.key.jwk.kid }), requestClaims(client)),
  ],
  [
    "with its key in the header",
    () => signJws(neighbor.key, requestClaims(client), { jwk: neighbor.key.jwk, kid: undefined }),
  ],
  ["with an unknown kid", () => requestObject(client, {}, { kid: "unknown" })],
  ["without a signature", () => requestObject(client).replace(/[^.]*$/, "")],
  ["with a fourth part", () => `${requestObject(client)}.e30`],
  ["with padding", () => `${requestObject(client)}=`],
  ["with crit", () => requestObject(client, {}, { crit: ["exp"] })],
  ["with the typ of an assertion", () => requestObject(client, {}, { typ: "client-authentication+jwt" })],
  ["that is an assertion", () => assertion(client)],
  ["that is no JWT", () => "request"],
  ["with a boolean parameter", () => requestObject(client, { state: true })],
  ["with a list as state", () => requestObject(client, { state: ["a", "b"] })],
  ["with null as state", () => requestObject(client, { state: null })],
  ["with NUL", () => requestObject(client, { state: "a\0b" })],
  ["with a lone surrogate", () => requestObject(client, { state: "\ud800" })],
  ["with another state outside", () => requestObject(client), { state: "other" }],
  ["with another scope outside", () => requestObject(client), { scope: "openid" }],
  ["with two redirect URIs outside", () => requestObject(client), { nonce: ["the-nonce", "the-nonce"] }],
];

function hmac(): string {
  const input = requestObject(client, {}, { alg: "HS256" }).replace(/\.[^.]*$/, "");
  return `${input}.${createHmac("sha256", JSON.stringify(client.key.jwk)).update(input).digest("base64url")}`;
}

describe("a request object, with invalid_request_object,", () => {
  it.each(CASES)("%s is rejected at the redirect URI of the request", async (_, jwt, outside = {}) => {
    const answer = await open(jwt(), { redirect_uri: REDIRECT_URI, ...outside });
    expect(answer.status).toBe(303);
    expect(parametersOf(answer)).toMatchObject({ error: "invalid_request_object", iss: app.issuer });
    expect(parametersOf(answer)).not.toHaveProperty("code");
  });

  it.each(CASES.filter(([, , outside]) => !outside?.nonce))("%s is rejected at par", async (_, jwt, outside = {}) => {
    expectOAuthError(await postSigned(client, "par", { request: jwt(), ...outside }), 400, "invalid_request_object");
  });

  const groups = readVectors("signature")?.filter(({ comment }) => comment === "SpecialCaseEs256");
  const special = groups?.flatMap(({ tests }) => tests.filter(({ result }) => result === "invalid")) ?? [];
  it.skipIf(special.length === 0)(
    "with a special signature of Wycheproof is rejected (absent without ../shared/vectors)",
    async () => {
      for (const { jws } of special) {
        const answer = await open(requestObject(client).replace(/[^.]*$/, jws.split(".")[2] ?? ""));
        expect(parametersOf(answer)).toMatchObject({ error: "invalid_request_object" });
      }
    },
  );

  it("sent twice is invalid_request (RFC 6749 §3.1)", async () => {
    const answer = await open("", { request: [requestObject(client), requestObject(client)] });
    expect(parametersOf(answer)).toMatchObject({ error: "invalid_request" });
  });

  it("with the state of the request", async () => {
    const answer = await open(requestObject(client, { aud: undefined }), {
      redirect_uri: REDIRECT_URI,
      state: "outside",
    });
    expect(parametersOf(answer)).toMatchObject({ error: "invalid_request_object", state: "outside" });
  });

  it("after the user has signed in (RFC 9700 §4.11.2)", async () => {
    const carol = new Browser(app);
    const first = await carol.open(url(client, requestObject(client, { aud: undefined })));
    expect(screenOf(first)).toBe("signin");
    expect(parametersOf(await carol.signUp(interactionOf(first)))).toMatchObject({ error: "invalid_request_object" });
  });

  it("leaves an event with the reason", async () => {
    const own = await someKeyClient(app, { first_party: true });
    await open(requestObject(own, {}, { kid: "of-yesterday" }), {}, own);
    const events = await db().auditEvent.findMany({
      where: { appId: app.id, clientId: own.id, type: "oauth.rejected" },
    });
    expect(events).toMatchObject([
      { reason: "invalid_request_object", explanation: { problem: "No key of the client has the kid of-yesterday" } },
    ]);
  });
});

describe("a request object, on a page without redirect,", () => {
  async function expectPage(address: string) {
    const answer = await bob.open(address);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  }

  it("is rejected without client_id outside (RFC 9101 §5)", () =>
    expectPage(url(client, requestObject(client), { client_id: undefined })));
  it("is rejected for an unknown client", () =>
    expectPage(url(client, requestObject(client), { client_id: "cli_unknown" })));
  it("is rejected with an unregistered redirect_uri inside", () =>
    expectPage(url(client, requestObject(client, { redirect_uri: "https://evil.example/cb" }))));
  it("is rejected with an unregistered redirect_uri outside of an invalid one", () =>
    expectPage(url(client, requestObject(client, { aud: undefined }), { redirect_uri: "https://evil.example/cb" })));
  it("is rejected at the issuer of another app", () =>
    expectPage(url(client, requestObject(client)).replace(app.id, otherApp.id)));
});

describe("the settings of a client", () => {
  it("may require one algorithm", async () => {
    const [es, ed] = [someKey("ES256"), someKey("EdDSA")];
    const input = { jwks: { keys: [es.jwk, ed.jwk] }, request_object_signing_alg: "EdDSA" as const, first_party: true };
    const pinned = await someKeyClient(app, input, ed);
    expect(parametersOf(await open(requestObject(pinned), {}, pinned))).toHaveProperty("code");
    const answer = await open(requestObject({ ...pinned, key: es }), {}, pinned);
    expect(parametersOf(answer)).toMatchObject({ error: "invalid_request_object" });
  });

  it("may require signed requests, also pushed ones", async () => {
    const strict = await someKeyClient(app, { require_signed_request_object: true, first_party: true });
    expect(parametersOf(await open(requestObject(strict), {}, strict))).toHaveProperty("code");
    const plain = await bob.open(`/o/${app.id}/authorize?${encode(authorizeFields(strict))}`);
    expect(parametersOf(plain)).toMatchObject({ error: "invalid_request" });
    expectOAuthError(await postSigned(strict, "par", authorizeFields(strict)), 400, "invalid_request");
    const { body } = await postSigned(strict, "par", { request: requestObject(strict) });
    const query = encode({ client_id: strict.id, request_uri: body.request_uri });
    expect(parametersOf(await bob.open(`/o/${app.id}/authorize?${query}`))).toHaveProperty("code");
  });

  it("without keys reject every request object", async () => {
    const plain = { ...(await someClient(app, { first_party: true })), key: someKey() };
    expect(parametersOf(await open(requestObject(plain), {}, plain))).toMatchObject({
      error: "invalid_request_object",
    });
  });

  it("let public clients sign too", async () => {
    const key = someKey();
    const spa = { ...(await someClient(app, { public: true, first_party: true, jwks: { keys: [key.jwk] } })), key };
    expect(parametersOf(await open(requestObject(spa), {}, spa))).toHaveProperty("code");
  });

  it("reject the old key as soon as it is replaced", async () => {
    const own = await someKeyClient(app, { first_party: true });
    const key = someKey();
    await changeClient(own, { jwks: { keys: [key.jwk] } });
    expect(parametersOf(await open(requestObject(own), {}, own))).toMatchObject({ error: "invalid_request_object" });
    expect(parametersOf(await open(requestObject({ ...own, key }), {}, own))).toHaveProperty("code");
  });
});

it("a request object doesn't authenticate the client (RFC 8725 §3.11)", async () => {
  const claims = {
    ...assertionClaims(client),
    ...requestClaims(client),
    aud: app.issuer,
    sub: client.id,
    iss: client.id,
  };
  const form = {
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  };
  const jwt = signJws(client.key, claims, { typ: "oauth-authz-req+jwt" });
  expectOAuthError(
    await send(`/o/${app.id}/token`, { form: { ...form, client_assertion: jwt } }),
    401,
    "invalid_client",
  );
});
