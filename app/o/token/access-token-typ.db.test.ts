/** The app's setting `access_token_typ`: the `typ` of access tokens (RFC 9068 §2.1). */
import { decodeJwt, decodeProtectedHeader, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { getSigningKey } from "@/lib/apps/signing-keys";
import { updateApp } from "@/lib/apps/update";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import {
  Browser,
  basic,
  getTokens,
  OPERATOR,
  post,
  refreshTokens,
  send,
  someClient,
  someScopes,
  type TestClient,
  type Tokens,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
let bob: Browser;
let earlier: Tokens;

function setTyp(access_token_typ: string, of = app) {
  return updateApp(of.id, { settings: { access_token_typ } }, OPERATOR);
}

beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  client = await someClient(app, {
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
    scopes: ["openid", "profile", "email", "offline_access", "photos:read"],
  });
  bob = new Browser(app);
  earlier = await getTokens(client, bob);
  await setTyp("JWT");
});

const typOf = (token: string) => decodeProtectedHeader(token).typ;

/** The status of /api/me and userinfo, and whether introspection says that the token is active. */
async function accepted(token: string, of = app) {
  const active = await post(client, "introspect", { token });
  const [me, userinfo] = [
    await send("/api/me", { bearer: token }),
    await send(`/o/${of.id}/userinfo`, { bearer: token }),
  ];
  return [me.status, userinfo.status, active.body.active];
}

/** The token's claims under another `typ`, signed with the app's key. */
async function withTyp(of: TestApp, token: string, typ: string | undefined): Promise<string> {
  const { kid, privateKey } = await getSigningKey(of.id, "ES256");
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: "ES256", kid, typ }).sign(privateKey);
}

describe("an app with the type JWT", () => {
  it("issues every access token with it, and accepts them", async () => {
    const tokens = await getTokens(client, bob);
    const refreshed = (await refreshTokens(client, tokens.refresh_token)).body;
    for (const token of [tokens.access_token, refreshed.access_token]) {
      expect(typOf(token)).toBe("JWT");
      expect(await accepted(token)).toEqual([200, 200, true]);
    }
    const machine = (await post(client, "token", { grant_type: "client_credentials" })).body;
    expect(typOf(machine.access_token)).toBe("JWT");
    expect((await post(client, "introspect", { token: machine.access_token })).body.active).toBe(true);
    const session = await someSession(app.id);
    expect(typOf(session.token)).toBe("JWT");
    expect((await send("/api/me", { bearer: session.token })).status).toBe(200);
  });

  it("accepts the tokens that it issued with the type at+jwt, and revokes tokens of both types", async () => {
    expect(typOf(earlier.access_token)).toBe("at+jwt");
    expect(await accepted(earlier.access_token)).toEqual([200, 200, true]);
    const tokens = await getTokens(client, bob);
    for (const token of [tokens.access_token, earlier.access_token]) {
      expect((await send("/o/revoke", { form: { token }, headers: basic(client) })).status).toBe(200);
      expect(await accepted(token)).toEqual([401, 401, false]);
    }
  });

  it("rejects an ID token as an access token, and an access token as an ID token hint", async () => {
    const tokens = await getTokens(client, bob);
    expect(typOf(tokens.id_token)).toBe("JWT");
    expect(await accepted(tokens.id_token)).toEqual([401, 401, false]);
    const direct = await someSession(app.id);
    for (const hint of [tokens.access_token, direct.token]) {
      const answer = await bob.open(`/o/${app.id}/logout?id_token_hint=${hint}`);
      expect(answer.body).toContain("Sign out?");
    }
  });

  it("rejects other types", async () => {
    const { access_token } = await getTokens(client, bob);
    for (const typ of [undefined, "at", "jwt+at", "magic-link"])
      expect(await accepted(await withTyp(app, access_token, typ))).toEqual([401, 401, false]);
    for (const typ of ["at+JWT", "application/at+jwt", "jwt"])
      expect((await accepted(await withTyp(app, access_token, typ)))[0]).toBe(200);
  });
});

it("an app with the default type at+jwt rejects tokens with the type JWT", async () => {
  const [other, session] = [await someApp(), await someSession(app.id)];
  const direct = await someSession(other.id);
  expect(typOf(direct.token)).toBe("at+jwt");
  expect((await send("/api/me", { bearer: await withTyp(other, direct.token, "JWT") })).status).toBe(401);
  // Also after the app changes back.
  expect((await send("/api/me", { bearer: session.token })).status).toBe(200);
  await setTyp("at+jwt");
  expect((await send("/api/me", { bearer: session.token })).status).toBe(401);
  await setTyp("JWT");
  expect((await send("/api/me", { bearer: session.token })).status).toBe(200);
});

it("the type must be at+jwt or JWT", async () => {
  await expect(setTyp("jwt")).rejects.toMatchObject({ status: 400 });
});
