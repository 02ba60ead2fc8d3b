/**
 * The conditions of the FAPI 2.0 Security Profile and FAPI 2.0 Message Signing for an authorization
 * server, with openid-client and oauth4webapi as clients.
 */
import * as oauth from "oauth4webapi";
import * as oidc from "openid-client";
import { beforeAll, describe, expect, it } from "vitest";
import { JWS_ALGS, type JwsAlg } from "@/lib/crypto/public-jwk";
import {
  assertion,
  type KeyClient,
  postSigned,
  requestObject,
  someKey,
  someKeyClient,
  type TestKey,
} from "@/test/support/client-keys";
import { someApp, type TestApp } from "@/test/support/factories";
import { handlerFetch } from "@/test/support/fetch";
import {
  allow,
  authorizeFields,
  Browser,
  CHALLENGE,
  encode,
  expectOAuthError,
  interactionOf,
  locationOf,
  REDIRECT_URI,
  screenOf,
  send,
  VERIFIER,
} from "@/test/support/oauth";

/** The settings of a client of the FAPI 2.0 Security Profile (docs/fapi.md). */
const SECURE = {
  require_pushed_authorization_requests: true,
  pkce: "required",
  dpop_bound_access_tokens: true,
} as const;
/** … and of Message Signing. */
const SIGNED = { ...SECURE, require_signed_request_object: true, authorization_signed_response_alg: "ES256" } as const;

const scope = "openid email offline_access";
const REQUEST = { redirect_uri: REDIRECT_URI, scope, code_challenge: CHALLENGE, code_challenge_method: "S256" };

let app: TestApp;
let client: KeyClient;
let bob: Browser;
beforeAll(async () => {
  app = await someApp();
  client = await someKeyClient(app, SECURE);
  bob = new Browser(app);
});

const WEB_CRYPTO = {
  ES256: { name: "ECDSA", namedCurve: "P-256" },
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  PS256: { name: "RSA-PSS", hash: "SHA-256" },
  EdDSA: { name: "Ed25519" },
} as const satisfies Record<JwsAlg, object>;

async function importKey({ alg, privateKey, jwk }: TestKey): Promise<{ key: CryptoKey; kid: string }> {
  const pkcs8 = privateKey.export({ format: "der", type: "pkcs8" });
  return { key: await crypto.subtle.importKey("pkcs8", pkcs8, WEB_CRYPTO[alg], false, ["sign"]), kid: jwk.kid };
}

async function discover(of: KeyClient) {
  const options = { execute: [oidc.allowInsecureRequests], [oidc.customFetch]: handlerFetch };
  const key = await importKey(of.key);
  const config = await oidc.discovery(new URL(app.issuer), of.id, undefined, oidc.PrivateKeyJwt(key), options);
  return { config, key };
}

/** Answers the pages of a request. → the URL of the response */
async function answerAt(browser: Browser, url: string): Promise<URL> {
  let answer = await browser.open(url);
  while (screenOf(answer) !== null) {
    const interaction = interactionOf(answer);
    if (screenOf(answer) === "consent") answer = await allow(browser, interaction);
    else answer = await (browser.registered ? browser.signIn(interaction) : browser.signUp(interaction));
  }
  return locationOf(answer);
}

describe("openid-client without configuration", () => {
  it.each(JWS_ALGS)("completes private_key_jwt, a pushed request and DPoP with a key for %s", async (alg) => {
    const own = await someKeyClient(app, SECURE, someKey(alg));
    const { config } = await discover(own);
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair("ES256"));
    const url = await oidc.buildAuthorizationUrlWithPAR(config, { ...REQUEST, state: "s" }, { DPoP });
    expect([...url.searchParams.keys()].sort()).toEqual(["client_id", "request_uri"]);
    const response = await answerAt(bob, url.href);
    const checks = { pkceCodeVerifier: VERIFIER, expectedState: "s" };
    const tokens = await oidc.authorizationCodeGrant(config, response, checks, undefined, { DPoP });
    expect(tokens.token_type).toBe("dpop");
    const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? "", undefined, { DPoP });
    expect(refreshed.token_type).toBe("dpop");
    expect(await oidc.tokenIntrospection(config, tokens.access_token)).toMatchObject({
      active: true,
      client_id: own.id,
    });
    await oidc.tokenRevocation(config, tokens.refresh_token ?? "");
    expect(await oidc.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: false });
  });

  it("completes a signed and pushed request, a signed response and signed introspection", async () => {
    const own = await someKeyClient(app, { ...SIGNED, introspection_signed_response_alg: "ES256" });
    const { config, key } = await discover(own);
    oidc.useJwtResponseMode(config);
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair("ES256"));
    const signed = await oidc.buildAuthorizationUrlWithJAR(config, { ...REQUEST, state: "s" }, key);
    const request = signed.searchParams.get("request") ?? "";
    const url = await oidc.buildAuthorizationUrlWithPAR(config, { request }, { DPoP });
    const response = await answerAt(bob, url.href);
    expect([...response.searchParams.keys()]).toEqual(["response"]);
    const checks = { pkceCodeVerifier: VERIFIER, expectedState: "s" };
    const tokens = await oidc.authorizationCodeGrant(config, response, checks, undefined, { DPoP });
    expect(tokens.token_type).toBe("dpop");
  });
});

describe("oauth4webapi without configuration", () => {
  it("completes a signed and pushed request, a signed response and signed introspection", async () => {
    const own = await someKeyClient(app, { ...SIGNED, introspection_signed_response_alg: "ES256" });
    const options = { [oauth.allowInsecureRequests]: true, [oauth.customFetch]: handlerFetch };
    const found = await oauth.discoveryRequest(new URL(app.issuer), { ...options, algorithm: "oauth2" });
    const as = await oauth.processDiscoveryResponse(new URL(app.issuer), found);
    const relying = {
      client_id: own.id,
      authorization_signed_response_alg: "ES256",
      introspection_signed_response_alg: "ES256",
    };
    const key = await importKey(own.key);
    const authentication = oauth.PrivateKeyJwt(key);
    const DPoP = oauth.DPoP({}, await oauth.generateKeyPair("ES256"));
    const fields = new URLSearchParams({ ...REQUEST, response_type: "code", response_mode: "jwt", state: "s" });
    const request = await oauth.issueRequestObject(as, relying, fields, key);
    const push = await oauth.pushedAuthorizationRequest(as, relying, authentication, { request }, { ...options, DPoP });
    const { request_uri } = await oauth.processPushedAuthorizationResponse(as, relying, push);
    const query = encode({ client_id: own.id, request_uri });
    const response = await answerAt(bob, `${as.authorization_endpoint}?${query}`);
    const parameters = await oauth.validateJwtAuthResponse(as, relying, response, "s", options);
    const exchange = await oauth.authorizationCodeGrantRequest(
      as,
      relying,
      authentication,
      parameters,
      REDIRECT_URI,
      VERIFIER,
      { ...options, DPoP },
    );
    const tokens = await oauth.processAuthorizationCodeResponse(as, relying, exchange);
    const asked = { ...options, requestJwtResponse: true };
    const introspected = await oauth.introspectionRequest(as, relying, authentication, tokens.access_token, asked);
    expect(introspected.headers.get("content-type")).toMatch("application/token-introspection+jwt");
    const state = await oauth.processIntrospectionResponse(as, relying, introspected, {
      recognizedTokenTypes: {},
    } as never);
    expect(state).toMatchObject({ active: true, client_id: own.id });
  });
});

describe("the FAPI 2.0 Security Profile §5.3.2: the authorization server", () => {
  it("publishes its metadata with what the profile needs", async () => {
    const { body } = await send(`/.well-known/openid-configuration/o/${app.id}`);
    expect(body).toMatchObject({
      pushed_authorization_request_endpoint: `${app.issuer}/par`,
      authorization_response_iss_parameter_supported: true,
      code_challenge_methods_supported: ["S256"],
      request_parameter_supported: true,
      request_uri_parameter_supported: false,
    });
    for (const member of [
      "token_endpoint_auth_signing_alg_values_supported",
      "request_object_signing_alg_values_supported",
      "dpop_signing_alg_values_supported",
    ])
      expect(body[member], member).toEqual(expect.arrayContaining(["ES256", "PS256", "EdDSA"]));
    expect(body.token_endpoint_auth_methods_supported).toContain("private_key_jwt");
  });

  const push = (changes: Record<string, string | undefined>, jwt?: string) =>
    postSigned(client, "par", { ...authorizeFields(client), ...changes }, jwt);

  it.each<[string, Record<string, string | undefined>, string]>([
    ["without PKCE", { code_challenge: undefined, code_challenge_method: undefined }, "invalid_request"],
    ["with plain PKCE", { code_challenge_method: "plain" }, "invalid_request"],
    ["without response_type", { response_type: undefined }, "invalid_request"],
    ["with the implicit grant", { response_type: "token" }, "unsupported_response_type"],
    ["with the hybrid flow", { response_type: "code id_token" }, "unsupported_response_type"],
    ["with an http redirect URI", { redirect_uri: "http://photos.example/cb" }, "invalid_request"],
    ["with a request_uri", { request_uri: "urn:ietf:params:oauth:request_uri:par_x" }, "invalid_request"],
  ])("rejects a pushed request %s", async (_, changes, code) => {
    expectOAuthError(await push(changes), 400, code);
  });

  it("accepts only the issuer, as a string, in the aud of an assertion at par", async () => {
    for (const aud of [[app.issuer], `${app.issuer}/par`, `${app.issuer}/token`])
      expectOAuthError(await push({}, assertion(client, { aud })), 401, "invalid_client");
    expect((await push({}, assertion(client, { aud: app.issuer }))).status).toBe(201);
  });

  it("accepts an assertion whose iat is 10 seconds ahead, and not 70 seconds", async () => {
    const at = Math.floor(Date.now() / 1000);
    expect((await push({}, assertion(client, { iat: at + 10, nbf: at + 10 }))).status).toBe(201);
    expectOAuthError(await push({}, assertion(client, { iat: at + 70, nbf: at + 70 })), 401, "invalid_client");
  });

  it("rejects requests that weren't pushed, and those of another client", async () => {
    const plain = await bob.open(`/o/${app.id}/authorize?${encode({ ...authorizeFields(client), prompt: "none" })}`);
    expect(locationOf(plain).searchParams.get("error")).toBe("invalid_request");
    const { body } = await push({});
    const other = await someKeyClient(app, SECURE);
    const query = encode({ client_id: other.id, request_uri: body.request_uri });
    expect((await bob.open(`/o/${app.id}/authorize?${query}`)).status).toBe(400);
  });

  it("issues a request_uri for less than 600 seconds, codes for 60, and redirects with 303", async () => {
    const { body } = await push({});
    expect(body.expires_in).toBeGreaterThanOrEqual(5);
    expect(body.expires_in).toBeLessThan(600);
    const answer = await bob.open(
      `/o/${app.id}/authorize?${encode({ client_id: client.id, request_uri: body.request_uri })}`,
    );
    expect(answer.status).toBe(303);
  });

  it("issues only sender-constrained tokens", async () => {
    const { body } = await push({});
    const query = encode({ client_id: client.id, request_uri: body.request_uri });
    const code = (await answerAt(bob, `/o/${app.id}/authorize?${query}`)).searchParams.get("code") ?? "";
    const form = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
    const answer = await postSigned(client, "token", form);
    expect({ status: answer.status, error: answer.body.error }).toEqual({ status: 400, error: "invalid_dpop_proof" });
  });

  it("doesn't rotate the refresh tokens of its confidential clients", async () => {
    const { config } = await discover(client);
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair("ES256"));
    const url = await oidc.buildAuthorizationUrlWithPAR(config, { ...REQUEST }, { DPoP });
    const checks = { pkceCodeVerifier: VERIFIER };
    const { refresh_token = "" } = await oidc.authorizationCodeGrant(
      config,
      await answerAt(bob, url.href),
      checks,
      undefined,
      { DPoP },
    );
    expect((await oidc.refreshTokenGrant(config, refresh_token, undefined, { DPoP })).refresh_token).toBe(
      refresh_token,
    );
  });
});

describe("FAPI 2.0 Message Signing §5.3: the authorization server", () => {
  let signing: KeyClient;
  beforeAll(async () => {
    signing = await someKeyClient(app, SIGNED);
  });

  it("rejects an unsigned pushed request", async () => {
    expectOAuthError(await postSigned(signing, "par", authorizeFields(signing)), 400, "invalid_request");
  });

  it.each<[string, object]>([
    ["aud", { aud: undefined }],
    ["nbf", { nbf: undefined }],
    ["exp", { exp: undefined }],
    ["an nbf of the last 60 minutes", { nbf: Math.floor(Date.now() / 1000) - 4000 }],
    ["an exp within 60 minutes of nbf", { exp: Math.floor(Date.now() / 1000) + 4000 }],
  ])("requires %s of a request object", async (_, claims) => {
    const answer = await postSigned(signing, "par", { request: requestObject(signing, claims) });
    expectOAuthError(answer, 400, "invalid_request_object");
  });

  it("accepts a request object whose nbf is 8 seconds ahead", async () => {
    const nbf = Math.floor(Date.now() / 1000) + 8;
    expect((await postSigned(signing, "par", { request: requestObject(signing, { nbf }) })).status).toBe(201);
  });
});
