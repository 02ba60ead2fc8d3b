/**
 * Conditions of the OpenID Foundation's suite that no other test holds. The name of the suite's
 * module is in parentheses. Others are in fapi.db.test.ts, token/claims-libraries.db.test.ts and
 * [app]/register/openid-conformance.db.test.ts.
 */
import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { nowSeconds } from "@/lib/clock";
import {
  assertion,
  type KeyClient,
  postSigned,
  someKey,
  someKeyClient,
  withAssertion,
} from "@/test/support/client-keys";
import { type ProofOptions, proofFor, someDpopKey } from "@/test/support/dpop";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  authorizeFields,
  authorizeUrl,
  Browser,
  encode,
  exchangeFields,
  expectOAuthError,
  getCode,
  getTokens,
  locationOf,
  POST_LOGOUT_URI,
  REDIRECT_URI,
  send,
  someClient,
  VERIFIER,
} from "@/test/support/oauth";

let app: TestApp;
let client: KeyClient;
let bob: Browser;
beforeAll(async () => {
  app = await someApp();
  client = await someKeyClient(app, { pkce: "required" }, someKey("PS256"));
  bob = new Browser(app);
  await getCode(bob, client);
});

/** The suite signs proofs with PS256, by a key that names its use and algorithm. */
const rsa = someDpopKey("PS256");
const key = { ...rsa, jwk: { ...rsa.jwk, use: "sig", alg: "PS256", kid: "dpop" } };

async function push(changes: Record<string, string | undefined>): Promise<string> {
  const { status, body } = await postSigned(client, "par", { ...authorizeFields(client), ...changes });
  expect(status, JSON.stringify(body)).toBe(201);
  return `/o/${app.id}/authorize?${encode({ client_id: client.id, request_uri: body.request_uri })}`;
}

async function exchange(dpop: string) {
  const location = locationOf(await bob.open(await push({})));
  const form = {
    grant_type: "authorization_code",
    code: location.searchParams.get("code") ?? "",
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  };
  return send(`/o/${app.id}/token`, { form: { ...form, ...withAssertion(assertion(client)) }, headers: { dpop } });
}

describe("a DPoP proof as the suite sends it, at token and userinfo", () => {
  const use = async (options: ProofOptions, at = `/o/${app.id}/userinfo`) => {
    const { body } = await exchange(proofFor(key, `/o/${app.id}/token`, options));
    if (!body.access_token) return body.error;
    const accessToken: string = body.access_token;
    const dpop = proofFor(key, at, { ...options, method: "GET", accessToken });
    const answer = await send(at, { headers: { authorization: `DPoP ${accessToken}`, dpop } });
    return answer.status;
  };
  const around = (seconds: number) => ({ iat: nowSeconds() + seconds });

  it.each<[string, ProofOptions]>([
    ["its usual members", {}],
    ["nbf and exp (check-dpop-proof-nbf-exp)", { claims: { nbf: nowSeconds(), exp: nowSeconds() + 300 } }],
    ["an iat 10 seconds ago (ensure-dpop-proof-with-iat-10seconds-before-succeeds)", { claims: around(-10) }],
    ["an iat 10 seconds ahead (ensure-dpop-proof-with-iat-10seconds-after-succeeds)", { claims: around(10) }],
    ["unknown members (dpop-negative-tests)", { header: { tx_id: 1 }, claims: { tx_id_key: 1 } }],
  ])("is accepted with %s", async (_, options) => expect(await use(options)).toBe(200));

  it("is accepted with a query and a fragment in htu (dpop-negative-tests)", async () => {
    const { body } = await exchange(proofFor(key, `/o/${app.id}/token?a#b`));
    expect(body.token_type).toBe("DPoP");
  });

  it("is rejected with RS256 by that key (dpop-negative-tests)", async () => {
    const wrong = proofFor({ ...key, alg: "RS256" }, `/o/${app.id}/token`);
    expectOAuthError(await exchange(wrong), 400, "invalid_dpop_proof");
  });
});

describe("a pushed request", () => {
  it.each<[string, Record<string, string | undefined>]>([
    ["without state (ensure-authorization-request-without-state-success)", { state: undefined }],
    ["without nonce (ensure-authorization-request-without-nonce-success)", { nonce: undefined }],
    [
      "with a nonce of 64 characters (ensure-authorization-request-with-64-char-nonce-success)",
      { nonce: "n".repeat(64) },
    ],
    ["with a nonce of 384 characters (ensure-authorization-request-with-long-nonce)", { nonce: "n".repeat(384) }],
    ["with a state of 1000 characters (ensure-authorization-request-with-long-state)", { state: "s".repeat(1000) }],
    ["with its scopes in another order (ensure-other-scope-order-succeeds)", { scope: "email openid" }],
  ])("%s works, and the values return unchanged", async (_, changes) => {
    const sent = { ...authorizeFields(client), ...changes };
    const { searchParams } = locationOf(await bob.open(await push(changes)));
    expect(searchParams.get("state")).toBe(sent.state ?? null);
    const form = { ...exchangeFields(client, searchParams.get("code") ?? "") };
    const { body } = await postSigned(client, "token", form);
    expect(decodeJwt(body.id_token).nonce).toBe(sent.nonce);
  });

  it("can't use the authorization code of another client (ensure-client-id-in-token-endpoint)", async () => {
    const { searchParams } = locationOf(await bob.open(await push({})));
    const second = await someKeyClient(app);
    const form = exchangeFields(client, searchParams.get("code") ?? "");
    const named = { ...form, client_id: second.id };
    expectOAuthError(await postSigned(second, "token", named), 400, "invalid_grant");
    expectOAuthError(await postSigned({ ...second, key: client.key }, "token", named), 401, "invalid_client");
    expect((await postSigned(client, "token", form)).status).toBe(200);
  });
});

describe("the provider", () => {
  it("announces the ways of logout that it has, and no others (oidcc-backchannel-logout-discovery)", async () => {
    const { body } = await send(`/o/${app.id}/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      end_session_endpoint: `${app.issuer}/logout`,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
    expect(body.frontchannel_logout_supported ?? false).toBe(false);
    expect(body).not.toHaveProperty("check_session_iframe");
  });

  it("answers login_required to prompt=none after logout (oidcc-rp-initiated-logout)", async () => {
    const relying = await someClient(app, { post_logout_redirect_uris: [POST_LOGOUT_URI] });
    const carol = new Browser(app);
    const { id_token } = await getTokens(relying, carol);
    const fields = { id_token_hint: id_token, post_logout_redirect_uri: POST_LOGOUT_URI, state: "s" };
    const out = locationOf(await carol.open(`/o/${app.id}/logout?${encode(fields)}`));
    expect([...out.searchParams]).toEqual([["state", "s"]]);
    const silent = locationOf(await carol.open(authorizeUrl(relying, { prompt: "none" })));
    expect(silent.searchParams.get("error")).toBe("login_required");
  });

  it("signs with another key after a rotation, and publishes both (oidcc-server-rotate-keys)", async () => {
    const relying = await someClient(app);
    const kids = async () => (await send(`/o/${app.id}/jwks`)).body.keys.map(({ kid }: { kid: string }) => kid);
    const kid = async () => decodeProtectedHeader((await getTokens(relying, bob)).id_token).kid;
    const before = await kid();
    expect((await manage(app, "POST", "/signing-keys/rotate", { body: { alg: "RS256" } })).status).toBeLessThan(300);
    const after = await kid();
    expect(after).not.toBe(before);
    expect(await kids()).toEqual(expect.arrayContaining([before, after]));
  });

  it("refreshes tokens after the client replaced its key (oidcc-refresh-token-rp-key-rotation)", async () => {
    const own = await someKeyClient(app, { grant_types: ["authorization_code", "refresh_token"] });
    const code = await getCode(bob, own);
    const { body } = await postSigned(own, "token", exchangeFields(own, code));
    const fresh = someKey("EdDSA");
    const jwks = { keys: [fresh.jwk] };
    expect((await manage(app, "PATCH", `/clients/${own.id}`, { body: { jwks } })).status).toBe(200);
    const form = { grant_type: "refresh_token", refresh_token: body.refresh_token };
    expectOAuthError(await postSigned(own, "token", form), 401, "invalid_client");
    expect((await postSigned({ ...own, key: fresh }, "token", form)).status).toBe(200);
  });
});
