/** Mailed links as their readers bring them back: whole, once, in time, and by the user they were sent to. */
import type { App } from "../apps/apps";
import { db, type Tx } from "../database/client";
import { fail } from "../errors";
import type { LinkPurpose } from "../one-time/account-links";
import { failLink } from "../one-time/link-problem";
import { verifyLinkToken } from "../one-time/link-token";
import { consumeOneTime, type OneTime, peekOneTime } from "../one-time/one-time";

async function secretOf(app: App, purpose: LinkPurpose, token: string): Promise<string> {
  return (await verifyLinkToken(app, purpose, token)) ?? failLink("unknown");
}

/** Looks at a link without using it up. */
export async function peekLink<P extends LinkPurpose>(app: App, purpose: P, token: string): Promise<OneTime<P>> {
  const found = await peekOneTime(app.id, purpose, await secretOf(app, purpose, token));
  return found.status === "ok" ? found.token : failLink(found.status);
}

/** Uses a link up, for one caller only: in the transaction of what it is good for, whose failure leaves it unused. */
export async function consumeLink<P extends LinkPurpose>(
  tx: Tx,
  app: App,
  purpose: P,
  token: string,
): Promise<OneTime<P>> {
  const used = await consumeOneTime(tx, app.id, purpose, await secretOf(app, purpose, token));
  return used.status === "ok" ? used.token : failLink(used.status);
}

const OWNER_FIELDS = {
  id: true,
  email: true,
  emailCanonical: true,
  emailVerifiedAt: true,
  createdAt: true,
  disabledAt: true,
} as const;

/** Whom a link was sent to. 403 for one who was disabled since. */
export async function getLinkUser(appId: string, token: OneTime<LinkPurpose>, client: Tx = db()) {
  const where = { appId_id: { appId, id: token.userId ?? "" } };
  const owner = await client.user.findUnique({ where, select: OWNER_FIELDS });
  const { email, emailCanonical } = owner ?? {};
  if (!owner || !email || !emailCanonical) return failLink("unknown");
  if (owner.disabledAt)
    fail(403, "user_disabled", "This account is disabled. Only the people who run this service can enable it again.");
  return { ...owner, email, emailCanonical };
}

/** The same, while the address that the link was sent to is still theirs. */
export async function getEmailOwner(appId: string, token: OneTime<LinkPurpose>, client: Tx = db()) {
  const owner = await getLinkUser(appId, token, client);
  return owner.emailCanonical === token.email ? owner : failLink("unknown");
}
