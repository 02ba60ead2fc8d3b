import { createHash } from "node:crypto";
import { EmbeddedJWK, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { decodeJwt } from "./decode-jwt";
import { dpopProof, newDpopKey } from "./dpop";
import { authorizeUrl, type Flow } from "./flow";
import { toCurl, toHttp, toTypeScript } from "./request-formats";
import { applyResponse, stepsOf } from "./steps";

const flow: Flow = {
  appId: "app_x",
  issuer: "https://auth.example.com/o/app_x",
  redirectUri: "https://auth.example.com/dashboard/apps/app_x/playground",
  clientId: "cli_x",
  clientSecret: "it's a secret",
  scope: "openid email",
  verifier: "v".repeat(43),
  challenge: "c".repeat(43),
  state: "s",
  nonce: "n",
};

const STEPS = stepsOf({});
const step = (id: string) => STEPS.find((one) => one.id === id) ?? expect.fail(id);

describe("the playground steps", () => {
  it("begin with a request that contains PKCE, state and nonce", () => {
    const { searchParams } = new URL(authorizeUrl(flow));
    expect(Object.fromEntries(searchParams)).toMatchObject({ code_challenge_method: "S256", state: "s", nonce: "n" });
  });

  it("are ready when the values they need are known", () => {
    expect(STEPS.filter(({ isReady }) => isReady(flow)).map(({ id }) => id)).toEqual(["authorize"]);
    const withCode = { ...flow, code: "fc_x" };
    expect(STEPS.filter(({ isReady }) => isReady(withCode)).map(({ id }) => id)).toEqual(["authorize", "token"]);
    const tokens = applyResponse(withCode, "token", 200, { access_token: "a", refresh_token: "r" });
    expect(tokens).toMatchObject({ code: undefined, accessToken: "a", refreshToken: "r" });
    expect(STEPS.filter(({ isReady }) => isReady(tokens)).map(({ id }) => id)).toEqual([
      "authorize",
      "me",
      "refresh",
      "exchange",
      "introspect",
      "revoke",
    ]);
    expect(applyResponse(tokens, "refresh", 200, { access_token: "b" })).toMatchObject({
      accessToken: "b",
      refreshToken: "r",
    });
    expect(applyResponse(tokens, "refresh", 400, { error: "invalid_grant" })).toBe(tokens);
    expect(applyResponse(tokens, "revoke", 200, "").refreshToken).toBeUndefined();
  });

  it("send the encoded client secret only in the header (RFC 6749 §2.3.1)", () => {
    const request = step("token").request({ ...flow, code: "fc_x" });
    expect(atob(request.headers.Authorization?.slice(6) ?? "")).toBe("cli_x:it's%20a%20secret");
    expect(JSON.stringify(request.form)).not.toContain("secret");
    const open = step("token").request({ ...flow, clientSecret: undefined, code: "fc_x" });
    expect(open).toMatchObject({ headers: {}, form: { client_id: "cli_x" } });
  });

  it("are formatted as curl, TypeScript and HTTP", () => {
    const request = step("revoke").request({ ...flow, refreshToken: "it's" });
    expect(toCurl(request)).toContain(`--data-urlencode 'token=it'\\''s'`);
    expect(toTypeScript(request)).toContain('body: new URLSearchParams({\n    "token": "it\'s"\n  }),');
    expect(toHttp(request)).toMatch(/^POST \/o\/app_x\/revoke HTTP\/1\.1\nHost: auth\.example\.com\n/);
  });
});

describe("the kinds of flows", () => {
  const ids = (changes: Partial<Flow>) =>
    stepsOf({ ...flow, ...changes })
      .filter(({ isReady }) => isReady({ ...flow, ...changes }))
      .map(({ id }) => id);

  it("push the request first, and send only its reference through the browser", () => {
    expect(ids({ par: true })).toEqual(["par"]);
    const pushed = applyResponse({ ...flow, par: true }, "par", 201, { request_uri: "urn:x" });
    expect(ids(pushed)).toEqual(["par", "authorize"]);
    expect([...new URL(authorizeUrl(pushed)).searchParams.keys()]).toEqual(["client_id", "request_uri"]);
  });

  it("start on a device, whose code is polled", () => {
    expect(ids({ kind: "device" })).toEqual(["device"]);
    const response = { device_code: "d", verification_uri_complete: "https://auth.example.com/device?user_code=X" };
    const started = applyResponse({ ...flow, kind: "device" }, "device", 200, response);
    expect(ids(started)).toEqual(["device", "verify", "token"]);
    const [, , poll] = stepsOf(started);
    expect(poll?.request(started).form).toMatchObject({ device_code: "d" });
    expect(applyResponse(started, "token", 400, { error: "authorization_pending" })).toBe(started);
  });

  it("name the resource in each request that may", () => {
    const forApi = { ...flow, resource: "https://api.example.com/", accessToken: "a" };
    expect(new URL(authorizeUrl(forApi)).searchParams.get("resource")).toBe("https://api.example.com/");
    expect(step("exchange").request(forApi).form).toMatchObject({ resource: "https://api.example.com/" });
  });

  it("ask for a stronger sign-in, which the ID token then names", () => {
    expect(new URL(authorizeUrl(flow)).searchParams.has("acr_values")).toBe(false);
    expect(new URL(authorizeUrl({ ...flow, acr: "phr" })).searchParams.get("acr_values")).toBe("phr");
  });
});

it("signs DPoP proofs, which bind the access token (RFC 9449 §4.2)", async () => {
  const dpopKey = await newDpopKey();
  const request = step("me").request({ ...flow, dpopKey, accessToken: "a" });
  expect(request.headers.Authorization).toBe("DPoP a");
  const proof = await dpopProof(dpopKey, request, "n");
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK);
  expect(protectedHeader).toMatchObject({ typ: "dpop+jwt", alg: "ES256" });
  expect(protectedHeader.jwk).not.toHaveProperty("d");
  const ath = createHash("sha256").update("a").digest("base64url");
  expect(payload).toMatchObject({ htm: "GET", htu: "https://auth.example.com/api/me", ath, nonce: "n" });
});

describe("decodeJwt", () => {
  it("decodes non-ASCII claims", () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "ES256" })}.${part({ name: "Zoë ✓" })}.sig`;
    expect(decodeJwt(token)).toEqual({ header: { alg: "ES256" }, payload: { name: "Zoë ✓" } });
  });

  it.each(["", "a.b", "a.b.c", "....", 7, undefined])("returns null for %j", (token) => {
    expect(decodeJwt(token)).toBeNull();
  });
});
