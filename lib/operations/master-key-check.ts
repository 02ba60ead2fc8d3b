/**
 * Checks at the start that the master key belongs to this database. Otherwise, a wrong key (a
 * backup without its secret, or a tool without the server's environment) would fail at the first
 * sign-in and encrypt data that the server can't read.
 */
import { join } from "node:path";
import { db } from "../database/client";
import { env } from "../env";
import { StartError } from "../errors";
import { TENANT_ZERO } from "../ids";
import { describeCorruptKey, findKeyProblem } from "./signing-key-check";

/**
 * @throws StartError if a signing key of tenant zero, which every installation has, can't be
 * decrypted
 */
export async function requireMatchingMasterKey(): Promise<void> {
  const rows = await db().signingKey.findMany({
    where: { appId: TENANT_ZERO, privateSealed: { not: null } },
    select: { appId: true, id: true, privateSealed: true },
  });
  const problem = findKeyProblem(rows);
  if (!problem) return;
  if (problem.kind === "corrupt") throw new StartError(describeCorruptKey(problem.key));
  const { FOYER_SECRET, DATA_DIR } = env();
  throw new StartError(
    FOYER_SECRET
      ? "FOYER_SECRET is not the one that this database was created with. Add the old secret back, after the new one if there is one: FOYER_SECRET=2:new-secret,1:old-secret."
      : `The secret in ${join(DATA_DIR, "secret")} is not the one that this database was created with. Restore that file, or set FOYER_SECRET to its content.`,
  );
}
