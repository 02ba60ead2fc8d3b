/** Authorization code grant (RFC 6749 §4.1.3) with PKCE (RFC 7636), and code interception (RFC 9700). */
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "@/lib/crypto/hash";
import { db } from "@/lib/database/client";
import { raceWith } from "@/test/support/blocked";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorize,
  Browser,
  basic,
  CHALLENGE,
  changeClient,
  encode,
  exchangeCode,
  exchangeFields,
  expectOAuthError,
  getCode,
  getTokens,
  grantOf,
  REDIRECT_URI,
  refreshTokens,
  send,
  someClient,
  someScopes,
  type TestClient,
  VERIFIER,
} from "@/test/support/oauth";

let app: TestApp;
let client: TestClient;
let bob: Browser;
beforeAll(async () => {
  app = await someApp();
  await someScopes(app);
  client = await someClient(app);
  bob = new Browser(app);
});

function rowOf(code: string) {
  return { appId_hash: { appId: app.id, hash: sha256(code) } };
}

function change(code: string, data: { expiresAt?: Date; consumedAt?: Date }) {
  return db().authorizationCode.update({ where: rowOf(code), data });
}

async function me(token: string): Promise<number> {
  return (await send("/api/me", { bearer: token })).status;
}

describe("the authorization code grant", () => {
  it("returns the members of RFC 6749 §5.1 and OIDC Core §3.1.3.3, and no others", async () => {
    const { status, body, headers } = await exchangeCode(client, await getCode(bob, client));
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: 600,
      scope: "openid profile email offline_access",
      refresh_token: expect.any(String),
      id_token: expect.any(String),
    });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("creates one grant with the facts of the sign-in, and an event, and never stores the code in plain text", async () => {
    const code = await getCode(bob, client);
    const { body } = await exchangeCode(client, code);
    const session = await bob.session();
    const grant = await grantOf(client, body.access_token);
    expect(grant).toMatchObject({
      clientId: client.id,
      userId: session.userId,
      sessionId: session.id,
      scopes: ["openid", "profile", "email", "offline_access"],
      amr: ["pwd"],
      authTime: session.authTime,
      offline: true,
      revokedAt: null,
    });
    const event = await db().auditEvent.findFirst({ where: { appId: app.id, targetId: grant.id } });
    expect(event).toMatchObject({ type: "grant.created", userId: session.userId, clientId: client.id });
    expect(await db().authorizationCode.findUnique({ where: rowOf(code) })).toMatchObject({ grantId: grant.id });
  });

  it("returns no refresh token for openid without offline_access, and no ID token without openid", async () => {
    const openid = await getTokens(client, bob, { scope: "openid email" });
    expect(openid).not.toHaveProperty("refresh_token");
    expect(openid).toHaveProperty("id_token");
    const plain = await getTokens(client, bob, { scope: "email" });
    expect(plain).toHaveProperty("refresh_token");
    expect(plain).not.toHaveProperty("id_token");
  });

  it("returns the granted scopes if some were dropped (RFC 6749 §3.3)", async () => {
    expect((await getTokens(client, bob, { scope: "openid nope photos:read" })).scope).toBe("openid");
  });

  it("accepts a code without redirect_uri if the request had none (RFC 6749 §4.1.3)", async () => {
    const code = await getCode(bob, client, { redirect_uri: undefined });
    expect((await exchangeCode(client, code, { redirect_uri: undefined })).status).toBe(200);
    // Many libraries send redirect_uri even so.
    const another = await getCode(bob, client, { redirect_uri: undefined });
    expect((await exchangeCode(client, another)).status).toBe(200);
  });

  it("accepts a code without PKCE for a client with a secret, whose PKCE is optional by default", async () => {
    const server = await someClient(app);
    const code = await getCode(bob, server, { code_challenge: undefined, code_challenge_method: undefined });
    expect((await exchangeCode(server, code, { code_verifier: undefined })).status).toBe(200);
  });
});

describe("the authorization code grant, with 400 invalid_grant and without consuming the code,", () => {
  let other: TestClient;
  let spa: TestClient;
  let foreign: TestClient;
  beforeAll(async () => {
    other = await someClient(app);
    spa = await someClient(app, { public: true });
    foreign = await someClient(await someApp());
  });

  it.each<[string, (code: string) => ReturnType<typeof send>]>([
    ["a code that was issued to another client of the app (RFC 6749 §4.1.3)", (code) => exchangeCode(other, code)],
    ["a code that is sent by a public client of the app", (code) => exchangeCode(spa, code)],
    ["a code that is sent by a client of another app", (code) => exchangeCode(foreign, code)],
    ["a wrong verifier (RFC 7636 §4.6)", (code) => exchangeCode(client, code, { code_verifier: `${VERIFIER}x` })],
    ["a missing verifier (RFC 9700 §2.1.1)", (code) => exchangeCode(client, code, { code_verifier: undefined })],
    [
      "the challenge as the verifier, as for plain (RFC 9700 §2.1.1)",
      (code) => exchangeCode(client, code, { code_verifier: CHALLENGE }),
    ],
    [
      "a verifier of 42 characters (RFC 7636 §4.1)",
      (code) => exchangeCode(client, code, { code_verifier: "a".repeat(42) }),
    ],
    ["a verifier of 129 characters", (code) => exchangeCode(client, code, { code_verifier: "a".repeat(129) })],
    ["a missing redirect_uri", (code) => exchangeCode(client, code, { redirect_uri: undefined })],
    ["another redirect_uri", (code) => exchangeCode(client, code, { redirect_uri: `${REDIRECT_URI}/` })],
    ["a code with one character changed", (code) => exchangeCode(client, changeLast(code))],
    ["a code with an additional character", (code) => exchangeCode(client, `${code}x`)],
    ["a code in upper case", (code) => exchangeCode(client, code.toUpperCase())],
    ["a refresh token as a code", () => exchangeCode(client, "fr1-1.aaaaa.grn_0.0.x")],
  ])("rejects %s", async (_, attempt) => {
    const code = await getCode(bob, client);
    expectOAuthError(await attempt(code), 400, "invalid_grant");
    expect(await db().authorizationCode.findUnique({ where: rowOf(code) })).toMatchObject({ consumedAt: null });
    expect((await exchangeCode(client, code)).status).toBe(200);
  });

  it("rejects a wrong client secret", async () => {
    const code = await getCode(bob, client);
    const headers = basic({ id: client.id, secret: "wrong" });
    expectOAuthError(await send("/o/token", { form: exchangeFields(client, code), headers }), 401, "invalid_client");
    expect((await exchangeCode(client, code)).status).toBe(200);
  });

  it("rejects a verifier for a code that had no challenge (RFC 9700 §4.8.2: PKCE downgrade)", async () => {
    const server = await someClient(app);
    const code = await getCode(bob, server, { code_challenge: undefined, code_challenge_method: undefined });
    expectOAuthError(await exchangeCode(server, code), 400, "invalid_grant");
    expect((await exchangeCode(server, code, { code_verifier: undefined })).status).toBe(200);
  });

  it("rejects a code that another client replays, and revokes no grant of the code's client", async () => {
    const code = await getCode(bob, client);
    const tokens = (await exchangeCode(client, code)).body;
    expectOAuthError(await exchangeCode(other, code), 400, "invalid_grant");
    expectOAuthError(await exchangeCode(client, code, { code_verifier: `${VERIFIER}x` }), 400, "invalid_grant");
    expect(await me(tokens.access_token)).toBe(200);
    expect((await refreshTokens(client, tokens.refresh_token)).status).toBe(200);
  });
});

function changeLast(code: string): string {
  return code.slice(0, -1) + (code.endsWith("A") ? "B" : "A");
}

describe("an authorization code, with 400 invalid_grant,", () => {
  it("is rejected if its client uses it again, and its grant is revoked (RFC 6749 §4.1.2, RFC 9700 §4.2.4)", async () => {
    const code = await getCode(bob, client);
    const { access_token, refresh_token } = (await exchangeCode(client, code)).body;
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
    expect(await me(access_token)).toBe(401);
    expectOAuthError(await refreshTokens(client, refresh_token), 400, "invalid_grant");
    expect(await grantOf(client, access_token)).toMatchObject({ revokedReason: "code_replayed" });
  });

  it("is rejected as used even after it expired, and its grant is revoked", async () => {
    const code = await getCode(bob, client);
    const { access_token } = (await exchangeCode(client, code)).body;
    await change(code, { expiresAt: new Date(Date.now() - 1000) });
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
    expect(await me(access_token)).toBe(401);
  });

  it("is rejected on reuse without revoking the consent or the grant of the user's other device", async () => {
    const other = await getTokens(client, bob);
    const code = await getCode(bob, client);
    await exchangeCode(client, code);
    await exchangeCode(client, code);
    expect(await me(other.access_token)).toBe(200);
    expect((await refreshTokens(client, other.refresh_token)).status).toBe(200);
  });

  it("is rejected alone among 20 concurrent valid and invalid codes, and a wrong guess consumes no code", async () => {
    const eve = new Browser(app);
    const otherClient = await someClient(app);
    const codes: { code: string; of: Browser; by: TestClient; changes: Record<string, string> }[] = [];
    for (let n = 0; n < 20; n++) {
      const of = n % 2 ? eve : bob;
      const by = n % 5 === 0 ? otherClient : client;
      const changes: Record<string, string> = n % 7 === 3 ? { code_verifier: "w".repeat(43) } : {};
      codes.push({ code: await getCode(of, client, { nonce: `n-${n}` }), of, by, changes });
    }
    const answers = await Promise.all(codes.map(({ code, by, changes }) => exchangeCode(by, code, changes)));
    for (const [n, { code, of, by, changes }] of codes.entries()) {
      if (by === client && !("code_verifier" in changes)) {
        const { userId } = await of.session();
        expect(answers[n]).toMatchObject({ status: 200 });
        expect(decodeJwt(answers[n]?.body.id_token)).toMatchObject({ nonce: `n-${n}`, sub: userId });
        expect(decodeJwt(answers[n]?.body.access_token)).toMatchObject({ sub: userId, client_id: client.id });
      } else {
        expect(answers[n]).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
        expect(await db().authorizationCode.findUnique({ where: rowOf(code) })).toMatchObject({ consumedAt: null });
      }
    }
  });

  it("creates at most one grant in 20 concurrent requests, and that grant is revoked", async () => {
    const code = await getCode(bob, client);
    const before = await db().grant.count({ where: { appId: app.id } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchangeCode(client, code)));
    const won = answers.filter((answer) => answer.status === 200);
    expect(won).toHaveLength(1);
    for (const answer of answers.filter((one) => one.status !== 200)) expectOAuthError(answer, 400, "invalid_grant");
    expect(await db().grant.count({ where: { appId: app.id } })).toBe(before + 1);
    expect(await me(won[0]?.body.access_token)).toBe(401);
  });

  it("is rejected as used if another process consumes it while the statement runs, and its grant is revoked", async () => {
    const code = await getCode(bob, client);
    const { access_token } = await getTokens(client, bob);
    const consume = {
      text: `UPDATE "AuthorizationCode" SET "consumedAt" = now(), "grantId" = $3 WHERE "appId" = $1 AND "hash" = $2`,
      values: [app.id, sha256(code), (await grantOf(client, access_token)).id],
    };
    const answer = await raceWith(consume, () => exchangeCode(client, code));
    expectOAuthError(answer, 400, "invalid_grant");
    expect(answer.body.error_description).toContain("already used");
    expect(await grantOf(client, access_token)).toMatchObject({ revokedReason: "code_replayed" });
  });

  it("is rejected after one minute (RFC 6749 §4.1.2)", async () => {
    const code = await getCode(bob, client);
    const { createdAt, expiresAt } = await db().authorizationCode.findUniqueOrThrow({ where: rowOf(code) });
    expect(Math.round((expiresAt.getTime() - createdAt.getTime()) / 1000)).toBe(60);
    await change(code, { expiresAt: new Date(Date.now() - 1) });
    const answer = await exchangeCode(client, code);
    expectOAuthError(answer, 400, "invalid_grant");
    expect(answer.body.error_description).toContain("expired");
  });

  it("is rejected once its user is disabled", async () => {
    const carol = new Browser(app);
    const code = await getCode(carol, client);
    const where = { appId_id: { appId: app.id, id: await carol.userId() } };
    await db().user.update({ where, data: { disabledAt: new Date() } });
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
  });

  it("is rejected once its session is revoked", async () => {
    const carol = new Browser(app);
    const code = await getCode(carol, client);
    const { id } = await carol.session();
    await db().session.update({ where: { appId_id: { appId: app.id, id } }, data: { revokedAt: new Date() } });
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
  });

  it("is rejected once the user has disconnected the app, even after a new consent", async () => {
    const carol = new Browser(app);
    const code = await getCode(carol, client);
    await carol.submit("account/disconnect", { client: client.id });
    await authorize(carol, client);
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
  });
});

describe("the authorization code grant, with 400 invalid_request,", () => {
  it.each(["code"])("rejects a request without %s (RFC 6749 §4.1.3)", async (name) => {
    expectOAuthError(await exchangeCode(client, "x", { [name]: undefined }), 400, "invalid_request");
  });

  it.each(["code", "redirect_uri", "code_verifier"] as const)(
    "rejects a request with %s sent twice (RFC 6749 §3.2)",
    async (name) => {
      const fields = exchangeFields(client, await getCode(bob, client));
      const form = `${encode(fields)}&${encode({ [name]: fields[name] })}`;
      expectOAuthError(await send("/o/token", { form, headers: basic(client) }), 400, "invalid_request");
      expect((await send("/o/token", { form: fields, headers: basic(client) })).status).toBe(200);
    },
  );
});

it("a client that lost the grant type after the code was issued gets unauthorized_client", async () => {
  const changing = await someClient(app, { grant_types: ["authorization_code", "client_credentials"] });
  const code = await getCode(bob, changing);
  await changeClient(changing, { grant_types: ["client_credentials"] });
  expectOAuthError(await exchangeCode(changing, code), 400, "unauthorized_client");
});
