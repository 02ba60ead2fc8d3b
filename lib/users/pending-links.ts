/** Mailed links that are worth nothing any more once a password was changed or an address has moved. */
import type { Tx } from "../database/client";
import { dropOneTimes } from "../one-time/one-time";

export interface LinkOwner {
  id: string;
  emailCanonical: string | null;
}

/** After a new password: whatever was asked for before it. That the address is the user's can still be said. */
export async function dropPendingLinks(tx: Tx, appId: string, owner: LinkOwner): Promise<void> {
  const { id: userId, emailCanonical: email } = owner;
  await dropOneTimes(tx, appId, {
    userId,
    purposes: ["reset_password", "change_email", "magic_link", "exchange_code"],
  });
  // A mailed sign-in may not know its user yet.
  if (email) await dropOneTimes(tx, appId, { email, purposes: ["magic_link"] });
}

/** After another address: whatever was sent to the one before. */
export async function dropLinksToOldAddress(tx: Tx, appId: string, owner: LinkOwner): Promise<void> {
  await dropPendingLinks(tx, appId, owner);
  await dropOneTimes(tx, appId, { userId: owner.id, purposes: ["verify_email"] });
}
