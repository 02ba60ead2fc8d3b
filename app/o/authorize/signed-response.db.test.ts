/** Signed authorization responses (JARM). */
import { createLocalJWKSet, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { SIGNING_ALGS } from "@/lib/apps/signing-keys";
import { nowSeconds } from "@/lib/clock";
import type { TestResponse } from "@/test/support/call";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorize,
  authorizeUrl,
  Browser,
  beginConsent,
  exchangeCode,
  locationOf,
  REDIRECT_URI,
  send,
  someClient,
  type TestClient,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
let bob: Browser;
let keys: ReturnType<typeof createLocalJWKSet>;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
  bob = new Browser(app);
  await authorize(bob, client);
  keys = createLocalJWKSet((await send(`/o/${app.id}/jwks`)).body);
});

type Place = "query" | "fragment" | "form_post";

function responseOf(answer: TestResponse, place: Place): string {
  if (place === "form_post") return /name="response" value="([^"]+)"/.exec(answer.body)?.[1] ?? "";
  const { origin, pathname, search, hash } = locationOf(answer);
  expect(`${origin}${pathname}`).toBe(REDIRECT_URI);
  const parameters = new URLSearchParams(place === "query" ? search : hash.slice(1));
  expect([...parameters.keys()]).toEqual(["response"]);
  return parameters.get("response") ?? "";
}

async function open(of: TestClient, changes: Record<string, string>, place: Place = "query", browser = bob) {
  const response = responseOf(await browser.open(authorizeUrl(of, changes)), place);
  return jwtVerify(response, keys, { issuer: app.issuer, audience: of.id, typ: "JWT" });
}

describe("a signed response", () => {
  it.each<[string, Place]>([
    ["jwt", "query"],
    ["query.jwt", "query"],
    ["fragment.jwt", "fragment"],
    ["form_post.jwt", "form_post"],
  ])("with response_mode=%s is in the %s and has a code that works", async (response_mode, place) => {
    const { payload, protectedHeader } = await open(client, { response_mode }, place);
    expect(payload).toEqual({
      iss: app.issuer,
      aud: client.id,
      exp: expect.any(Number),
      code: expect.any(String),
      state: "the-state",
    });
    expect(protectedHeader.alg).toBe("RS256");
    expect(payload.exp).toBeLessThanOrEqual(nowSeconds() + 600);
    expect((await exchangeCode(client, payload.code as string)).status).toBe(200);
  });

  it.each(SIGNING_ALGS)("is signed with %s if authorization_signed_response_alg says so", async (alg) => {
    const own = await someClient(app, { authorization_signed_response_alg: alg, first_party: true });
    keys = createLocalJWKSet((await send(`/o/${app.id}/jwks`)).body);
    expect((await open(own, { response_mode: "jwt" })).protectedHeader.alg).toBe(alg);
  });

  it("contains the error of an invalid request", async () => {
    const { payload } = await open(client, { response_mode: "query.jwt", scope: "nope" });
    expect(payload).toMatchObject({
      error: "invalid_scope",
      error_description: expect.any(String),
      state: "the-state",
      iss: app.issuer,
    });
    expect(payload).not.toHaveProperty("code");
  });

  it("contains the error of prompt=none", async () => {
    const { payload } = await open(client, { response_mode: "jwt", prompt: "none" }, "query", new Browser(app));
    expect(payload).toMatchObject({ error: "login_required", state: "the-state" });
  });

  it("contains the error of a denial", async () => {
    const denied = await someClient(app);
    const carol = new Browser(app);
    const interaction = await beginConsent(carol, denied, { response_mode: "jwt" });
    const answer = await carol.submit("consent", { interaction, user: await carol.userId(), decision: "deny" });
    const { payload } = await jwtVerify(responseOf(answer, "query"), keys, { audience: denied.id });
    expect(payload).toMatchObject({ error: "access_denied" });
  });

  it("isn't accepted as an ID token hint, an access token or an assertion", async () => {
    const response = responseOf(await bob.open(authorizeUrl(client, { response_mode: "jwt" })), "query");
    const hinted = await bob.open(authorizeUrl(client, { id_token_hint: response }));
    expect(locationOf(hinted).searchParams.get("error")).toBe("invalid_request");
    expect((await send(`/o/${app.id}/userinfo`, { bearer: response })).status).toBe(401);
  });

  it("isn't sent for an unknown response_mode", async () => {
    const answer = await bob.open(authorizeUrl(client, { response_mode: "post.jwt" }));
    expect(locationOf(answer).searchParams.get("error")).toBe("invalid_request");
  });
});
