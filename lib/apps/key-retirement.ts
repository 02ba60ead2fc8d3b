/**
 * Immediate retirement of a compromised signing key. Foyer rejects its tokens at once in every
 * process; other verifiers do after they fetch the JWKS again. Sessions and refresh tokens aren't
 * signed with it and stay valid.
 */
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { invalidate } from "../database/cache";
import { db, type SigningKeyStatus, type Tx, transaction } from "../database/client";
import { fail, failNotFound } from "../errors";
import { getApp } from "./apps";
import { holdSigningKeys, newSuccessors, promoteNextKey } from "./key-rotation";
import type { SigningAlg } from "./signing-keys";

/** RFC 7638: SHA-256 in base64url. */
export const KID = /^[\w-]{43}$/;

export interface RetiredKey {
  kid: string;
  alg: SigningAlg;
  /** Its previous status. */
  was: Exclude<SigningKeyStatus, "retired">;
  /** The ID of the key that signs now. */
  active: string;
}

function failRetired(): never {
  fail(409, "key_retired", "This key is already retired. Its tokens are rejected.");
}

async function activeKey(tx: Tx, appId: string, alg: SigningAlg): Promise<string> {
  const where = { appId, alg, status: "active" as const };
  return (await tx.signingKey.findFirstOrThrow({ where, select: { id: true } })).id;
}

/**
 * Retires a key of any status. A signing or next key is replaced.
 * @throws 404, 409 `key_retired`
 */
export async function retireSigningKey(appId: string, kid: string, by: Actor): Promise<RetiredKey> {
  await getApp(appId);
  const where = { appId_id: { appId, id: kid } };
  const known = KID.test(kid) && (await db().signingKey.findUnique({ where, select: { alg: true, status: true } }));
  if (!known) failNotFound("The signing key");
  if (known.status === "retired") failRetired();
  const alg = known.alg as SigningAlg;
  const successors = await newSuccessors(appId, alg);
  const retired = await transaction(async (tx) => {
    await holdSigningKeys(tx, appId);
    // Reads the status again, because a rotation may have changed it meanwhile.
    const { status: was } = await tx.signingKey.findUniqueOrThrow({ where, select: { status: true } });
    if (was === "retired") failRetired();
    const data = { status: "retired" as const, retiredAt: now(), privateSealed: null };
    await tx.signingKey.update({ where, data, select: { id: true } });
    if (was === "next") await tx.signingKey.createMany({ data: successors.next });
    const active =
      was === "active" ? await promoteNextKey(tx, appId, alg, successors) : await activeKey(tx, appId, alg);
    await recordEvent(tx, appId, {
      type: "signing_key.retired",
      actor: by,
      target: { type: "signing_key", id: kid },
      explanation: { alg, was, active },
    });
    return { kid, alg, was, active };
  });
  invalidate(appId);
  return retired;
}
