/**
 * The row of an outgoing email (transactional outbox). It is written in the transaction of the
 * change that it reports and sent later, so a rolled-back change sends nothing and a provider that
 * is down loses nothing.
 */
import { now } from "../clock";
import { seal, unseal } from "../crypto/seal";
import type { Prisma } from "../database/client";
import { newId } from "../ids";
import type { EmailBrand, EmailContent, EmailData, EmailTemplateName } from "./render";
import { hasTransport } from "./transport";

/** What an email needs of its app. */
export interface EmailSender {
  id: string;
  name: string;
  settings: { branding: { logo_url: string | null; color: string | null }; mail_from_name: string | null };
}

export interface NewEmail<T extends EmailTemplateName> {
  template: T;
  to: { email: string; canonical: string };
  userId?: string | null;
  data: EmailData[T];
}

/** What a sealed value is bound to: it can't be opened in another row. */
export function sealPlace(id: string): string {
  return `Mail/${id}`;
}

/** A new row for the caller's transaction. Call `wakeOutbox()` after the commit. */
export function emailRow<T extends EmailTemplateName>(
  app: EmailSender,
  email: NewEmail<T>,
): Prisma.MailCreateManyInput {
  const id = newId("mail");
  const brand: EmailBrand = {
    appName: app.name,
    logoUrl: app.settings.branding.logo_url,
    color: app.settings.branding.color,
  };
  return {
    appId: app.id,
    id,
    template: email.template,
    userId: email.userId ?? null,
    to: email.to.email,
    toCanonical: email.to.canonical,
    fromName: app.settings.mail_from_name ?? app.name,
    dataSealed: seal(JSON.stringify({ brand, data: email.data }), { appId: app.id, location: sealPlace(id) }),
    // Without a provider the email stays in the development mailbox.
    nextAttemptAt: hasTransport() ? now() : null,
    createdAt: now(),
  };
}

interface SealedEmail {
  appId: string;
  id: string;
  template: string;
  dataSealed: string | null;
}

/** Renders a stored email. null once it was sent, since its data is deleted then. */
export async function readEmail({ appId, id, template, dataSealed }: SealedEmail): Promise<EmailContent | null> {
  if (!dataSealed) return null;
  const { brand, data } = JSON.parse(unseal(dataSealed, { appId, location: sealPlace(id) }));
  // Templates and renderer take 45 MB, which a process that renders no email does without.
  const { renderEmail } = await import("./render");
  return renderEmail(template as EmailTemplateName, data, brand);
}
