import { createHmac, createPublicKey, generateKeyPairSync } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from "jose";
import { describe, expect, it, vi } from "vitest";
import { getSigningKey, listPublicKeys } from "@/lib/apps/signing-keys";
import { freezeClock } from "@/lib/clock";
import { db, pool } from "@/lib/database/client";
import { call } from "@/test/support/call";
import { someApp, someSession, type TestApp } from "@/test/support/factories";
import { GET } from "./route";

/** The same claims, signed as the App would sign them, with changes. */
async function resign(app: TestApp, token: string, change: { claims?: JWTPayload; header?: Record<string, unknown> }) {
  const key = await getSigningKey(app.id, "ES256");
  const header = { ...decodeProtectedHeader(token), ...change.header } as { alg: string };
  return new SignJWT({ ...decodeJwt(token), ...change.claims }).setProtectedHeader(header).sign(key.privateKey);
}

function base64url(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

describe("200", () => {
  it("returns the whole profile to a direct token, in one database round trip", async () => {
    const app = await someApp();
    const { token, userId, email } = await someSession(app.id);
    const where = { appId_id: { appId: app.id, id: userId } };
    await db().user.update({
      where,
      data: { name: "Bob", givenName: "Robert", metadata: { secret: 1 }, publicMetadata: { plan: "pro" } },
    });
    await call(GET, { bearer: token }); // fills the caches of configuration
    const queries = vi.spyOn(pool(), "query");
    const { status, body, headers } = await call(GET, { bearer: token });
    expect(queries).toHaveBeenCalledTimes(1);
    queries.mockRestore();
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toEqual({
      id: userId,
      sub: userId,
      email,
      email_verified: false,
      name: "Bob",
      given_name: "Robert",
      public_metadata: { plan: "pro" },
      created_at: expect.any(String),
      updated_at: expect.any(Number),
    });
  });
});

describe("401 (RFC 6750 §3.1)", () => {
  it("has no error code if no token was sent", async () => {
    const { status, headers } = await call(GET);
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toBe('Bearer realm="foyer"');
  });

  it.each<[string, (app: TestApp, token: string) => Promise<string> | string]>([
    ["nonsense", () => "nonsense"],
    ["the App's API key", (app) => app.apiKey],
    [
      "alg none (RFC 8725 §3.1)",
      (_, token) => `${base64url({ ...decodeProtectedHeader(token), alg: "none" })}.${token.split(".")[1]}.`,
    ],
    [
      "HMAC keyed with the public key (RFC 8725 §2.1)",
      async (app, token) => {
        const [jwk] = await listPublicKeys(app.id);
        const pem = createPublicKey({ key: jwk as never, format: "jwk" }).export({ format: "pem", type: "spki" });
        const signed = `${base64url({ ...decodeProtectedHeader(token), alg: "HS256" })}.${token.split(".")[1]}`;
        return `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
      },
    ],
    [
      "another key with the app's kid",
      (_, token) => {
        const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
        return new SignJWT(decodeJwt(token))
          .setProtectedHeader(decodeProtectedHeader(token) as { alg: string })
          .sign(privateKey);
      },
    ],
    [
      "changed claims",
      (_, token) => {
        const [head, , signature] = token.split(".");
        return `${head}.${base64url({ ...decodeJwt(token), sub: "usr_00000000000000000000000000" })}.${signature}`;
      },
    ],
    ["a padded re-encoding of the same bytes", (_, token) => token.replace(/\.([^.]+)$/, ".$1==")],
    [
      "the signature's last character with bits that nothing reads",
      (_, token) => {
        const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return token.slice(0, -1) + alphabet[alphabet.indexOf(token.slice(-1)) ^ 1];
      },
    ],
    ["typ JWT: an ID token is no access token", (app, token) => resign(app, token, { header: { typ: "JWT" } })],
    ["no typ", (app, token) => resign(app, token, { header: { typ: undefined } })],
    ["an unknown kid", (app, token) => resign(app, token, { header: { kid: "unknown" } })],
    ["an expired token", (app, token) => resign(app, token, { claims: { exp: Math.floor(Date.now() / 1000) - 1 } })],
    ["no exp", (app, token) => resign(app, token, { claims: { exp: undefined } })],
    ["another audience", (app, token) => resign(app, token, { claims: { aud: app.issuer } })],
    ["several audiences", (app, token) => resign(app, token, { claims: { aud: [app.id, "other"] } })],
    ["an unknown issuer", (app, token) => resign(app, token, { claims: { iss: "https://evil.example/o/app_00000" } })],
    ["another App's issuer", async (app, token) => resign(app, token, { claims: { iss: (await someApp()).issuer } })],
    [
      "another host before our App's path",
      (app, token) => resign(app, token, { claims: { iss: `https://evil.example/o/${app.id}` } }),
    ],
    [
      "a user who is not the session's",
      async (app, token) => resign(app, token, { claims: { sub: (await someSession(app.id)).userId } }),
    ],
    ["9 KB", (_, token) => token + "A".repeat(9000)],
  ])("rejects %s", async (_, forge) => {
    const app = await someApp();
    const { token } = await someSession(app.id);
    const { status, headers, body } = await call(GET, { bearer: await forge(app, token) });
    expect({ status, error: body.error }).toEqual({ status: 401, error: "invalid_token" });
    expect(headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect((await call(GET, { bearer: token })).status).toBe(200);
  });

  it("rejects a token that another app's key signed with this app's claims", async () => {
    const [app, otherApp] = [await someApp(), await someApp()];
    const { token } = await someSession(app.id);
    const key = await getSigningKey(otherApp.id, "ES256");
    const forged = await new SignJWT(decodeJwt(token))
      .setProtectedHeader({ alg: "ES256", kid: key.kid, typ: "at+jwt" })
      .sign(key.privateKey);
    expect((await call(GET, { bearer: forged })).status).toBe(401);
  });

  it("rejects a token from the second of its expiry", async () => {
    const app = await someApp();
    const at = Math.floor(Date.now() / 1000) * 1000;
    freezeClock(new Date(at));
    const { token } = await someSession(app.id);
    freezeClock(new Date(at + 899_000));
    expect((await call(GET, { bearer: token })).status).toBe(200);
    freezeClock(new Date(at + 900_000));
    expect((await call(GET, { bearer: token })).status).toBe(401);
  });

  it("rejects a revoked token, a disabled user and a deleted one", async () => {
    const app = await someApp();
    const [revoked, disabled, deleted] = [
      await someSession(app.id),
      await someSession(app.id),
      await someSession(app.id),
    ];
    const jti = decodeJwt(revoked.token).jti as string;
    await db().revokedToken.create({ data: { appId: app.id, jti, expiresAt: new Date(Date.now() + 900_000) } });
    await db().user.update({
      where: { appId_id: { appId: app.id, id: disabled.userId } },
      data: { disabledAt: new Date() },
    });
    await db().user.delete({ where: { appId_id: { appId: app.id, id: deleted.userId } } });
    for (const { token } of [revoked, disabled, deleted]) expect((await call(GET, { bearer: token })).status).toBe(401);
  });
});
