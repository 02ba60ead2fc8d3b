/** Signing keys that are created when a client needs them: PS256 and EdDSA. */
import { createHash } from "node:crypto";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { signingKeysRotate } from "@/cli/commands/signing-keys";
import { getApp } from "@/lib/apps/apps";
import { signJwt, verifyJwt } from "@/lib/apps/jwt";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import { manage } from "@/test/support/manage";
import { changeClient, getTokens, send, someClient } from "@/test/support/oauth";
import { publishNextKeys } from "./next-keys";

const jwksOf = async (app: TestApp) => (await send(`/o/${app.id}/jwks`)).body;
const algsOf = async (app: TestApp) => (await jwksOf(app)).keys.map(({ alg }: { alg: string }) => alg).sort();

describe.each([
  ["PS256", "sha256", { kty: "RSA" }],
  ["EdDSA", "sha512", { kty: "OKP", crv: "Ed25519" }],
] as const)("%s", (alg, hash, jwk) => {
  it("gets a key with the first client that uses it, and its ID tokens verify against the JWKS", async () => {
    const app = await someApp();
    expect(await algsOf(app)).toEqual(["ES256", "RS256"]);
    const client = await someClient(app);
    await changeClient(client, { id_token_signed_response_alg: alg });
    const jwks = await jwksOf(app);
    const own = jwks.keys.filter((key: { alg: string }) => key.alg === alg);
    expect(own).toEqual([expect.objectContaining({ ...jwk, use: "sig", kid: expect.any(String) })]);
    expect(JSON.stringify(jwks)).not.toContain('"d":');
    const { id_token, access_token } = await getTokens(client);
    expect(decodeProtectedHeader(id_token)).toEqual({ alg, kid: own[0].kid, typ: "JWT" });
    const { payload } = await jwtVerify(id_token, createLocalJWKSet(jwks), { issuer: app.issuer, audience: client.id });
    const half = createHash(hash).update(access_token).digest();
    expect(payload.at_hash).toBe(half.subarray(0, half.length / 2).toString("base64url"));
    expect((await verifyJwt(id_token, ["JWT"]))?.app.id).toBe(app.id);
  });

  it("gets one key although twenty clients and signatures need it at once", async () => {
    const app = await someApp();
    const found = await getApp(app.id);
    const create = () => someClient(app, { id_token_signed_response_alg: alg });
    const sign = () => signJwt(found, { sub: "s", jti: "j" }, { typ: "JWT", alg, ttlSeconds: 60 });
    await Promise.all([...Array.from({ length: 20 }, create), ...Array.from({ length: 20 }, sign)]);
    expect(await db().signingKey.count({ where: { appId: app.id, alg } })).toBe(1);
    const events = await db().auditEvent.findMany({ where: { appId: app.id, type: "signing_key.created" } });
    expect(events).toMatchObject([{ actorType: "system", explanation: { alg } }]);
  });

  it("is rotated and retired as the others, and only where the app has it", async () => {
    const [app, other] = [await someApp(), await someApp()];
    const client = await someClient(app, { id_token_signed_response_alg: alg });
    const before = (await getTokens(client)).id_token;
    await publishNextKeys();
    const { body } = await manage(app, "POST", "/signing-keys/rotate", { body: {} });
    expect(body.rotated.map((one: { alg: string }) => one.alg).sort()).toEqual(["ES256", "RS256", alg].sort());
    expect((await manage(other, "POST", "/signing-keys/rotate", { body: {} })).body.rotated).toHaveLength(2);
    const after = (await getTokens(client)).id_token;
    const jwks = createLocalJWKSet(await jwksOf(app));
    for (const token of [before, after]) await jwtVerify(token, jwks);
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    await manage(app, "POST", `/signing-keys/${decodeProtectedHeader(after).kid}/retire`);
    expect(await verifyJwt(after, ["JWT"])).toBeNull();
    expect(await verifyJwt(before, ["JWT"])).not.toBeNull();
    expect(decodeProtectedHeader((await getTokens(client)).id_token).alg).toBe(alg);
  });
});

it("the CLI rotates an algorithm by name", async () => {
  const app = await someApp();
  await someClient(app, { id_token_signed_response_alg: "EdDSA" });
  const flags = { text: () => app.id, optional: () => "EdDSA", list: () => [], on: () => false };
  expect(await signingKeysRotate.run(flags)).toMatchObject({ rotated: [{ alg: "EdDSA" }] });
});

it("a token that claims another algorithm for a key is rejected (RFC 8725 §3.1)", async () => {
  const app = await someApp();
  const client = await someClient(app, { id_token_signed_response_alg: "PS256" });
  const { id_token } = await getTokens(client);
  const [, payload, signature] = id_token.split(".");
  for (const alg of ["RS256", "none", "HS256", "ES256", "EdDSA"]) {
    const header = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(id_token), alg })).toString("base64url");
    expect(await verifyJwt(`${header}.${payload}.${signature}`, ["JWT"])).toBeNull();
  }
});
