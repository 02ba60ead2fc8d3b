/**
 * What the OpenID Foundation's suite expects of dynamically registered clients
 * (oidcc-dynamic-certification-test-plan), as far as the response type is code.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { call } from "@/test/support/call";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorize,
  authorizeUrl,
  Browser,
  exchangeCode,
  expectOAuthError,
  findHandler,
  getTokens,
  newIpAddress,
  OPERATOR,
  refreshTokens,
  send,
} from "@/test/support/oauth";

const REDIRECT = "https://op.example/test/a/foyer/callback";
const ASKED = {
  client_name: "OIDF conformance suite",
  contacts: ["certification@oidf.example"],
  grant_types: ["authorization_code"],
  response_types: ["code"],
  redirect_uris: [REDIRECT],
};

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
  await updateApp(app.id, { settings: { registration: "open" } }, OPERATOR);
});

async function register(changes: object = {}) {
  const path = `/o/${app.id}/register`;
  const { handler, params } = await findHandler("POST", path);
  return call(handler, { path, params, body: { ...ASKED, ...changes }, ip: newIpAddress() });
}

async function registered(changes: object = {}) {
  const { status, body } = await register(changes);
  expect(status, JSON.stringify(body)).toBe(201);
  return { app, id: body.client_id, secret: body.client_secret ?? null, redirectUri: body.redirect_uris[0], body };
}

describe("the dynamic plan", () => {
  it("discovers the registration endpoint (oidcc-discovery-endpoint-verification)", async () => {
    const { body } = await send(`/o/${app.id}/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      registration_endpoint: `${app.issuer}/register`,
      request_uri_parameter_supported: false,
      response_types_supported: expect.arrayContaining(["code"]),
    });
  });

  it.each(["client_secret_basic", "client_secret_post"])(
    "signs a user in with a client of the method %s (oidcc-server)",
    async (token_endpoint_auth_method) => {
      const client = await registered({ token_endpoint_auth_method });
      const form = { client_id: client.id, client_secret: client.secret };
      const location = await authorize(new Browser(app), client);
      const code = location.searchParams.get("code") ?? "";
      const answer =
        token_endpoint_auth_method === "client_secret_basic"
          ? await exchangeCode(client, code)
          : await exchangeCode({ ...client, secret: null }, code, form);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      expect(answer.body.id_token).toBeTruthy();
    },
  );

  it("lets a client that named no method send its secret either way, also after it sent the response back", async () => {
    const client = await registered();
    expect(client.body.token_endpoint_auth_method).toBe("client_secret_basic");
    const authenticate = async () => {
      const form = { client_id: client.id, client_secret: client.secret };
      const code = async () => (await authorize(new Browser(app), client)).searchParams.get("code") ?? "";
      const posted = await exchangeCode({ ...client, secret: null }, await code(), form);
      expect([(await exchangeCode(client, await code())).status, posted.status]).toEqual([200, 200]);
    };
    await authenticate();
    const { registration_access_token: bearer, registration_client_uri: uri, ...rest } = client.body;
    const { client_id_issued_at: _, client_secret_expires_at: __, ...body } = rest;
    const path = new URL(uri).pathname;
    const { handler, params } = await findHandler("PUT", path);
    const answer = await call(handler, { method: "PUT", path, params, bearer, body });
    expect(answer.body.token_endpoint_auth_method, JSON.stringify(answer.body)).toBe("client_secret_basic");
    await authenticate();
  });

  it.each(["logo_uri", "policy_uri", "tos_uri", "client_uri"])(
    "registers %s (oidcc-registration-*-uri)",
    async (name) => {
      const uri = `https://op.example/${name}`;
      expect((await registered({ [name]: uri })).body[name]).toBe(uri);
    },
  );

  it("registers jwks_uri (oidcc-registration-jwks-uri)", async () => {
    const { body } = await registered({
      jwks_uri: "https://op.example/jwks",
      token_endpoint_auth_method: "private_key_jwt",
    });
    expect(body).toMatchObject({ jwks_uri: "https://op.example/jwks", token_endpoint_auth_method: "private_key_jwt" });
    expect(body).not.toHaveProperty("client_secret");
  });

  it("uses the registered algorithm of ID tokens", async () => {
    const client = await registered({ id_token_signed_response_alg: "ES256" });
    const { id_token: token } = await getTokens(client, new Browser(app));
    expect(JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString())).toMatchObject({ alg: "ES256" });
  });

  it("accepts a redirect URI with a query only as it was registered (oidcc-redirect-uri-query-*)", async () => {
    const uri = `${REDIRECT}?foo=bar`;
    const client = await registered({ redirect_uris: [uri] });
    const location = await authorize(new Browser(app), client);
    expect(location.searchParams.get("foo")).toBe("bar");
    expect(location.searchParams.get("code")).toBeTruthy();
    for (const redirect_uri of [`${uri}&more=1`, `${REDIRECT}?foo=other`, REDIRECT])
      expect((await send(authorizeUrl(client, { redirect_uri }))).status).toBe(400);
  });

  it("rejects a redirect URI with a fragment (oidcc-redirect-uri-regfrag)", async () => {
    expectOAuthError(await register({ redirect_uris: [`${REDIRECT}#foo`] }), 400, "invalid_redirect_uri");
  });

  it("refreshes the tokens of a client that registered for it (oidcc-refresh-token)", async () => {
    const client = await registered({ grant_types: ["authorization_code", "refresh_token"] });
    const tokens = await getTokens(client, new Browser(app));
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(200);
    const without = await getTokens(await registered(), new Browser(app));
    expect(without.refresh_token).toBeUndefined();
  });

  it("rejects an external request_uri", async () => {
    const client = await registered({ request_uris: ["https://op.example/request"] });
    const url = authorizeUrl(client, { request_uri: "https://op.example/request", prompt: "none" });
    const answer = await send(url);
    const location = new URL(answer.headers.get("location") ?? "about:blank");
    expect(location.searchParams.get("error")).toBe("request_uri_not_supported");
  });

  it("unregisters its client with 204 (RFC 7592 §2.3)", async () => {
    const { body } = await registered();
    const path = new URL(body.registration_client_uri).pathname;
    const { handler, params } = await findHandler("DELETE", path);
    const options = { method: "DELETE", path, params, bearer: body.registration_access_token };
    expect((await call(handler, options)).status).toBe(204);
    expectOAuthError(await call(handler, options), 401, "invalid_token");
  });
});
