import { describe, expect, it } from "vitest";
import { decodeJwt } from "./decode-jwt";
import { toCurl, toHttp, toTypeScript } from "./request-formats";
import { applyResponse, authorizeUrl, type Flow, STEPS } from "./steps";

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
