/** The user that an emailed link was sent to. */
import { db, type Tx } from "../database/client";
import { fail } from "../errors";
import type { LinkPurpose } from "../one-time/account-links";
import { failLink } from "../one-time/emailed-links";
import type { OneTime } from "../one-time/fields";

const FIELDS = {
  id: true,
  email: true,
  emailCanonical: true,
  emailVerifiedAt: true,
  createdAt: true,
  disabledAt: true,
} as const;

/** @throws 400 `invalid_link` if the user was deleted; 403 if the user is disabled */
export async function getLinkUser(appId: string, token: OneTime<LinkPurpose>, client: Tx = db()) {
  const where = { appId_id: { appId, id: token.userId ?? "" } };
  const user = await client.user.findUnique({ where, select: FIELDS });
  const { email, emailCanonical } = user ?? {};
  if (!user || !email || !emailCanonical) return failLink("unknown");
  if (user.disabledAt) fail(403, "user_disabled", "This account is disabled. Contact the app's support.");
  return { ...user, email, emailCanonical };
}

/** The same, if the user still has the email address that the link was sent to. */
export async function getEmailOwner(appId: string, token: OneTime<LinkPurpose>, client: Tx = db()) {
  const user = await getLinkUser(appId, token, client);
  return user.emailCanonical === token.email ? user : failLink("unknown");
}
