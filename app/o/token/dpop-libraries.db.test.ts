/** The DPoP of oauth4webapi and openid-client against Foyer: their handles need no configuration. */
import * as oauth from "oauth4webapi";
import * as oidc from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { someApp, type TestApp } from "@/test/support/factories";
import { handlerFetch } from "@/test/support/fetch";
import { manage } from "@/test/support/manage";
import {
  authorize,
  authorizeAt,
  authorizeFields,
  Browser,
  REDIRECT_URI,
  someClient,
  type TestClient,
  VERIFIER,
} from "@/test/support/oauth";

const ALGS = ["ES256", "PS256", "RS256", "Ed25519"];
const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const scope = "openid email offline_access";

let app: TestApp;
let spa: TestClient;
let web: TestClient;
beforeAll(async () => {
  app = await someApp();
  spa = await someClient(app, { public: true });
  web = await someClient(app, {
    dpop_bound_access_tokens: true,
    grant_types: ["authorization_code", "refresh_token", "client_credentials", TOKEN_EXCHANGE],
  });
});

async function requireNonce(dpop_nonce: boolean): Promise<void> {
  expect((await manage(app, "PATCH", "", { body: { settings: { dpop_nonce } } })).status).toBe(200);
}

afterAll(() => requireNonce(false));

describe.each([false, true])("a client with DPoP, nonces required: %s,", (nonces) => {
  beforeAll(() => requireNonce(nonces));

  it.each(ALGS)("gets, uses and refreshes bound tokens by openid-client with %s", async (alg) => {
    const [browser, authentication] = [new Browser(app), oidc.ClientSecretPost(web.secret ?? "")];
    const options = { execute: [oidc.allowInsecureRequests], [oidc.customFetch]: handlerFetch };
    const config = await oidc.discovery(new URL(app.issuer), web.id, undefined, authentication, options);
    expect(config.serverMetadata().dpop_signing_alg_values_supported).toContain("ES256");
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair(alg));
    const { code_challenge, code_challenge_method, state, nonce } = authorizeFields(web);
    const fields = { redirect_uri: REDIRECT_URI, scope, code_challenge, code_challenge_method, state, nonce };
    const url = await oidc.buildAuthorizationUrlWithPAR(config, fields, { DPoP });
    const callback = await authorizeAt(browser, url.href);
    const checks = { pkceCodeVerifier: VERIFIER, expectedState: "the-state", expectedNonce: "the-nonce" };
    const tokens = await oidc.authorizationCodeGrant(config, callback, checks, undefined, { DPoP });
    expect(tokens.token_type).toBe("dpop");
    const { sub = "" } = tokens.claims() ?? {};
    expect(await oidc.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).toMatchObject({
      email: browser.email,
    });
    const me = new URL("/api/me", TEST_PUBLIC_URL);
    const answer = await oidc.fetchProtectedResource(config, tokens.access_token, me, "GET", null, undefined, { DPoP });
    expect(await answer.json()).toMatchObject({ sub });
    const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? "", undefined, { DPoP });
    expect(refreshed.token_type).toBe("dpop");
    expect((await oidc.clientCredentialsGrant(config, undefined, { DPoP })).token_type).toBe("dpop");
    const subject = { subject_token: tokens.access_token, subject_token_type: ACCESS_TOKEN, scope: "email" };
    const exchanged = await oidc.genericGrantRequest(config, TOKEN_EXCHANGE, subject, { DPoP });
    expect(exchanged).toMatchObject({ token_type: "dpop", issued_token_type: ACCESS_TOKEN, scope: "email" });
    await expect(oidc.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_dpop_proof",
    });
  });

  it.each(ALGS)("gets, uses and refreshes bound tokens as a public client by oauth4webapi with %s", async (alg) => {
    const browser = new Browser(app);
    const options = { [oauth.allowInsecureRequests]: true, [oauth.customFetch]: handlerFetch };
    const issuer = new URL(app.issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
    const client: oauth.Client = { client_id: spa.id };
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair(alg));
    const withKey = { ...options, DPoP };

    /** The library remembers the nonce, and leaves the second try to its caller. */
    async function twice<T>(run: () => Promise<T>): Promise<T> {
      return run().catch((error) => (oauth.isDPoPNonceError(error) ? run() : Promise.reject(error)));
    }

    const parameters = oauth.validateAuthResponse(as, client, await authorize(browser, spa, { scope }), "the-state");
    const tokens = await twice(async () => {
      const args = [as, client, oauth.None(), parameters, REDIRECT_URI, VERIFIER, withKey] as const;
      const expected = { expectedNonce: "the-nonce", requireIdToken: true };
      const response = await oauth.authorizationCodeGrantRequest(...args);
      return oauth.processAuthorizationCodeResponse(as, client, response, expected);
    });
    expect(tokens.token_type).toBe("dpop");
    const { sub = "" } = oauth.getValidatedIdTokenClaims(tokens) ?? {};
    const info = await twice(async () => {
      const response = await oauth.userInfoRequest(as, client, tokens.access_token, withKey);
      return oauth.processUserInfoResponse(as, client, sub, response);
    });
    expect(info.email).toBe(browser.email);
    const refresh = (more: object) => async () => {
      const args = [as, client, oauth.None(), tokens.refresh_token ?? "", more] as const;
      return oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(...args));
    };
    await expect(refresh(options)()).rejects.toMatchObject({ error: "invalid_grant" });
    expect((await twice(refresh(withKey))).token_type).toBe("dpop");
    const bearer = await oauth.userInfoRequest(as, client, tokens.access_token, options);
    await expect(oauth.processUserInfoResponse(as, client, sub, bearer)).rejects.toMatchObject({
      cause: [{ scheme: "dpop", parameters: { error: "invalid_token", algs: "ES256 PS256 RS256 EdDSA" } }],
    });
  });
});
