/** DPoP at the endpoint of pushed requests (RFC 9449 §10.1). */
import { beforeAll, describe, expect, it } from "vitest";
import { type DpopKey, type ProofOptions, proofFor, someDpopKey } from "@/test/support/dpop";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  authorizeFields,
  Browser,
  exchangeFields,
  expectOAuthError,
  getCode,
  post,
  send,
  someClient,
  type TestClient,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
const key = someDpopKey();

beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
});

const proof = (options: ProofOptions = {}, by: DpopKey = key) => proofFor(by, `/o/${app.id}/par`, options);

function push(dpop: string | undefined, changes: Record<string, string | undefined> = {}) {
  return post(client, "par", authorizeFields(client, changes), dpop === undefined ? {} : { dpop });
}

/** Authorizes with the pushed request, and exchanges the code with this key. */
async function redeem(requestUri: string, by: DpopKey | null) {
  const pushed = { request_uri: requestUri, response_type: undefined, redirect_uri: undefined, scope: undefined };
  const more = { state: undefined, nonce: undefined, code_challenge: undefined, code_challenge_method: undefined };
  const code = await getCode(new Browser(app), client, { ...pushed, ...more });
  const headers: Record<string, string> = by ? { dpop: proofFor(by, `/o/${app.id}/token`) } : {};
  return post(client, "token", exchangeFields(client, code), headers);
}

describe("a pushed request with a proof", () => {
  it("binds the code to the key of the proof", async () => {
    const { status, body } = await push(proof());
    expect(status).toBe(201);
    const answer = await redeem(body.request_uri, key);
    expect({ status: answer.status, type: answer.body.token_type }).toEqual({ status: 200, type: "DPoP" });
    for (const by of [null, someDpopKey()])
      expectOAuthError(await redeem((await push(proof())).body.request_uri, by), 400, "invalid_grant");
  });

  it("may name the same key in dpop_jkt, and no other", async () => {
    const { body } = await push(proof(), { dpop_jkt: key.jkt });
    expect((await redeem(body.request_uri, key)).body.token_type).toBe("DPoP");
    expectOAuthError(await push(proof(), { dpop_jkt: someDpopKey().jkt }), 400, "invalid_dpop_proof");
  });

  it("is accepted at /o/par, for the URL that was called", async () => {
    const form = { ...authorizeFields(client), client_id: client.id, client_secret: client.secret ?? "" };
    const at = (path: string) => send("/o/par", { form, headers: { dpop: proofFor(key, path) } });
    expect((await at("/o/par")).status).toBe(201);
    expectOAuthError(await at(`/o/${app.id}/par`), 400, "invalid_dpop_proof");
  });

  it("is rejected with a proof that is wrong, for the token endpoint, or used", async () => {
    const used = proof();
    expect((await push(used)).status).toBe(201);
    for (const dpop of [used, "", "proof", proofFor(key, `/o/${app.id}/token`), proof({ method: "GET" })])
      expectOAuthError(await push(dpop), 400, "invalid_dpop_proof");
  });

  it("may need a nonce", async () => {
    const setting = (dpop_nonce: boolean) => manage(app, "PATCH", "", { body: { settings: { dpop_nonce } } });
    await setting(true);
    const first = await push(proof());
    expectOAuthError(first, 400, "use_dpop_nonce");
    const nonce = first.headers.get("dpop-nonce") ?? "";
    const second = await push(proof({ nonce }));
    expect({ status: second.status, nonce: second.headers.get("dpop-nonce") }).toEqual({ status: 201, nonce });
    await setting(false);
  });
});
