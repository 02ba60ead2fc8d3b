/** Introspection responses as JWTs (RFC 9701). */
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import { nowSeconds } from "@/lib/clock";
import { someApp, type TestApp } from "@/test/support/factories";
import { basic, getTokens, send, someClient, type TestClient, type Tokens } from "@/test/support/oauth";

const JWT = "application/token-introspection+jwt";

let app: TestApp;
let client: TestClient;
let server: TestClient;
let tokens: Tokens;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
  server = await someClient(app, { resource_server: true });
  tokens = await getTokens(client);
});

function ask(of: TestClient, token: string, accept = JWT) {
  return send(`/o/${app.id}/introspect`, { form: { token }, headers: { ...basic(of), accept } });
}

async function verify(jwt: string, audience: string) {
  const keys = createLocalJWKSet((await send(`/o/${app.id}/jwks`)).body);
  return jwtVerify(jwt, keys, { issuer: app.issuer, audience, typ: "token-introspection+jwt" });
}

describe("an introspection response as JWT", () => {
  it("is signed for its caller and has the JSON response inside (RFC 9701 §5)", async () => {
    const answer = await ask(server, tokens.access_token);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(JWT);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { payload } = await verify(answer.body, server.id);
    const plain = await ask(server, tokens.access_token, "application/json");
    expect(payload).toEqual({
      iss: app.issuer,
      aud: server.id,
      iat: expect.any(Number),
      token_introspection: plain.body,
    });
    expect(payload.iat).toBeLessThanOrEqual(nowSeconds());
    expect(plain.body.active).toBe(true);
  });

  it("says that an unknown token is inactive, and nothing else", async () => {
    const { payload } = await verify((await ask(client, "unknown")).body, client.id);
    expect(payload.token_introspection).toEqual({ active: false });
  });

  it.each(SIGNING_ALGS)("is signed with %s if introspection_signed_response_alg says so", async (alg) => {
    const own = await someClient(app, { introspection_signed_response_alg: alg });
    const { protectedHeader } = await verify((await ask(own, "x")).body, own.id);
    expect(protectedHeader.alg).toBe(alg);
  });

  it("is signed with RS256 by default (RFC 9701 §6)", async () => {
    expect(decodeProtectedHeader((await ask(client, "x")).body).alg).toBe("RS256");
  });

  it("is for the app if its API key asks", async () => {
    const headers = { accept: JWT };
    const answer = await send(`/o/${app.id}/introspect`, {
      form: { token: tokens.access_token },
      bearer: app.apiKey,
      headers,
    });
    const { payload } = await verify(answer.body, app.id);
    expect(payload.token_introspection).toMatchObject({ active: true, client_id: client.id });
  });

  it.each([
    ["application/json", false],
    ["*/*", false],
    [`application/json, ${JWT};q=0.5`, false],
    [`${JWT}, application/json;q=0.5`, true],
    [`${JWT};q=0`, false],
    ["text/html", false],
  ])("for Accept: %s is sent: %s", async (accept, signed) => {
    const { headers } = await ask(client, "x", accept);
    expect(headers.get("content-type")?.startsWith(JWT)).toBe(signed);
  });

  it("isn't sent for an error", async () => {
    const headers = { ...basic({ id: client.id, secret: "wrong" }), accept: JWT };
    const answer = await send(`/o/${app.id}/introspect`, { form: { token: "x" }, headers });
    expect(answer.status).toBe(401);
    expect(answer.body.error).toBe("invalid_client");
  });

  it("isn't accepted as a token (RFC 9701 §8.1)", async () => {
    const { body } = await ask(server, tokens.access_token);
    expect(decodeJwt(body)).not.toHaveProperty("sub");
    expect(decodeJwt(body)).not.toHaveProperty("exp");
    expect((await send("/api/me", { bearer: body })).status).toBe(401);
    expect((await ask(server, body, "application/json")).body).toEqual({ active: false });
  });
});
