/**
 * Whether the master key is the one that this database was made with. Asked at the start: a wrong one (a backup without its secret, a tool without
 * the server's environment) would otherwise be noticed by the first sign-in, and seal new things that nobody else can open.
 */
import { join } from "node:path";
import { signingKeyLocation } from "../apps/signing-keys";
import { unseal } from "../crypto/seal";
import { db } from "../database/client";
import { env } from "../env";
import { StartError } from "../errors";
import { TENANT_ZERO } from "../ids";

function canUnseal(row: { id: string; privateSealed: string | null }): boolean {
  try {
    unseal(row.privateSealed ?? "", { appId: TENANT_ZERO, location: signingKeyLocation(row.id) });
    return true;
  } catch {
    return false;
  }
}

/** @throws StartError when a signing key of tenant zero, which every installation has, does not open */
export async function requireMatchingMasterKey(): Promise<void> {
  const rows = await db().signingKey.findMany({
    where: { appId: TENANT_ZERO, privateSealed: { not: null } },
    select: { id: true, privateSealed: true },
  });
  if (rows.every(canUnseal)) return;
  const { FOYER_SECRET, DATA_DIR } = env();
  throw new StartError(
    FOYER_SECRET
      ? "FOYER_SECRET is not the one that this database was made with. Put that one back, behind the new one if there is one: FOYER_SECRET=2:new-secret,1:old-secret."
      : `The secret in ${join(DATA_DIR, "secret")} is not the one that this database was made with. Put that file back, or set FOYER_SECRET to what it held.`,
  );
}
