/** Userinfo as signed JWT (OIDC Core §5.3.2). */
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { expect, it } from "vitest";
import { verifyJwt } from "@/lib/apps/jwt";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import { someApp } from "@/test/support/factories";
import { authorizeUrl, Browser, getTokens, locationOf, send, someClient } from "@/test/support/oauth";

it.each(SIGNING_ALGS)("is signed with %s for a client that asks for it, with issuer and audience", async (alg) => {
  const app = await someApp();
  const client = await someClient(app, { userinfo_signed_response_alg: alg });
  const browser = new Browser(app);
  const tokens = await getTokens(client, browser);
  const answer = await send(`/o/${app.id}/userinfo`, { bearer: tokens.access_token });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/jwt"]);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const text = String(answer.body);
  expect(decodeProtectedHeader(text)).toMatchObject({ alg, typ: "JWT" });
  const keys = createLocalJWKSet((await send(`/o/${app.id}/jwks`)).body);
  const { payload } = await jwtVerify(text, keys, { issuer: app.issuer, audience: client.id });
  expect(payload).toMatchObject({ sub: await browser.userId(), email: browser.email });
  // Neither an ID token nor an access token.
  expect(payload.exp).toBeUndefined();
  expect(await verifyJwt(text, ["JWT"], { expired: true })).toBeNull();
  const hinted = await browser.open(authorizeUrl(client, { prompt: "none", id_token_hint: text }));
  expect(locationOf(hinted).searchParams.get("error")).toBe("invalid_request");
  expect((await send(`/o/${app.id}/userinfo`, { bearer: text })).status).toBe(401);
});

it("is plain JSON for other clients, and errors are JSON for all", async () => {
  const app = await someApp();
  const tokens = await getTokens(await someClient(app));
  const answer = await send(`/o/${app.id}/userinfo`, { bearer: tokens.access_token });
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  const metadata = (await send(`/o/${app.id}/.well-known/openid-configuration`)).body;
  expect(metadata).toMatchObject({
    subject_types_supported: ["public", "pairwise"],
    id_token_signing_alg_values_supported: ["RS256", "PS256", "EdDSA", "ES256"],
    userinfo_signing_alg_values_supported: ["RS256", "PS256", "EdDSA", "ES256"],
  });
});
