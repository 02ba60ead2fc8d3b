/**
 * openid-client against resources, pairwise subjects and signing algorithms, with conditions of the
 * OpenID Foundation's suite (basic and dynamic plans): scopes, claims, userinfo and subjects.
 */
import * as oidc from "openid-client";
import { beforeAll, describe, expect, it } from "vitest";
import { SIGNING_ALGS, type SigningAlg } from "@/lib/apps/signing-keys";
import { createScope } from "@/lib/oauth/scopes/scopes";
import { someApp, type TestApp } from "@/test/support/factories";
import { handlerFetch } from "@/test/support/fetch";
import { manage } from "@/test/support/manage";
import {
  authorize,
  authorizeAt,
  authorizeFields,
  Browser,
  getTokens,
  OPERATOR,
  REDIRECT_URI,
  send,
  someClient,
  type TestClient,
  VERIFIER,
} from "@/test/support/oauth";

const API = "https://photos.example/api";
const SCOPES = ["openid", "profile", "email", "phone", "address", "offline_access", "photos:read"];

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
  await createScope(app.id, { name: "photos:read", description: "P", sensitive: false, optional: false }, OPERATOR);
  const body = { identifier: API, name: "Photos", scopes: ["photos:read"] };
  expect((await manage(app, "POST", "/resources", { body })).status).toBe(201);
});

async function discover(client: TestClient, alg: SigningAlg) {
  const metadata = { id_token_signed_response_alg: alg, userinfo_signed_response_alg: alg };
  const options = { execute: [oidc.allowInsecureRequests], [oidc.customFetch]: handlerFetch };
  const authentication = oidc.ClientSecretPost(client.secret ?? "");
  const config = await oidc.discovery(new URL(app.issuer), client.id, metadata, authentication, options);
  oidc.enableNonRepudiationChecks(config);
  return config;
}

it.each(SIGNING_ALGS)("openid-client verifies ID tokens and userinfo with %s, and names resources", async (alg) => {
  const client = await someClient(app, {
    scopes: SCOPES,
    subject_type: "pairwise",
    id_token_signed_response_alg: alg,
    userinfo_signed_response_alg: alg,
  });
  const [browser, config] = [new Browser(app), await discover(client, alg)];
  const { code_challenge, code_challenge_method, state, nonce } = authorizeFields(client);
  const scope = "openid email offline_access photos:read";
  const url = oidc.buildAuthorizationUrl(
    config,
    new URLSearchParams([
      ...Object.entries({ redirect_uri: REDIRECT_URI, scope, code_challenge, code_challenge_method, state, nonce }),
      ["resource", API],
      ["resource", app.issuer],
    ]),
  );
  const callback = await authorizeAt(browser, url.href);
  const checks = { pkceCodeVerifier: VERIFIER, expectedState: state, expectedNonce: nonce };
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks);
  const { sub = "" } = tokens.claims() ?? {};
  expect(sub).not.toBe(await browser.userId());
  expect(await oidc.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub, email: browser.email });
  const narrow = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? "", { resource: API });
  expect(narrow.scope).toBe("photos:read");
  await expect(oidc.fetchUserInfo(config, narrow.access_token, sub)).rejects.toMatchObject({ status: 401 });
});

describe("the OpenID suite's conditions", () => {
  it("scopes profile, email, phone and address, alone and together (oidcc-scope-*)", async () => {
    const client = await someClient(app, { scopes: SCOPES });
    const browser = new Browser(app);
    await getTokens(client, browser);
    const body = {
      name: "Bob",
      phone_number: "+12025550123",
      phone_number_verified: true,
      address: { locality: "Berlin", country: "Germany" },
    };
    await manage(app, "PATCH", `/users/${await browser.userId()}`, { body });
    const claims: Record<string, string[]> = {
      profile: ["name", "updated_at"],
      email: ["email", "email_verified"],
      phone: ["phone_number", "phone_number_verified"],
      address: ["address"],
    };
    for (const scopes of [...Object.keys(claims).map((name) => [name]), Object.keys(claims)]) {
      const tokens = await getTokens(client, browser, { scope: `openid ${scopes.join(" ")}` });
      const answer = await send(`/o/${app.id}/userinfo`, { bearer: tokens.access_token });
      const expected = ["sub", ...scopes.flatMap((scope) => claims[scope] ?? [])];
      expect(Object.keys(answer.body).sort()).toEqual(expected.sort());
    }
    const metadata = (await send(`/o/${app.id}/.well-known/openid-configuration`)).body;
    expect(metadata.scopes_supported).toEqual(expect.arrayContaining(["openid", ...Object.keys(claims)]));
    expect(metadata.claims_supported).toEqual(expect.arrayContaining(Object.values(claims).flat()));
  });

  it("a request with acr_values or default_acr_values succeeds, and the ID token has acr (oidcc-ensure-request-with-acr-values-succeeds)", async () => {
    const client = await someClient(app, { default_acr_values: ["2", "1"] });
    for (const changes of [{}, { acr_values: "2 1" }]) {
      const location = await authorize(new Browser(app), client, changes);
      expect(location.searchParams.has("code")).toBe(true);
    }
    const { id_token } = await getTokens(client);
    expect(JSON.parse(Buffer.from(id_token.split(".")[1] ?? "", "base64url").toString()).acr).toBe("1");
  });

  it("an unknown resource is an error for the client, which keeps its state", async () => {
    const client = await someClient(app, { scopes: SCOPES });
    const location = await authorize(new Browser(app), client, { resource: "https://unknown.example" });
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      error: "invalid_target",
      state: "the-state",
      iss: app.issuer,
    });
  });
});
