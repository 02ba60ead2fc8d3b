/** Client authentication with private_key_jwt (RFC 7521 §4.2, RFC 7523 §3). */
import { createHmac, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { nowSeconds } from "@/lib/clock";
import { JWS_ALGS } from "@/lib/crypto/public-jwk";
import { db } from "@/lib/database/client";
import { createScope } from "@/lib/oauth/scopes/scopes";
import {
  ASSERTION_TYPE,
  assertion,
  assertionClaims,
  type KeyClient,
  postSigned,
  readVectors,
  signJws,
  someKey,
  someKeyClient,
  withAssertion,
} from "@/test/support/client-keys";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  changeClient,
  expectOAuthError,
  getTokens,
  OPERATOR,
  randomText,
  send,
  someClient,
  type TestClient,
} from "@/test/support/oauth";

const MACHINE = { grant_type: "client_credentials", scope: "photos:read" };

let app: TestApp;
let otherApp: TestApp;
let client: KeyClient;
let neighbor: KeyClient;
beforeAll(async () => {
  [app, otherApp] = [await someApp(), await someApp()];
  for (const { id } of [app, otherApp]) await addScope(id);
  client = await machine(app);
  neighbor = await machine(app);
});

async function addScope(appId: string) {
  const scope = { name: "photos:read", description: "See your photos", sensitive: false, optional: false };
  await createScope(appId, scope, OPERATOR);
}

function machine(of: TestApp, input = {}, key = someKey()) {
  return someKeyClient(of, { scopes: ["openid", "photos:read"], ...input }, key);
}

function ask(jwt: string, { at = `/o/${app.id}/token`, form = {} as Record<string, string | undefined> } = {}) {
  return send(at, { form: { ...MACHINE, ...withAssertion(jwt), ...form } });
}

describe("private_key_jwt", () => {
  it.each(JWS_ALGS)("authenticates a client with a key for %s", async (alg) => {
    const one = await machine(app, {}, someKey(alg));
    expect((await ask(assertion(one))).status).toBe(200);
  });

  it.each<[string, object, object, string?]>([
    ["with the issuer as aud", {}, {}],
    ["with the URL of the token endpoint as aud", { aud: "ISSUER/token" }, {}],
    ["with the short URL of the token endpoint as aud", { aud: `${TEST_PUBLIC_URL}/o/token` }, {}],
    ["that was called at its short URL", {}, {}, "/o/token"],
    ["without kid", {}, { kid: undefined }],
    ["without iat", { iat: undefined }, {}],
    ["with the typ of RFC 7523bis", {}, { typ: "client-authentication+jwt" }],
    ["with the longest lifetime", { exp: nowSeconds() + 595 }, {}],
    ["that expired within the leeway of clocks", { exp: nowSeconds() - 20 }, {}],
  ])("accepts an assertion %s", async (_, claims, header, at) => {
    const named = JSON.parse(JSON.stringify(claims).replace("ISSUER", client.app.issuer));
    const answer = await ask(
      signJws(client.key, { ...assertionClaims(client), ...undefinedKept(claims), ...named }, header),
      { at },
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  });

  it("accepts the parameter client_id beside it, and not another one", async () => {
    expect((await ask(assertion(client), { form: { client_id: client.id } })).status).toBe(200);
    expectOAuthError(await ask(assertion(client), { form: { client_id: neighbor.id } }), 400, "invalid_request");
  });

  it("gives the client no secret", async () => {
    expect(client.secret).toBeNull();
    expect(await db().clientSecret.count({ where: { appId: app.id, clientId: client.id } })).toBe(0);
  });

  it("works at the endpoints where clients authenticate", async () => {
    const web = await someKeyClient(app);
    expect((await postSigned(web, "introspect", { token: "x" })).body).toEqual({ active: false });
    expect((await postSigned(web, "revoke", { token: "x" })).status).toBe(200);
    const device = await machine(app, { grant_types: ["urn:ietf:params:oauth:grant-type:device_code"] });
    expect((await postSigned(device, "device_authorization", {})).status).toBe(200);
    const pushed = await postSigned(web, "par", { response_type: "code", redirect_uri: web.redirectUri });
    expect(pushed.status).toBe(201);
  });
});

/** JSON drops undefined, which removes a claim. */
function undefinedKept(claims: object): object {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value === undefined));
}

describe("an assertion, with 401 invalid_client,", () => {
  const later = () => nowSeconds() + 60;
  const cases: [string, () => string][] = [
    ["with the issuer of another app as aud", () => assertion(client, { aud: otherApp.issuer })],
    ["with the issuer in an array as aud", () => assertion(client, { aud: [client.app.issuer] })],
    [
      "with the issuer and another one as aud",
      () => assertion(client, { aud: [client.app.issuer, "https://rs.example"] }),
    ],
    ["with the issuer and a slash as aud", () => assertion(client, { aud: `${client.app.issuer}/` })],
    ["with the issuer in upper case as aud", () => assertion(client, { aud: client.app.issuer.toUpperCase() })],
    ["with another endpoint as aud", () => assertion(client, { aud: `${client.app.issuer}/par` })],
    ["with the token endpoint of another app as aud", () => assertion(client, { aud: `${otherApp.issuer}/token` })],
    ["without aud", () => assertion(client, { aud: undefined })],
    ["with an object as aud", () => assertion(client, { aud: { a: 1 } })],
    ["that has expired", () => assertion(client, { exp: nowSeconds() - 61 })],
    ["that expires in 11 minutes", () => assertion(client, { exp: nowSeconds() + 660 })],
    ["that expires in a year", () => assertion(client, { exp: nowSeconds() + 365 * 86_400 })],
    ["without exp", () => assertion(client, { exp: undefined })],
    ["with text as exp", () => assertion(client, { exp: String(later()) })],
    ["with an infinite exp", () => signRaw('"exp":1e999')],
    ["with nbf in the future", () => assertion(client, { nbf: nowSeconds() + 120 })],
    ["with iat in the future", () => assertion(client, { iat: nowSeconds() + 120 })],
    ["with text as iat", () => assertion(client, { iat: "now" })],
    ["without jti", () => assertion(client, { jti: undefined })],
    ["with an empty jti", () => assertion(client, { jti: "" })],
    ["with a number as jti", () => assertion(client, { jti: 7 })],
    ["with a huge jti", () => assertion(client, { jti: "j".repeat(600) })],
    ["without iss", () => assertion(client, { iss: undefined })],
    ["without sub", () => assertion(client, { sub: undefined })],
    ["with another client as iss", () => assertion(client, { iss: neighbor.id })],
    ["with another client as sub", () => assertion(client, { sub: neighbor.id })],
    ["with another client as both", () => assertion(client, { iss: neighbor.id, sub: neighbor.id })],
    ["with an unknown client", () => assertion(client, { iss: "cli_x", sub: "cli_x" })],
    ["with a list as sub", () => assertion(client, { iss: [client.id], sub: [client.id] })],
    ["signed by another client's key", () => signJws(neighbor.key, assertionClaims(client))],
    [
      "signed by another key with its kid",
      () => signJws(someKey("ES256", { kid: client.key.jwk.kid }), assertionClaims(client)),
    ],
    ["with an unknown kid", () => assertion(client, {}, { kid: "unknown" })],
    ["with alg none", () => assertion(client, {}, { alg: "none" }).replace(/[^.]*$/, "")],
    ["with alg none and a signature", () => assertion(client, {}, { alg: "none" })],
    ["with HS256 and the public key as its secret", () => hmac(JSON.stringify(client.key.jwk))],
    ["with HS256 and the client ID as its secret", () => hmac(client.id)],
    [
      "with its own key in the header",
      () => signJws(neighbor.key, assertionClaims(client), { jwk: neighbor.key.jwk, kid: undefined }),
    ],
    ["with another alg than its signature", () => assertion(client, {}, { alg: "RS256" })],
    ["with crit", () => assertion(client, {}, { crit: ["exp"] })],
    ["with the typ of a request object", () => assertion(client, {}, { typ: "oauth-authz-req+jwt" })],
    ["with the typ of an access token", () => assertion(client, {}, { typ: "at+jwt" })],
    ["with a number as typ", () => assertion(client, {}, { typ: 7 })],
    ["without a signature", () => assertion(client).replace(/[^.]*$/, "")],
    ["with a fourth part", () => `${assertion(client)}.e30`],
    ["without a payload", () => assertion(client).replace(/\.[^.]*\./, "..")],
    ["with padding", () => `${assertion(client)}==`],
    ["with spaces", () => assertion(client).replace(".", ". ")],
    ["with a zero signature", () => assertion(client).replace(/[^.]*$/, Buffer.alloc(64).toString("base64url"))],
    [
      "with a DER signature's length",
      () => assertion(client).replace(/[^.]*$/, Buffer.alloc(70, 1).toString("base64url")),
    ],
    ["that is no JWT", () => "assertion"],
    ["that is JSON", () => JSON.stringify({ payload: "e30" })],
  ];

  function signRaw(member: string): string {
    const text = JSON.stringify(assertionClaims(client, { exp: undefined })).replace(/}$/, `,${member}}`);
    return signJws(client.key, text as unknown as object);
  }

  function hmac(secret: string): string {
    const input = assertion(client, {}, { alg: "HS256" }).replace(/\.[^.]*$/, "");
    return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
  }

  it.each(cases)("%s is rejected", async (_, jwt) => {
    expectOAuthError(await ask(jwt()), 401, "invalid_client");
  });

  const groups = readVectors("signature")?.filter(({ comment }) => comment === "SpecialCaseEs256");
  const special = groups?.flatMap(({ tests }) => tests.filter(({ result }) => result === "invalid")) ?? [];
  it.skipIf(special.length === 0)(
    "with a special signature of Wycheproof is rejected (absent without ../shared/vectors)",
    async () => {
      for (const { jws } of special) {
        const signature = jws.split(".")[2] ?? "";
        expectOAuthError(await ask(assertion(client).replace(/[^.]*$/, signature)), 401, "invalid_client");
      }
    },
  );

  it("of a client of another app is rejected", async () => {
    const foreign = await machine(otherApp);
    expectOAuthError(await ask(assertion(foreign)), 401, "invalid_client");
    expect((await ask(assertion(foreign), { at: "/o/token" })).status).toBe(200);
  });

  it("with the token endpoint as aud is rejected at other endpoints", async () => {
    const jwt = () => assertion(client, { aud: `${client.app.issuer}/token` });
    for (const endpoint of ["introspect", "revoke", "par"])
      expectOAuthError(await postSigned(client, endpoint, { token: "x" }, jwt()), 401, "invalid_client");
  });

  it("of a client with a secret is rejected", async () => {
    const web = await someClient(app, {
      grant_types: ["client_credentials"],
      redirect_uris: [],
      jwks: { keys: [client.key.jwk] },
    });
    expectOAuthError(await ask(assertion({ ...web, key: client.key })), 401, "invalid_client");
  });

  it("of a public client is rejected", async () => {
    const spa = await someClient(app, { public: true, jwks: { keys: [client.key.jwk] } });
    expectOAuthError(await ask(assertion({ ...spa, key: client.key })), 401, "invalid_client");
  });

  it("with another alg than token_endpoint_auth_signing_alg is rejected", async () => {
    const [es, ps] = [someKey("ES256"), someKey("PS256")];
    const keys = { keys: [es.jwk, ps.jwk] };
    const pinned = await machine(app, { jwks: keys, token_endpoint_auth_signing_alg: "PS256" }, ps);
    expect((await ask(assertion(pinned))).status).toBe(200);
    expectOAuthError(await ask(assertion({ ...pinned, key: es })), 401, "invalid_client");
  });

  it("signed with RS256 by a key for PS256 is rejected (RFC 7517 §4.4)", async () => {
    const key = someKey("PS256");
    const one = await machine(app, {}, key);
    expectOAuthError(await ask(assertion({ ...one, key: { ...key, alg: "RS256" } })), 401, "invalid_client");
  });
});

describe("a used assertion", () => {
  it("is rejected at every endpoint, also with another signature", async () => {
    const jti = randomUUID();
    expect((await ask(assertion(client, { jti }))).status).toBe(200);
    for (const endpoint of ["token", "introspect", "revoke", "par"])
      expectOAuthError(
        await postSigned(client, endpoint, { ...MACHINE, token: "x" }, assertion(client, { jti })),
        401,
        "invalid_client",
      );
    expectOAuthError(await ask(assertion(client, { jti }), { at: "/o/token" }), 401, "invalid_client");
  });

  it("works for one of twenty simultaneous requests", async () => {
    const jwt = assertion(client);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(jwt)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200))
      expectOAuthError(answer, 401, "invalid_client");
  });

  it("doesn't use up the jti of another client", async () => {
    const jti = randomUUID();
    expect((await ask(assertion(client, { jti }))).status).toBe(200);
    expect((await ask(assertion(neighbor, { jti }))).status).toBe(200);
  });

  it("isn't used up by a request with a wrong signature", async () => {
    const jti = randomUUID();
    expectOAuthError(await ask(signJws(neighbor.key, assertionClaims(client, { jti }))), 401, "invalid_client");
    expect((await ask(assertion(client, { jti }))).status).toBe(200);
  });
});

describe("a request with an assertion", () => {
  let secretClient: TestClient;
  beforeAll(async () => {
    secretClient = await someClient(app, { grant_types: ["client_credentials"], redirect_uris: [] });
  });

  it.each<[string, () => Parameters<typeof send>[1]]>([
    [
      "a secret in its body",
      () => ({ form: { ...MACHINE, ...withAssertion(assertion(client)), client_secret: "foyer_cs_x" } }),
    ],
    [
      "a secret in its header",
      () => ({
        form: { ...MACHINE, ...withAssertion(assertion(client)) },
        headers: { authorization: `Basic ${Buffer.from(`${client.id}:x`).toString("base64")}` },
      }),
    ],
    [
      "the assertion twice",
      () => ({
        form: {
          ...MACHINE,
          client_assertion_type: ASSERTION_TYPE,
          client_assertion: [assertion(client), assertion(client)],
        },
      }),
    ],
    ["a NUL in it", () => ({ form: { ...MACHINE, ...withAssertion(`${assertion(client)}\0`) } })],
    [
      "an oversized one",
      () => ({ form: { ...MACHINE, ...withAssertion(assertion(client, { x: randomText(9000) })) } }),
    ],
  ])("and %s gets 400 invalid_request", async (_, options) => {
    expectOAuthError(await send(`/o/${app.id}/token`, options()), 400, "invalid_request");
  });

  it.each<[string, Record<string, string | undefined>]>([
    ["without its type", { client_assertion_type: undefined }],
    ["with another type", { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:saml2-bearer" }],
    ["without the assertion", { client_assertion: undefined }],
    ["with an empty assertion", { client_assertion: "" }],
  ])("%s gets 401 invalid_client", async (_, form) => {
    expectOAuthError(await ask(assertion(client), { form }), 401, "invalid_client");
  });

  it.each([
    ["of-yesterday", "of-yesterday"],
    ["of\0yesterday\ud800", "of\ufffdyesterday\ufffd"],
  ])("leaves an event with the reason, for the kid %j too", async (kid, shown) => {
    const mistaken = await machine(app);
    await ask(assertion(mistaken, {}, { kid }));
    const where = { appId: app.id, clientId: mistaken.id, type: "oauth.rejected" };
    const events = await db().auditEvent.findMany({ where });
    const explanation = { section: "RFC 7523 §3", problem: `No key of the client has the kid ${shown}` };
    expect(events).toContainEqual(
      expect.objectContaining({ reason: "invalid_client", explanation: expect.objectContaining(explanation) }),
    );
  });

  it("can't replace the secret of a client without keys", async () => {
    expectOAuthError(await ask(assertion({ ...secretClient, key: client.key })), 401, "invalid_client");
  });
});

describe("a client that changes to private_key_jwt", () => {
  it("can't use its secret any more, and its grants continue with the key", async () => {
    const web = await someClient(app);
    const tokens = await getTokens(web);
    const key = someKey();
    await changeClient(web, { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [key.jwk] } });
    const refresh = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
    const form = { ...refresh, client_id: web.id, client_secret: web.secret ?? "" };
    expectOAuthError(await send("/o/token", { form }), 401, "invalid_client");
    const answer = await postSigned({ ...web, key }, "token", refresh);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  });
});
