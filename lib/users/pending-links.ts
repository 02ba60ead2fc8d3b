/**
 * Mailed links that are worth nothing any more once a password was changed or an address has moved.
 */
import type { Tx } from "../database/client";
import { deleteOneTimes } from "../one-time/one-time";

export interface LinkOwner {
  id: string;
  emailCanonical: string | null;
}

/**
 * After a new password: whatever was asked for before it. That the address is the user's can still
 * be said.
 */
export async function deletePendingLinks(tx: Tx, appId: string, owner: LinkOwner): Promise<void> {
  const { id: userId, emailCanonical: email } = owner;
  await deleteOneTimes(tx, appId, {
    userId,
    purposes: ["reset_password", "change_email", "magic_link", "exchange_code"],
  });
  // A mailed sign-in may not know its user yet.
  if (email) await deleteOneTimes(tx, appId, { email, purposes: ["magic_link"] });
}

/** After another address: whatever was sent to the one before. */
export async function deleteLinksToOldEmail(tx: Tx, appId: string, owner: LinkOwner): Promise<void> {
  await deletePendingLinks(tx, appId, owner);
  await deleteOneTimes(tx, appId, { userId: owner.id, purposes: ["verify_email"] });
}
