/**
 * Signing keys of an app (RFC 7517, RFC 7518): ES256 and RS256, both created with the app. Private
 * keys are sealed, and leave this module only as imported keys.
 */
import { createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { calculateJwkThumbprint, type JWK } from "jose";
import { now } from "../clock";
import { seal, unseal } from "../crypto/seal";
import { cached } from "../database/cache";
import { db, type Prisma, type SigningKeyStatus } from "../database/client";
import { processState } from "../process-state";

export const SIGNING_ALGS = ["ES256", "RS256"] as const;
export type SigningAlg = (typeof SIGNING_ALGS)[number];

export interface SigningKey {
  kid: string;
  alg: SigningAlg;
  privateKey: KeyObject;
  /** The encoded JWT headers, by `typ`. */
  headers: Map<string, string>;
}

/** The members of a public JWK (RFC 7517 §4) that verifiers need. */
export type PublicJwk = JWK & { kid: string; alg: SigningAlg; use: "sig" };

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

export async function generateSigningKeyPair(alg: SigningAlg): Promise<KeyPair> {
  return alg === "ES256" ? generate("ec", { namedCurve: "P-256" }) : generate("rsa", { modulusLength: 2048 });
}

const generator = processState("key-generator", () => ({ generate: generateSigningKeyPair }));

/** For tests: takes the pairs from elsewhere, since generating an RSA pair takes 170 ms of CPU. */
export function replaceKeyGenerator(replacement: typeof generateSigningKeyPair): void {
  generator.generate = replacement;
}

export function signingKeyLocation(kid: string): string {
  return `SigningKey/${kid}`;
}

/** Creates a key's row. The kid is the key's thumbprint (RFC 7638), so it is unique. */
export async function newSigningKeyRow(appId: string, alg: SigningAlg, status: "next" | "active") {
  const { publicKey, privateKey } = await generator.generate(alg);
  const jwk = publicKey.export({ format: "jwk" }) as JWK;
  const kid = await calculateJwkThumbprint(jwk);
  const publicJwk: PublicJwk = { ...jwk, kid, alg, use: "sig" };
  return {
    appId,
    id: kid,
    alg,
    status,
    publicJwk: publicJwk as Prisma.InputJsonObject,
    privateSealed: seal(privateKey.export({ format: "pem", type: "pkcs8" }) as string, {
      appId,
      location: signingKeyLocation(kid),
    }),
    createdAt: now(),
    activatedAt: status === "active" ? now() : null,
  };
}

/** In the order of their relevance to a verifier. */
const VERIFYING: SigningKeyStatus[] = ["active", "next", "retiring"];

/** The public keys in the app's JWKS. */
export function listPublicKeys(appId: string): Promise<PublicJwk[]> {
  return cached(appId, "jwks", async () => {
    const rows = await db().signingKey.findMany({
      where: { appId, status: { in: VERIFYING } },
      orderBy: [{ alg: "asc" }, { createdAt: "desc" }],
      select: { alg: true, status: true, publicJwk: true },
    });
    const place = (row: (typeof rows)[number]) => VERIFYING.indexOf(row.status);
    rows.sort((a, b) => a.alg.localeCompare(b.alg) || place(a) - place(b));
    return rows.map((row) => row.publicJwk as unknown as PublicJwk);
  });
}

/** The active key. */
export function getSigningKey(appId: string, alg: SigningAlg): Promise<SigningKey> {
  return cached(appId, `signing-key/${alg}`, async () => {
    const row = await db().signingKey.findFirst({
      where: { appId, alg, status: "active" },
      select: { id: true, privateSealed: true },
    });
    if (!row?.privateSealed) throw new Error(`App ${appId} has no active ${alg} key`);
    return {
      kid: row.id,
      alg,
      privateKey: createPrivateKey(unseal(row.privateSealed, { appId, location: signingKeyLocation(row.id) })),
      headers: new Map(),
    };
  });
}
