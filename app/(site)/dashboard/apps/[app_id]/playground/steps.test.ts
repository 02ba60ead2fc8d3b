import { describe, expect, it } from "vitest";
import { applyResponse, authorizeUrl, decodeJwt, type Flow, STEPS, toCurl, toHttp, toTypeScript } from "./steps";

const playing: Flow = {
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

describe("the steps of the playground", () => {
  it("begin with a request that has PKCE, state and nonce", () => {
    const { searchParams } = new URL(authorizeUrl(playing));
    expect(Object.fromEntries(searchParams)).toMatchObject({ code_challenge_method: "S256", state: "s", nonce: "n" });
  });

  it("wait for what they need", () => {
    expect(STEPS.filter(({ needs }) => needs(playing)).map(({ id }) => id)).toEqual(["authorize"]);
    const withCode = { ...playing, code: "fc_x" };
    expect(STEPS.filter(({ needs }) => needs(withCode)).map(({ id }) => id)).toEqual(["authorize", "token"]);
    const tokens = applyResponse(withCode, "token", 200, { access_token: "a", refresh_token: "r" });
    expect(tokens).toMatchObject({ code: undefined, accessToken: "a", refreshToken: "r" });
    expect(STEPS.filter(({ needs }) => needs(tokens)).map(({ id }) => id)).toEqual([
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

  it("send the client's secret in the header, encoded as RFC 6749 §2.3.1 says, and nothing of it in the body", () => {
    const request = step("token").request({ ...playing, code: "fc_x" });
    expect(atob(request.headers.Authorization?.slice(6) ?? "")).toBe("cli_x:it's%20a%20secret");
    expect(JSON.stringify(request.form)).not.toContain("secret");
    const open = step("token").request({ ...playing, clientSecret: undefined, code: "fc_x" });
    expect(open).toMatchObject({ headers: {}, form: { client_id: "cli_x" } });
  });

  it("are shown for a terminal, a program and the wire", () => {
    const request = step("revoke").request({ ...playing, refreshToken: "it's" });
    expect(toCurl(request)).toContain(`--data-urlencode 'token=it'\\''s'`);
    expect(toTypeScript(request)).toContain('body: new URLSearchParams({\n    "token": "it\'s"\n  }),');
    expect(toHttp(request)).toMatch(/^POST \/o\/app_x\/revoke HTTP\/1\.1\nHost: auth\.example\.com\n/);
  });
});

describe("a JWT", () => {
  it("is read with what is not ASCII in it", () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "ES256" })}.${part({ name: "Zoë ✓" })}.sig`;
    expect(decodeJwt(token)).toEqual({ header: { alg: "ES256" }, payload: { name: "Zoë ✓" } });
  });

  it.each(["", "a.b", "a.b.c", "....", 7, undefined])("is not %j", (token) => {
    expect(decodeJwt(token)).toBeNull();
  });
});
