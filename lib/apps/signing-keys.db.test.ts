import { createPublicKey } from "node:crypto";
import { calculateJwkThumbprint, importJWK, jwtVerify, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { installRealKeyGenerator } from "@/test/support/key-pairs";
import { unseal } from "../crypto/seal";
import { invalidate } from "../database/cache";
import { db } from "../database/client";
import {
  getSigningKey,
  listPublicKeys,
  newSigningKeyRow,
  SIGNING_ALGS,
  type SigningAlg,
  signingKeyLocation,
} from "./signing-keys";

installRealKeyGenerator();

let app: TestApp;
beforeAll(async () => {
  app = await someApp();
});

describe.each(SIGNING_ALGS)("a key for %s", (alg) => {
  it("creates signatures that its public key verifies (RFC 7515)", async () => {
    const key = await getSigningKey(app.id, alg);
    const token = await new SignJWT({ a: 1 }).setProtectedHeader({ alg, kid: key.kid }).sign(key.privateKey);
    const jwk = (await listPublicKeys(app.id)).find(({ kid }) => kid === key.kid);
    expect(jwk).toMatchObject({ alg, use: "sig" });
    const { payload } = await jwtVerify(token, await importJWK(jwk ?? {}, alg));
    expect(payload).toEqual({ a: 1 });
  });

  it("has its thumbprint as ID (RFC 7638), and shows only public members (RFC 7517 §9.3)", async () => {
    const row = await newSigningKeyRow(app.id, alg, "next");
    const jwk = row.publicJwk as Record<string, string>;
    expect(row.id).toBe(await calculateJwkThumbprint(jwk));
    const members = { ES256: ["crv", "x", "y"], EdDSA: ["crv", "x"], RS256: ["e", "n"], PS256: ["e", "n"] }[alg];
    expect(Object.keys(jwk).sort()).toEqual(["alg", "kid", "kty", "use", ...members].sort());
    if (jwk.crv) expect(jwk.crv).toBe(alg === "ES256" ? "P-256" : "Ed25519");
    else expect(Buffer.from(jwk.n ?? "", "base64url")).toHaveLength(256);
  });

  it("is stored encrypted, bound to its app and its row", async () => {
    const row = await newSigningKeyRow(app.id, alg, "active");
    expect(JSON.stringify(row)).not.toMatch(/PRIVATE KEY|"d":/);
    const location = signingKeyLocation(row.id);
    const pem = unseal(row.privateSealed, { appId: app.id, location });
    expect(await calculateJwkThumbprint(createPublicKey(pem).export({ format: "jwk" }))).toBe(row.id);
    expect(() => unseal(row.privateSealed, { appId: "app_other0", location })).toThrow();
    expect(() => unseal(row.privateSealed, { appId: app.id, location: signingKeyLocation("another") })).toThrow();
  });
});

describe("listPublicKeys", () => {
  async function statusesShown(of: TestApp): Promise<string[]> {
    invalidate(of.id);
    const kids = (await listPublicKeys(of.id)).map(({ kid }) => kid);
    const rows = await db().signingKey.findMany({ where: { appId: of.id, id: { in: kids } } });
    return [...new Set(rows.map((row) => row.status))].sort();
  }

  it("shows next, active and retiring keys, not retired ones", async () => {
    const of = await someApp();
    const row = await newSigningKeyRow(of.id, "ES256", "next");
    await db().signingKey.create({ data: row });
    for (const [id, status] of [
      ["a", "retiring"],
      ["b", "retired"],
    ] as const) {
      await db().signingKey.create({
        data: { ...row, id, status, publicJwk: { ...(row.publicJwk as object), kid: id } },
      });
    }
    expect(await statusesShown(of)).toEqual(["active", "next", "retiring"]);
  });

  it("shows no key of another app", async () => {
    const [own, neighbor] = [await someApp(), await someApp()];
    const kids = (await listPublicKeys(own.id)).map(({ kid }) => kid);
    expect(kids).toHaveLength(2);
    for (const { kid } of await listPublicKeys(neighbor.id)) expect(kids).not.toContain(kid);
  });
});

it.each<SigningAlg>(["ES256", "RS256"])(
  "signing without an active %s key is an error, and the next key does not sign",
  async (alg) => {
    const of = await someApp();
    await db().signingKey.updateMany({ where: { appId: of.id, alg }, data: { status: "next" } });
    invalidate(of.id);
    await expect(getSigningKey(of.id, alg)).rejects.toThrow(`no active ${alg} key`);
  },
);
