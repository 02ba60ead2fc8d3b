/** Buying tokens with a code: RFC 6749 §4.1.3 with PKCE (RFC 7636), and the interception cases of RFC 9700. */
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

describe("200", () => {
  it("gives what RFC 6749 §5.1 and OIDC Core §3.1.3.3 say, and nothing else", async () => {
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

  it("makes one grant with the facts of the sign-in, and an event, without the code in clear", async () => {
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

  it("gives no refresh token to OpenID without offline_access, no ID token without openid", async () => {
    const openid = await getTokens(client, bob, { scope: "openid email" });
    expect(openid).not.toHaveProperty("refresh_token");
    expect(openid).toHaveProperty("id_token");
    const plain = await getTokens(client, bob, { scope: "email" });
    expect(plain).toHaveProperty("refresh_token");
    expect(plain).not.toHaveProperty("id_token");
  });

  it("says which scopes were granted when some were dropped (RFC 6749 §3.3)", async () => {
    expect((await getTokens(client, bob, { scope: "openid nope photos:read" })).scope).toBe("openid");
  });

  it("takes a code without redirect_uri where the request had none (RFC 6749 §4.1.3)", async () => {
    const code = await getCode(bob, client, { redirect_uri: undefined });
    expect((await exchangeCode(client, code, { redirect_uri: undefined })).status).toBe(200);
    // Many libraries send it anyway.
    const another = await getCode(bob, client, { redirect_uri: undefined });
    expect((await exchangeCode(client, another)).status).toBe(200);
  });

  it("without PKCE for a client whose PKCE is optional", async () => {
    const server = await someClient(app, { pkce: "optional" });
    const code = await getCode(bob, server, { code_challenge: undefined, code_challenge_method: undefined });
    expect((await exchangeCode(server, code, { code_verifier: undefined })).status).toBe(200);
  });
});

describe("400 invalid_grant that burns nothing", () => {
  let other: TestClient;
  let spa: TestClient;
  let foreign: TestClient;
  beforeAll(async () => {
    other = await someClient(app);
    spa = await someClient(app, { public: true });
    foreign = await someClient(await someApp());
  });

  it.each<[string, (code: string) => ReturnType<typeof send>]>([
    ["another client of the App (RFC 6749 §4.1.3)", (code) => exchangeCode(other, code)],
    ["a public client of the App", (code) => exchangeCode(spa, code)],
    ["a client of another app", (code) => exchangeCode(foreign, code)],
    ["a wrong verifier (RFC 7636 §4.6)", (code) => exchangeCode(client, code, { code_verifier: `${VERIFIER}x` })],
    ["no verifier (RFC 9700 §2.1.1)", (code) => exchangeCode(client, code, { code_verifier: undefined })],
    [
      "the challenge as the verifier: plain (RFC 9700 §2.1.1)",
      (code) => exchangeCode(client, code, { code_verifier: CHALLENGE }),
    ],
    [
      "a verifier of 42 characters (RFC 7636 §4.1)",
      (code) => exchangeCode(client, code, { code_verifier: "a".repeat(42) }),
    ],
    ["a verifier of 129 characters", (code) => exchangeCode(client, code, { code_verifier: "a".repeat(129) })],
    ["no redirect_uri", (code) => exchangeCode(client, code, { redirect_uri: undefined })],
    ["another redirect_uri", (code) => exchangeCode(client, code, { redirect_uri: `${REDIRECT_URI}/` })],
    ["a code with one character changed", (code) => exchangeCode(client, changeLast(code))],
    ["a code with a character more", (code) => exchangeCode(client, `${code}x`)],
    ["a code in upper case", (code) => exchangeCode(client, code.toUpperCase())],
    ["a refresh token as a code", () => exchangeCode(client, "fr1-1.aaaaa.grn_0.0.x")],
  ])("%s", async (_, attempt) => {
    const code = await getCode(bob, client);
    expectOAuthError(await attempt(code), 400, "invalid_grant");
    expect(await db().authorizationCode.findUnique({ where: rowOf(code) })).toMatchObject({ consumedAt: null });
    expect((await exchangeCode(client, code)).status).toBe(200);
  });

  it("a wrong client secret burns nothing either", async () => {
    const code = await getCode(bob, client);
    const headers = basic({ id: client.id, secret: "wrong" });
    expectOAuthError(await send("/o/token", { form: exchangeFields(client, code), headers }), 401, "invalid_client");
    expect((await exchangeCode(client, code)).status).toBe(200);
  });

  it("a verifier for a code that had no challenge (RFC 9700 §4.8.2: PKCE downgrade)", async () => {
    const server = await someClient(app, { pkce: "optional" });
    const code = await getCode(bob, server, { code_challenge: undefined, code_challenge_method: undefined });
    expectOAuthError(await exchangeCode(server, code), 400, "invalid_grant");
    expect((await exchangeCode(server, code, { code_verifier: undefined })).status).toBe(200);
  });

  it("a code that another client's attacker replays revokes nothing of the owner's", async () => {
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

describe("400 invalid_grant", () => {
  it("ends the grant when its own client uses a code again (RFC 6749 §4.1.2, RFC 9700 §4.2.4)", async () => {
    const code = await getCode(bob, client);
    const { access_token, refresh_token } = (await exchangeCode(client, code)).body;
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
    expect(await me(access_token)).toBe(401);
    expectOAuthError(await refreshTokens(client, refresh_token), 400, "invalid_grant");
    expect(await grantOf(client, access_token)).toMatchObject({ revokedReason: "code_replayed" });
  });

  it("and of a late replay too: used is asked before expired", async () => {
    const code = await getCode(bob, client);
    const { access_token } = (await exchangeCode(client, code)).body;
    await change(code, { expiresAt: new Date(Date.now() - 1000) });
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
    expect(await me(access_token)).toBe(401);
  });

  it("ends that grant only: the user's other device and the consent stay", async () => {
    const other = await getTokens(client, bob);
    const code = await getCode(bob, client);
    await exchangeCode(client, code);
    await exchangeCode(client, code);
    expect(await me(other.access_token)).toBe(200);
    expect((await refreshTokens(client, other.refresh_token)).status).toBe(200);
  });

  it("twenty codes at once, good and bad among each other: each gets its own answer, and a wrong guess burns nothing", async () => {
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

  it("twenty at once make one grant at most, and end it", async () => {
    const code = await getCode(bob, client);
    const before = await db().grant.count({ where: { appId: app.id } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchangeCode(client, code)));
    const won = answers.filter((answer) => answer.status === 200);
    expect(won).toHaveLength(1);
    for (const answer of answers.filter((one) => one.status !== 200)) expectOAuthError(answer, 400, "invalid_grant");
    expect(await db().grant.count({ where: { appId: app.id } })).toBe(before + 1);
    expect(await me(won[0]?.body.access_token)).toBe(401);
  });

  it("rejects a code as used when another process consumes it while the statement runs, and revokes that grant", async () => {
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

  it("lives for one minute (RFC 6749 §4.1.2)", async () => {
    const code = await getCode(bob, client);
    const { createdAt, expiresAt } = await db().authorizationCode.findUniqueOrThrow({ where: rowOf(code) });
    expect(Math.round((expiresAt.getTime() - createdAt.getTime()) / 1000)).toBe(60);
    await change(code, { expiresAt: new Date(Date.now() - 1) });
    const answer = await exchangeCode(client, code);
    expectOAuthError(answer, 400, "invalid_grant");
    expect(answer.body.error_description).toContain("expired");
  });

  it("is worth nothing once its user is disabled", async () => {
    const carol = new Browser(app);
    const code = await getCode(carol, client);
    const where = { appId_id: { appId: app.id, id: await carol.userId() } };
    await db().user.update({ where, data: { disabledAt: new Date() } });
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
  });

  it("is worth nothing once its session has ended", async () => {
    const carol = new Browser(app);
    const code = await getCode(carol, client);
    const { id } = await carol.session();
    await db().session.update({ where: { appId_id: { appId: app.id, id } }, data: { revokedAt: new Date() } });
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
  });

  it("is worth nothing once the user has disconnected the app, also after a new consent", async () => {
    const carol = new Browser(app);
    const code = await getCode(carol, client);
    await carol.submit("account/disconnect", { client: client.id });
    await authorize(carol, client);
    expectOAuthError(await exchangeCode(client, code), 400, "invalid_grant");
  });
});

describe("400 invalid_request", () => {
  it.each(["code"])("without %s (RFC 6749 §4.1.3)", async (name) => {
    expectOAuthError(await exchangeCode(client, "x", { [name]: undefined }), 400, "invalid_request");
  });

  it.each(["code", "redirect_uri", "code_verifier"] as const)("with %s twice (RFC 6749 §3.2)", async (name) => {
    const fields = exchangeFields(client, await getCode(bob, client));
    const form = `${encode(fields)}&${encode({ [name]: fields[name] })}`;
    expectOAuthError(await send("/o/token", { form, headers: basic(client) }), 400, "invalid_request");
    expect((await send("/o/token", { form: fields, headers: basic(client) })).status).toBe(200);
  });
});

it("a client that lost the grant type after the code was issued gets unauthorized_client", async () => {
  const changing = await someClient(app, { grant_types: ["authorization_code", "client_credentials"] });
  const code = await getCode(bob, changing);
  await changeClient(changing, { grant_types: ["client_credentials"] });
  expectOAuthError(await exchangeCode(changing, code), 400, "unauthorized_client");
});
