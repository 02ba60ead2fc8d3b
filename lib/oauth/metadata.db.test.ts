/** Consistency of the discovery document with the endpoints (RFC 8414 §2, OpenID Connect Discovery §3). */
import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { authorize, Browser, basic, post, send, someClient, someScopes, type TestClient } from "@/test/support/oauth";
import { GRANT_TYPES } from "./grants/types";

let app: TestApp;
let client: TestClient;
// biome-ignore lint/suspicious/noExplicitAny: a document of many shapes
let document: Record<string, any>;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  client = await someClient(app);
  document = (await send(`/o/${app.id}/.well-known/openid-configuration`)).body;
});

it.each([
  ["authorization_endpoint", ["GET", "POST"]],
  ["token_endpoint", ["POST"]],
  ["userinfo_endpoint", ["GET", "POST"]],
  ["jwks_uri", ["GET"]],
  ["introspection_endpoint", ["POST"]],
  ["revocation_endpoint", ["POST"]],
  ["pushed_authorization_request_endpoint", ["POST"]],
  ["end_session_endpoint", ["GET", "POST"]],
] as const)("the %s of the discovery document responds to %j", async (name, methods) => {
  for (const method of methods) {
    const answer = await send(document[name], { method, form: method === "POST" ? "" : undefined });
    expect([404, 405, 500]).not.toContain(answer.status);
  }
});

it("the discovery document names every endpoint", () => {
  const endpoints = Object.keys(document).filter((name) => /_endpoint$|^jwks_uri$/.test(name));
  expect(endpoints.sort()).toEqual([
    "authorization_endpoint",
    "device_authorization_endpoint",
    "end_session_endpoint",
    "introspection_endpoint",
    "jwks_uri",
    "pushed_authorization_request_endpoint",
    "revocation_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
  ]);
});

it("the discovery document names exactly the grant types that the token endpoint supports", async () => {
  expect(document.grant_types_supported).toEqual(GRANT_TYPES);
  const all = await someClient(app, {
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
    scopes: ["photos:read"],
  });
  for (const grant_type of document.grant_types_supported) {
    const { body } = await post(all, "token", { grant_type });
    expect(body.error).not.toBe("unsupported_grant_type");
  }
});

describe("the discovery document", () => {
  it("names response modes, prompts and challenge methods that work, and other values are rejected", async () => {
    const bob = new Browser(app);
    await authorize(bob, client);
    const ask = (query: string) =>
      bob.open(
        `${document.authorization_endpoint}?response_type=code&client_id=${client.id}&scope=openid&code_challenge=${"A".repeat(43)}&code_challenge_method=S256&${query}`,
      );
    for (const mode of document.response_modes_supported) {
      const answer = await ask(`response_mode=${mode}`);
      const response = mode.startsWith("form_post") ? answer.body : answer.headers.get("location");
      expect(response).toMatch(mode.endsWith("jwt") ? /response/ : /code/);
    }
    for (const prompt of document.prompt_values_supported) {
      const location = (await ask(`prompt=${prompt}`)).headers.get("location") ?? "";
      expect(location).not.toContain("error=");
    }
    expect((await ask("prompt=unknown")).headers.get("location")).toContain("error=invalid_request");
    expect(document.code_challenge_methods_supported).toEqual(["S256"]);
    expect(document.authorization_response_iss_parameter_supported).toBe(true);
  });

  it("names the client authentication methods that work", async () => {
    expect(document.token_endpoint_auth_methods_supported).toEqual([
      "client_secret_basic",
      "client_secret_post",
      "private_key_jwt",
      "none",
    ]);
    expect(document.introspection_endpoint_auth_methods_supported).toEqual([
      "client_secret_basic",
      "client_secret_post",
      "private_key_jwt",
    ]);
    const form = { token: "x", client_id: client.id, client_secret: client.secret ?? "" };
    expect((await send(document.introspection_endpoint, { form })).status).toBe(200);
    expect((await send(document.introspection_endpoint, { form: { token: "x" }, headers: basic(client) })).status).toBe(
      200,
    );
  });

  it("names the standard scopes and the app's own scopes", () => {
    expect(document.scopes_supported).toEqual([
      "openid",
      "profile",
      "email",
      "phone",
      "address",
      "offline_access",
      "photos:read",
      "photos:write",
      "photos:share",
    ]);
    expect(document.subject_types_supported).toEqual(["public", "pairwise"]);
    expect(document.response_types_supported).toEqual(["code"]);
  });
});
