/** The email about a change of a user's factors or recovery codes. */
import type { FactorChanged } from "@/emails/factor-changed";
import type { App } from "../apps/apps";
import { now } from "../clock";
import type { Tx } from "../database/client";
import { emailRow } from "../mail/email-row";
import { requestingDevice } from "../mail/requesting-device";
import { formatUtc } from "../mail/utc-time";
import { accountUrl } from "../one-time/account-links";

type EmailChange = FactorChanged["change"];

/** The email about a change, if the user has an address. Call `wakeOutbox()` after the commit. */
export async function notifyOfChange(
  tx: Tx,
  app: App,
  userId: string,
  { change, factor, codesLeft }: { change: EmailChange; factor?: string; codesLeft?: number },
): Promise<void> {
  const where = { appId_id: { appId: app.id, id: userId } };
  const user = await tx.user.findUnique({ where, select: { email: true, emailCanonical: true } });
  if (!user?.email || !user.emailCanonical) return;
  const data = {
    at: formatUtc(now()),
    device: requestingDevice(),
    change,
    factor: factor ?? null,
    codesLeft: codesLeft ?? null,
    link: accountUrl(app),
  };
  const to = { email: user.email, canonical: user.emailCanonical };
  const row = emailRow(app, { template: "factor_changed", to, userId, data });
  await tx.mail.create({ data: row, select: { id: true } });
}
