/**
 * Tokens that work once: client assertions (RFC 7523 §3), DPoP proofs (RFC 9449 §11.1), challenges
 * of passkeys (WebAuthn §13.4.3), solutions of bot checks. One statement decides which of several
 * concurrent requests was first, across all processes.
 */
import { type Digest, sha256 } from "../crypto/hash";
import { batchedStatement } from "../database/batch";
import type { Tx } from "../database/client";

export type SingleUse = "assertion" | "dpop" | "passkey" | "bot_check";

interface Use {
  hash: Buffer;
  expires: Date;
}

/** Concurrent uses of one token in this process run one after the other, so a batch has each hash once. */
const insertUse = batchedStatement<Use, { nth: number }>({
  name: "token-use",
  types: { hash: "bytea", expires: "timestamptz" },
  key: ({ hash }) => hash.toString("latin1"),
  text: (asked) => `WITH used AS (
       INSERT INTO "UsedToken" ("appId", "hash", "expiresAt") SELECT $1, "hash", "expires" FROM ${asked}
       ON CONFLICT DO NOTHING RETURNING "hash"
     )
     SELECT "nth" FROM ${asked} JOIN used USING ("hash")`,
});

/**
 * Whether this is the first use of the token. Exactly one of several callers gets true.
 * @param token what identifies it, such as its issuer and `jti`
 * @param expiresAt when the token expires: until then the use is remembered
 */
export async function useOnce(appId: string, kind: SingleUse, token: string, expiresAt: Date): Promise<boolean> {
  return (await insertUse(appId, { hash: hashOfUse(kind, token), expires: expiresAt })) !== null;
}

/** For statements that record the use together with something else. */
export function hashOfUse(kind: SingleUse, token: string): Digest {
  return sha256(`${kind}\0${token}`);
}

/** The same as `useOnce` in a transaction: a use that is rolled back doesn't count. */
export async function useOnceIn(
  tx: Tx,
  appId: string,
  kind: SingleUse,
  token: string,
  expiresAt: Date,
): Promise<boolean> {
  const data = [{ appId, hash: hashOfUse(kind, token), expiresAt }];
  return (await tx.usedToken.createMany({ data, skipDuplicates: true })).count === 1;
}
