/** Emails that notify a user of a change to their account. They are not rate limited. */
import type { App } from "../apps/apps";
import { now } from "../clock";
import type { Prisma } from "../database/client";
import { emailRow } from "../mail/email-row";
import { requestingDevice } from "../mail/requesting-device";
import { formatUtc } from "../mail/utc-time";
import { accountUrl, forgotPasswordUrl } from "../one-time/account-links";

interface NotifiedUser {
  id: string;
  email: string | null;
  emailCanonical: string | null;
}

/** No row for a user without an email address. */
export function passwordChangedEmails(
  app: App,
  { id: userId, email, emailCanonical }: NotifiedUser,
): Prisma.MailCreateManyInput[] {
  if (!email || !emailCanonical) return [];
  const data = { at: formatUtc(now()), device: requestingDevice(), link: forgotPasswordUrl(app) };
  return [emailRow(app, { template: "password_changed", to: { email, canonical: emailCanonical }, userId, data })];
}

/** To the old address of the user. `newEmail` is masked. */
export function emailChangeEmails(
  app: App,
  { id: userId, email, emailCanonical }: NotifiedUser,
  stage: "asked" | "done",
  newEmail: string,
): Prisma.MailCreateManyInput[] {
  if (!email || !emailCanonical) return [];
  const link = stage === "asked" ? accountUrl(app) : null;
  const data = { at: formatUtc(now()), newEmail, stage, link };
  return [emailRow(app, { template: "address_changed", to: { email, canonical: emailCanonical }, userId, data })];
}
