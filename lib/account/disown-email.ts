/** The answer "no, it wasn't me" to a verification email: the account loses the email address. */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER, recordEvent } from "../audit/events";
import { now } from "../clock";
import { type Tx, transaction } from "../database/client";
import { limitLinkRedemption } from "../limits/link-redemption";
import { consumeLink, failLink } from "../one-time/emailed-links";
import { clearAccount } from "../signin/claim-account";
import { getEmailOwner } from "./link-user";

/**
 * Whether the app has stored data on the user that it may still need: an ID, metadata or a
 * membership.
 */
async function hasAppData(tx: Tx, appId: string, userId: string): Promise<boolean> {
  const { externalId, metadata, publicMetadata, _count } = await tx.user.findUniqueOrThrow({
    where: { appId_id: { appId, id: userId } },
    select: { externalId: true, metadata: true, publicMetadata: true, _count: { select: { memberships: true } } },
  });
  const isEmpty = (value: unknown) => Object.keys(value as object).length === 0;
  return externalId !== null || !isEmpty(metadata) || !isEmpty(publicMetadata) || _count.memberships > 0;
}

/**
 * Deletes the user or, if the app has stored data on the user, only the password, the sessions and
 * everything else that signs in. Then the owner of the email address can still claim the account
 * with an emailed link.
 * @throws 400; 403; 429
 */
export async function disownEmail(app: App, token: string): Promise<void> {
  await limitLinkRedemption();
  await transaction(async (tx) => {
    const { id: userId } = await getEmailOwner(app.id, await consumeLink(tx, app, "verify_email", token), tx);
    // A user who is verified by now can't be disowned. The password is removed first, so that no
    // sign-in with it can start meanwhile.
    const { count } = await tx.user.updateMany({
      where: { appId: app.id, id: userId, emailVerifiedAt: null },
      data: { passwordHash: null, passwordChangedAt: now(), lastSignInAt: null },
    });
    if (count === 0) failLink("unknown");
    const kept = await hasAppData(tx, app.id, userId);
    await clearAccount(tx, app.id, userId, "disowned");
    if (!kept) await tx.user.delete({ where: { appId_id: { appId: app.id, id: userId } }, select: { id: true } });
    await recordEvent(tx, app.id, {
      type: "user.disowned",
      actor: ANONYMOUS_USER,
      userId,
      explanation: { user: kept ? "kept" : "removed" },
    });
  });
}
