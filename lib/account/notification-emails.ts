/** Mails that tell users what was changed about their account. They go out on our own account and are not counted. */
import type { App } from "../apps/apps";
import { now } from "../clock";
import type { Prisma } from "../database/client";
import { emailRow } from "../mail/email-row";
import { formatUtc } from "../mail/utc-time";
import { accountUrl, forgotPasswordUrl } from "../one-time/account-links";
import { requestContext } from "../request-context";
import { parseUserAgent, UNKNOWN_DEVICE } from "../text/user-agent";

interface Told {
  id: string;
  email: string | null;
  emailCanonical: string | null;
}

/** The device that asks, as far as it says; null for a backend. */
function presentDevice(): string | null {
  const { name } = parseUserAgent(requestContext()?.userAgent ?? null);
  return name === UNKNOWN_DEVICE ? null : name;
}

/** No row for who has no address. */
export function passwordChangedEmails(
  app: App,
  { id: userId, email, emailCanonical }: Told,
): Prisma.MailCreateManyInput[] {
  if (!email || !emailCanonical) return [];
  const data = { at: formatUtc(now()), device: presentDevice(), link: forgotPasswordUrl(app) };
  return [emailRow(app, { template: "password_changed", to: { email, canonical: emailCanonical }, userId, data })];
}

/** `newEmail` as much as the reader of the old address should see. */
export function emailChangeEmails(
  app: App,
  { id: userId, email, emailCanonical }: Told,
  stage: "asked" | "done",
  newEmail: string,
): Prisma.MailCreateManyInput[] {
  if (!email || !emailCanonical) return [];
  const link = stage === "asked" ? accountUrl(app) : null;
  const data = { at: formatUtc(now()), newEmail, stage, link };
  return [emailRow(app, { template: "address_changed", to: { email, canonical: emailCanonical }, userId, data })];
}
