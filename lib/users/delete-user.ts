/** Deletes a user, and by foreign keys everything that belongs to the user. Audit events stay. */
import { type Actor, recordEvent } from "../audit/events";
import { type Tx, transaction } from "../database/client";
import { failNotFound } from "../errors";
import { deleteEmailsTo } from "../mail/mailbox";
import { deleteOneTimesTo } from "../one-time/one-time";

export function deleteUser(appId: string, userId: string, by: Actor): Promise<void> {
  return transaction((tx) => deleteUserIn(tx, appId, userId, by));
}

/** The same in the caller's transaction. @throws 404 */
export async function deleteUserIn(tx: Tx, appId: string, userId: string, by: Actor): Promise<void> {
  const [user] = await tx.user.findMany({ where: { appId, id: userId }, select: { emailCanonical: true } });
  const { count } = await tx.user.deleteMany({ where: { appId, id: userId } });
  if (!user || count === 0) failNotFound("The user");
  // Emails and links sent to the address of a user may not have a foreign key to the user.
  await deleteEmailsTo(tx, appId, { userId, canonical: user.emailCanonical });
  if (user.emailCanonical) await deleteOneTimesTo(tx, appId, user.emailCanonical);
  await recordEvent(tx, appId, { type: "user.deleted", actor: by, userId, target: { type: "user", id: userId } });
}
