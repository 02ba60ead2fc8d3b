/**
 * Signing keys of an app (RFC 7517, RFC 7518, RFC 8037): ES256 and RS256 are created with the app,
 * the others when the first client needs them. Private keys are sealed, and leave this module only
 * as imported keys.
 */
import { createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { calculateJwkThumbprint, type JWK } from "jose";
import { recordEvent } from "../audit/events";
import { now } from "../clock";
import { seal, unseal } from "../crypto/seal";
import { cached, invalidate } from "../database/cache";
import { db, type Prisma, type SigningKeyStatus, type Tx, transaction } from "../database/client";
import { processState } from "../process-state";

export const SIGNING_ALGS = ["ES256", "RS256", "PS256", "EdDSA"] as const;
export type SigningAlg = (typeof SIGNING_ALGS)[number];

/** Access tokens and most ID tokens need these. */
export const INITIAL_ALGS = ["ES256", "RS256"] as const satisfies SigningAlg[];

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
  if (alg === "ES256") return generate("ec", { namedCurve: "P-256" });
  if (alg === "EdDSA") return generate("ed25519");
  // PS256 has a key of its own: RFC 8725 §3.1 wants a key to serve one algorithm.
  return generate("rsa", { modulusLength: 2048 });
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

function findActiveKey(appId: string, alg: SigningAlg, tx: Tx = db()) {
  return tx.signingKey.findFirst({
    where: { appId, alg, status: "active" },
    select: { id: true, privateSealed: true },
  });
}

/** Creates the first key of an algorithm, for one of several concurrent callers. */
async function createFirstKey(appId: string, alg: SigningAlg) {
  const row = await newSigningKeyRow(appId, alg, "active");
  const created = await transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
    if ((await tx.signingKey.count({ where: { appId, alg } })) > 0) return findActiveKey(appId, alg, tx);
    await tx.signingKey.create({ data: row, select: { id: true } });
    const target = { type: "signing_key", id: row.id };
    await recordEvent(tx, appId, {
      type: "signing_key.created",
      actor: { type: "system" },
      target,
      explanation: { alg },
    });
    return row;
  });
  invalidate(appId);
  return created;
}

/** The active key. The first caller of an algorithm creates its key. */
export function getSigningKey(appId: string, alg: SigningAlg): Promise<SigningKey> {
  return cached(appId, `signing-key/${alg}`, async () => {
    const row = (await findActiveKey(appId, alg)) ?? (await createFirstKey(appId, alg));
    if (!row?.privateSealed) throw new Error(`App ${appId} has no active ${alg} key`);
    return {
      kid: row.id,
      alg,
      privateKey: createPrivateKey(unseal(row.privateSealed, { appId, location: signingKeyLocation(row.id) })),
      headers: new Map(),
    };
  });
}
