/** DPoP at userinfo and /api/me (RFC 9449 §7): bound tokens, and tokens that aren't bound. */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { type DpopKey, type ProofOptions, proofFor, someDpopKey } from "@/test/support/dpop";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import {
  Browser,
  exchangeFields,
  getCode,
  getTokens,
  post,
  send,
  someClient,
  type TestClient,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
let bob: Browser;
let bound: string;
let bearer: string;
const key = someDpopKey();

beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
  bob = new Browser(app);
  const dpop = proofFor(key, `/o/${app.id}/token`);
  bound = (await post(client, "token", exchangeFields(client, await getCode(bob, client)), { dpop })).body.access_token;
  bearer = (await getTokens(client, bob)).access_token;
});

const AT = () => [`/o/${app.id}/userinfo`, "/o/userinfo", "/api/me"];

interface Use {
  token?: string;
  scheme?: string;
  by?: DpopKey;
  method?: "GET" | "POST";
  proof?: ProofOptions;
  dpop?: string;
}

function use(at: string, { token = bound, scheme = "DPoP", by = key, method = "GET", proof, dpop }: Use = {}) {
  const sent = dpop ?? proofFor(by, at, { method, accessToken: token, ...proof });
  return send(at, { method, headers: { authorization: `${scheme} ${token}`, dpop: sent } });
}

function expectChallenge(answer: Awaited<ReturnType<typeof send>>, code: string): void {
  expect({ status: answer.status, error: answer.body.error }).toEqual({ status: 401, error: code });
  const header = answer.headers.get("www-authenticate") ?? "";
  expect(header).toMatch(
    new RegExp(`^DPoP error="${code}", algs="ES256 PS256 RS256 EdDSA", error_description="[^"]+"$`),
  );
}

async function requireNonce(dpop_nonce: boolean): Promise<void> {
  expect((await manage(app, "PATCH", "", { body: { settings: { dpop_nonce } } })).status).toBe(200);
}

describe("a bound access token", () => {
  it("is accepted with the scheme DPoP and a proof, in any case of the scheme, with GET and POST", async () => {
    for (const at of AT())
      for (const scheme of ["DPoP", "dpop"]) {
        const { status, body } = await use(at, { scheme });
        expect({ at, status, sub: body.sub }).toEqual({ at, status: 200, sub: await bob.userId() });
      }
    expect((await use(AT()[0] ?? "", { method: "POST" })).status).toBe(200);
    expect(
      (await use(`${AT()[0]}?a=b`, { proof: { claims: { htu: `http://localhost:8000${AT()[0]}` } } })).status,
    ).toBe(200);
  });

  it("is rejected as a bearer token: in the header, with a proof, and in the form", async () => {
    for (const at of AT()) {
      expectChallenge(await send(at, { bearer: bound }), "invalid_token");
      expectChallenge(await use(at, { scheme: "Bearer" }), "invalid_token");
    }
    expectChallenge(await send("/o/userinfo", { form: { access_token: bound } }), "invalid_token");
  });

  it.each<[string, (at: string) => Use]>([
    ["another key", () => ({ by: someDpopKey() })],
    ["no ath", () => ({ proof: { claims: { ath: undefined } } })],
    ["the ath of another token", () => ({ proof: { accessToken: bearer } })],
    ["another method", () => ({ proof: { method: "POST" } })],
    ["another URL", () => ({ proof: { claims: { htu: `http://localhost:8000/o/${app.id}/token` } } })],
    [
      "two proofs",
      (at) => ({ dpop: [1, 2].map(() => proofFor(key, at, { method: "GET", accessToken: bound })).join(", ") }),
    ],
    ["an empty proof", () => ({ dpop: "" })],
  ])("is rejected with %s", async (_, how) => {
    for (const at of AT()) expectChallenge(await use(at, how(at)), "invalid_dpop_proof");
  });

  it("is rejected without a proof", async () => {
    for (const at of AT())
      expectChallenge(await send(at, { headers: { authorization: `DPoP ${bound}` } }), "invalid_dpop_proof");
  });

  it("needs a new proof for each request, also of twenty at once", async () => {
    for (const at of AT()) {
      const dpop = proofFor(key, at, { method: "GET", accessToken: bound });
      const answers = await Promise.all(Array.from({ length: 20 }, () => use(at, { dpop })));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expectChallenge(await use(at, { dpop }), "invalid_dpop_proof");
    }
  });

  it("may be required to come with a nonce", async () => {
    await requireNonce(true);
    for (const at of AT()) {
      const first = await use(at);
      expectChallenge(first, "use_dpop_nonce");
      const nonce = first.headers.get("dpop-nonce") ?? "";
      const second = await use(at, { proof: { nonce } });
      expect({ status: second.status, nonce: second.headers.get("dpop-nonce") }).toEqual({ status: 200, nonce });
    }
    await requireNonce(false);
  });

  it("is introspected with its key and its type, also by the app's backend", async () => {
    const form = { token: bound };
    const { body } = await post(client, "introspect", form);
    expect(body).toMatchObject({ active: true, token_type: "DPoP", cnf: { jkt: key.jkt } });
    expect((await send("/o/introspect", { form, bearer: app.apiKey })).body.cnf).toEqual({ jkt: key.jkt });
    const unbound = await post(client, "introspect", { token: bearer });
    expect(unbound.body.token_type).toBe("Bearer");
    expect(unbound.body).not.toHaveProperty("cnf");
  });
});

describe("a bound access token that isn't active", () => {
  it("gets a challenge for DPoP", async () => {
    for (const at of AT()) {
      expectChallenge(await use(at, { token: `${bound}x` }), "invalid_token");
      const dpop = proofFor(key, `/o/${app.id}/token`);
      const form = exchangeFields(client, await getCode(bob, client));
      const { access_token } = (await post(client, "token", form, { dpop })).body;
      await post(client, "revoke", { token: access_token });
      expectChallenge(await use(at, { token: access_token }), "invalid_token");
    }
  });
});

describe("a token that isn't bound", () => {
  it("is rejected with the scheme DPoP, and accepted as a bearer token whatever the proof", async () => {
    for (const at of AT()) {
      expectChallenge(await use(at, { token: bearer }), "invalid_token");
      expect((await use(at, { token: bearer, scheme: "Bearer", dpop: "nonsense" })).status).toBe(200);
    }
  });

  it("of a session is for the scheme Bearer only", async () => {
    const { token } = await someSession(app.id);
    expect((await send("/api/me", { bearer: token })).status).toBe(200);
    expect((await use("/api/me", { token })).status).toBe(401);
  });
});

describe("a page in the browser", () => {
  it("may send proofs, and read the nonce", async () => {
    const origin = new URL(client.redirectUri).origin;
    const at = `/o/${app.id}/userinfo`;
    const preflight = await send(at, { method: "OPTIONS", headers: { origin } });
    expect(preflight.headers.get("access-control-allow-headers")).toMatch(/\bDPoP\b/);
    const dpop = proofFor(key, at, { method: "GET", accessToken: bound });
    const answer = await send(at, { headers: { origin, authorization: `DPoP ${bound}`, dpop } });
    expect({ status: answer.status, origin: answer.headers.get("access-control-allow-origin") }).toEqual({
      status: 200,
      origin,
    });
    expect(answer.headers.get("access-control-expose-headers")).toMatch(/\bDPoP-Nonce\b/);
  });

  it("of another client of the app may not read it", async () => {
    const other = await someClient(app, { redirect_uris: ["https://other.example/cb"] });
    const origin = new URL(other.redirectUri).origin;
    const answer = await send(`/o/${app.id}/userinfo`, { headers: { origin, authorization: `DPoP ${bound}` } });
    expect(decodeJwt(bound).client_id).toBe(client.id);
    expect(answer.headers.has("access-control-allow-origin")).toBe(false);
  });
});
