/** DPoP at the token endpoint (RFC 9449 §5, §8, §10). */
import { decodeJwt } from "jose";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { type DpopKey, type ProofOptions, proofFor, someDpopKey } from "@/test/support/dpop";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  Browser,
  changeClient,
  encode,
  exchangeFields,
  expectOAuthError,
  getCode,
  grantOf,
  post,
  send,
  someClient,
  type TestClient,
  type Tokens,
} from "@/test/support/oauth";

let app: TestApp;
let machine: TestClient;
let spa: TestClient;
let web: TestClient;
let bob: Browser;
const key = someDpopKey();

beforeAll(async () => {
  app = await someApp();
  machine = await someClient(app, { grant_types: ["client_credentials"], redirect_uris: [], scopes: [] });
  spa = await someClient(app, { public: true, redirect_uris: ["https://spa.example/cb"] });
  web = await someClient(app);
  bob = new Browser(app);
});

afterEach(() => freezeClock(null));

const tokenUrl = (of: TestApp = app) => `/o/${of.id}/token`;
const proof = (options: ProofOptions = {}, by: DpopKey = key) => proofFor(by, tokenUrl(), options);
const machineToken = (dpop?: string) =>
  post(machine, "token", { grant_type: "client_credentials" }, dpop === undefined ? {} : { dpop });

function redeem(client: TestClient, code: string, dpop?: string) {
  return post(client, "token", exchangeFields(client, code), dpop === undefined ? {} : { dpop });
}

function refresh(client: TestClient, token: string, dpop?: string) {
  const form = { grant_type: "refresh_token", refresh_token: token };
  return post(client, "token", form, dpop === undefined ? {} : { dpop });
}

async function boundTokens(client: TestClient, by = key): Promise<Tokens> {
  const answer = await redeem(client, await getCode(bob, client), proof({}, by));
  expect(answer.body).toMatchObject({ token_type: "DPoP" });
  return answer.body;
}

async function requireNonce(dpop_nonce: boolean): Promise<void> {
  expect((await manage(app, "PATCH", "", { body: { settings: { dpop_nonce } } })).status).toBe(200);
}

describe("a token request with a DPoP proof", () => {
  it.each(["ES256", "PS256", "RS256", "EdDSA", "Ed25519"])(
    "with %s returns a token that is bound to its key",
    async (alg) => {
      const own = someDpopKey(alg);
      const { status, body, headers } = await machineToken(proof({}, own));
      expect({ status, type: body.token_type }).toEqual({ status: 200, type: "DPoP" });
      expect(decodeJwt(body.access_token).cnf).toEqual({ jkt: own.jkt });
      expect(headers.has("dpop-nonce")).toBe(false);
    },
  );

  it("returns a bearer token without a proof", async () => {
    const { body } = await machineToken();
    expect(body.token_type).toBe("Bearer");
    expect(decodeJwt(body.access_token)).not.toHaveProperty("cnf");
  });

  it("names the URL that was called: /o/token, or that of the issuer", async () => {
    const form = { grant_type: "client_credentials", client_id: machine.id, client_secret: machine.secret ?? "" };
    const at = (called: string, named: string) => send(called, { form, headers: { dpop: proofFor(key, named) } });
    expect((await at("/o/token", "/o/token")).status).toBe(200);
    expect((await at("/o/token/", "/o/token")).status).toBe(200);
    expectOAuthError(await at("/o/token", tokenUrl()), 400, "invalid_dpop_proof");
    expectOAuthError(await at(tokenUrl(), "/o/token"), 400, "invalid_dpop_proof");
  });

  it("ignores what a proxy says about the host", async () => {
    const dpop = proof({ claims: { htu: `https://proxy.example${tokenUrl()}` } });
    const headers = { dpop, "x-forwarded-host": "proxy.example", "x-forwarded-proto": "https", host: "proxy.example" };
    const answer = await post(machine, "token", { grant_type: "client_credentials" }, headers);
    expectOAuthError(answer, 400, "invalid_dpop_proof");
  });

  it.each<[string, () => string]>([
    ["nothing", () => ""],
    ["no JWT", () => "proof"],
    ["two proofs", () => `${proof()}, ${proof()}`],
    ["a wrong method", () => proof({ method: "GET" })],
    ["an old proof", () => proof({ claims: { iat: Math.floor(now().getTime() / 1000) - 62 } })],
    ["a private key", () => proof({ header: { jwk: key.privateKey.export({ format: "jwk" }) } })],
  ])("is rejected with %s in the header, and leaves an event that says why", async (_, dpop) => {
    expectOAuthError(await machineToken(dpop()), 400, "invalid_dpop_proof");
    const where = { appId: app.id, type: "oauth.rejected", reason: "invalid_dpop_proof", clientId: machine.id };
    const event = await db().auditEvent.findFirstOrThrow({ where, orderBy: { id: "desc" } });
    expect(event.explanation).toMatchObject({
      section: expect.stringContaining("RFC 9449"),
      description: expect.stringContaining("The DPoP proof"),
    });
  });

  it("authenticates the client first, so that a stranger's proofs are not recorded", async () => {
    const before = await db().usedToken.count({ where: { appId: app.id } });
    const form = { grant_type: "client_credentials", client_id: machine.id, client_secret: "wrong" };
    expectOAuthError(await send(tokenUrl(), { form, headers: { dpop: proof() } }), 401, "invalid_client");
    expect(await db().usedToken.count({ where: { appId: app.id } })).toBe(before);
  });
});

describe("a DPoP proof at the token endpoint", () => {
  it("works once", async () => {
    const dpop = proof();
    expect((await machineToken(dpop)).status).toBe(200);
    expectOAuthError(await machineToken(dpop), 400, "invalid_dpop_proof");
    // The jti counts, not the text.
    const { jti } = decodeJwt(dpop);
    expectOAuthError(await machineToken(proof({ claims: { jti } })), 400, "invalid_dpop_proof");
  });

  it("succeeds exactly once of twenty at once", async () => {
    const dpop = proof();
    const answers = await Promise.all(Array.from({ length: 20 }, () => machineToken(dpop)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200))
      expectOAuthError(answer, 400, "invalid_dpop_proof");
  });

  it("is remembered until its iat is too old", async () => {
    freezeClock(now());
    const ahead = Math.floor(now().getTime() / 1000) + 60;
    const dpop = proof({ claims: { iat: ahead } });
    expect((await machineToken(dpop)).status).toBe(200);
    const [row] = await db().usedToken.findMany({ where: { appId: app.id }, orderBy: { expiresAt: "desc" }, take: 1 });
    expect((row?.expiresAt.getTime() ?? 0) / 1000).toBeGreaterThan(ahead + 60);
  });

  it("of another key may have the same jti, and so may one for another app", async () => {
    const { jti } = decodeJwt(proof());
    expect((await machineToken(proof({ claims: { jti } }))).status).toBe(200);
    expect((await machineToken(proof({ claims: { jti } }, someDpopKey()))).status).toBe(200);
    const otherApp = await someApp();
    const other = await someClient(otherApp, { grant_types: ["client_credentials"], redirect_uris: [], scopes: [] });
    const dpop = proofFor(key, tokenUrl(otherApp), { claims: { jti } });
    expect((await post(other, "token", { grant_type: "client_credentials" }, { dpop })).status).toBe(200);
    // The proof for this app isn't one for the other.
    const foreign = await post(other, "token", { grant_type: "client_credentials" }, { dpop: proof() });
    expectOAuthError(foreign, 400, "invalid_dpop_proof");
  });
});

describe("the refresh token of a public client", () => {
  it("is bound to the key of the code exchange", async () => {
    const tokens = await boundTokens(spa);
    expect((await grantOf(spa, tokens.access_token)).dpopJkt).toBe(key.jkt);
    expectOAuthError(await refresh(spa, tokens.refresh_token), 400, "invalid_grant");
    expectOAuthError(await refresh(spa, tokens.refresh_token, proof({}, someDpopKey())), 400, "invalid_grant");
    // The failures have not used it up.
    const { status, body } = await refresh(spa, tokens.refresh_token, proof());
    expect({ status, type: body.token_type }).toEqual({ status: 200, type: "DPoP" });
    expect(decodeJwt(body.access_token).cnf).toEqual({ jkt: key.jkt });
    expectOAuthError(await refresh(spa, body.refresh_token), 400, "invalid_grant");
  });

  it("stays unbound if the exchange had no proof", async () => {
    const { body } = await redeem(spa, await getCode(bob, spa));
    expect((await refresh(spa, body.refresh_token, proof())).body.token_type).toBe("DPoP");
  });
});

describe("the refresh token of a confidential client", () => {
  it("is bound to the client's credentials, not to the key", async () => {
    const tokens = await boundTokens(web);
    expect((await grantOf(web, tokens.access_token)).dpopJkt).toBeNull();
    const other = someDpopKey();
    const { body } = await refresh(web, tokens.refresh_token, proof({}, other));
    expect(decodeJwt(body.access_token).cnf).toEqual({ jkt: other.jkt });
    expect((await refresh(web, tokens.refresh_token)).body.token_type).toBe("Bearer");
  });
});

describe("dpop_jkt (RFC 9449 §10)", () => {
  it("binds the code to the key", async () => {
    const code = await getCode(bob, web, { dpop_jkt: key.jkt });
    expectOAuthError(await redeem(web, code), 400, "invalid_grant");
    expectOAuthError(await redeem(web, code, proof({}, someDpopKey())), 400, "invalid_grant");
    expect((await redeem(web, code, proof())).body.token_type).toBe("DPoP");
    expectOAuthError(await redeem(web, code, proof()), 400, "invalid_grant");
  });

  it.each(["x", `${"a".repeat(43)}=`, "a".repeat(44), "ä".repeat(43)])("is rejected as %s", async (dpop_jkt) => {
    const query = encode({
      response_type: "code",
      client_id: web.id,
      redirect_uri: web.redirectUri,
      prompt: "none",
      dpop_jkt,
    });
    const answer = await send(`/o/${app.id}/authorize?${query}`);
    expect(answer.headers.get("location")).toContain("error=invalid_request");
  });
});

describe("dpop_bound_access_tokens", () => {
  it("rejects every token request of the client without a proof", async () => {
    await changeClient(machine, { dpop_bound_access_tokens: true });
    expectOAuthError(await machineToken(), 400, "invalid_dpop_proof");
    expect((await machineToken(proof())).body.token_type).toBe("DPoP");
    await changeClient(machine, { dpop_bound_access_tokens: false });
    expect((await machineToken()).body.token_type).toBe("Bearer");
  });
});

describe("dpop_nonce", () => {
  it("demands a current nonce, which every response to a proof brings", async () => {
    freezeClock(now());
    await requireNonce(true);
    const first = await machineToken(proof());
    expectOAuthError(first, 400, "use_dpop_nonce");
    const nonce = first.headers.get("dpop-nonce") ?? "";
    expect(nonce).toMatch(/^[\w-]{43}$/);
    const second = await machineToken(proof({ nonce }));
    expect({ status: second.status, nonce: second.headers.get("dpop-nonce") }).toEqual({ status: 200, nonce });
    expectOAuthError(await machineToken(proof({ nonce: "invented" })), 400, "use_dpop_nonce");
    freezeClock(new Date(now().getTime() + 110_000));
    expect((await machineToken(proof({ nonce }))).status).toBe(200);
    freezeClock(new Date(now().getTime() + 200_000));
    const late = await machineToken(proof({ nonce }));
    expectOAuthError(late, 400, "use_dpop_nonce");
    expect(late.headers.get("dpop-nonce")).not.toBe(nonce);
    expect((await machineToken()).headers.has("dpop-nonce")).toBe(false);
    await requireNonce(false);
    expect((await machineToken(proof())).status).toBe(200);
  });
});
