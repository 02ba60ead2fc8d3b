/** Deletes the emailed links that a new password or email address invalidates. */
import type { Tx } from "../database/client";
import { deleteOneTimes } from "../one-time/one-time";

export interface LinkOwner {
  id: string;
  emailCanonical: string | null;
}

/** After a new password. Verification links stay valid. */
export async function deletePendingLinks(tx: Tx, appId: string, owner: LinkOwner): Promise<void> {
  const { id: userId, emailCanonical: email } = owner;
  await deleteOneTimes(tx, appId, {
    userId,
    purposes: ["reset_password", "change_email", "magic_link", "exchange_code", "pending_sign_in", "factor_code"],
  });
  // A magic link doesn't store its user.
  if (email) await deleteOneTimes(tx, appId, { email, purposes: ["magic_link", "email_code"] });
}

/** After a new email address. */
export async function deleteLinksToOldEmail(tx: Tx, appId: string, owner: LinkOwner): Promise<void> {
  await deletePendingLinks(tx, appId, owner);
  await deleteOneTimes(tx, appId, { userId: owner.id, purposes: ["verify_email"] });
}
