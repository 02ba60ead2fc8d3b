/**
 * Mails that go out. What is to be said is written in the transaction of what it is about (the outbox), and sent afterwards, so that neither a
 * rolled-back change mails anybody nor a dead provider loses anything.
 */
import type { Mails } from "@/emails/list";
import { now } from "../clock";
import type { SealedValue } from "../crypto/reseal";
import { open, seal } from "../crypto/seal";
import { db, type Prisma, type Tx } from "../database/client";
import { type PageQuery, toPage } from "../database/pagination";
import { failNotFound } from "../errors";
import { newId } from "../ids";
import { text } from "../input";
import type { MailContent } from "./render";
import { hasTransport } from "./transport";

export type MailTemplate = keyof Mails;

/** How an App looks in its mails. */
export interface MailBrand {
  appName: string;
  logoUrl: string | null;
  color: string | null;
}

/** The part of an App that mails need. */
export interface MailSender {
  id: string;
  name: string;
  settings: { branding: { logo_url: string | null; color: string | null }; mail_from_name: string | null };
}

export interface NewMail<T extends MailTemplate> {
  template: T;
  to: { email: string; canonical: string };
  userId?: string | null;
  data: Mails[T];
}

function place(id: string): string {
  return `Mail/${id}`;
}

/** The row of a mail, for callers that write several things in one batch. Call `wakeOutbox()` after the commit. */
export function mailRow<T extends MailTemplate>(app: MailSender, mail: NewMail<T>): Prisma.MailCreateManyInput {
  const id = newId("mail");
  const brand: MailBrand = {
    appName: app.name,
    logoUrl: app.settings.branding.logo_url,
    color: app.settings.branding.color,
  };
  return {
    appId: app.id,
    id,
    template: mail.template,
    userId: mail.userId ?? null,
    to: mail.to.email,
    toCanonical: mail.to.canonical,
    fromName: app.settings.mail_from_name ?? app.name,
    dataSealed: seal(JSON.stringify({ brand, data: mail.data }), { appId: app.id, place: place(id) }),
    // Without a provider it stays where it is: the development mailbox.
    nextAttemptAt: hasTransport() ? now() : null,
    createdAt: now(),
  };
}

/** What a mail says, or null when a provider has taken it and it was forgotten here. */
export async function readMail(row: {
  appId: string;
  id: string;
  template: string;
  dataSealed: string | null;
}): Promise<MailContent | null> {
  if (!row.dataSealed) return null;
  const { brand, data } = JSON.parse(open(row.dataSealed, { appId: row.appId, place: place(row.id) }));
  // The templates and their renderer are 45 MB that a process without mail does without.
  const { renderMail } = await import("./render");
  return renderMail(row.template as MailTemplate, data, brand);
}

const HEAD = {
  appId: true,
  id: true,
  template: true,
  userId: true,
  to: true,
  fromName: true,
  dataSealed: true,
  attempts: true,
  lastError: true,
  nextAttemptAt: true,
  sentAt: true,
  failedAt: true,
  createdAt: true,
} as const;

export interface MailEntry {
  id: string;
  template: string;
  userId: string | null;
  to: string;
  status: "kept" | "waiting" | "sent" | "failed";
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
  /** null once a provider has taken it. */
  content: MailContent | null;
}

type Head = Prisma.MailGetPayload<{ select: typeof HEAD }>;

async function toEntry(row: Head): Promise<MailEntry> {
  const { id, template, userId, to, attempts, lastError, createdAt, sentAt } = row;
  const status = row.sentAt ? "sent" : row.failedAt ? "failed" : row.nextAttemptAt ? "waiting" : "kept";
  return { id, template, userId, to, status, attempts, lastError, createdAt, sentAt, content: await readMail(row) };
}

/** An App's mails, newest first. `q` is a part of the address. */
export async function listMails(appId: string, query: Pick<PageQuery, "cursor" | "limit" | "q">) {
  const rows = await db().mail.findMany({
    where: {
      appId,
      ...(query.cursor && { id: { lt: query.cursor } }),
      ...(query.q && { toCanonical: { contains: query.q.trim().toLowerCase() } }),
    },
    orderBy: { id: "desc" },
    take: query.limit + 1,
    select: HEAD,
  });
  const page = toPage(rows, query.limit, (row) => row);
  return { ...page, data: await Promise.all(page.data.map(toEntry)) };
}

export async function getMail(appId: string, mailId: string): Promise<MailEntry> {
  const row = await db().mail.findUnique({ where: { appId_id: { appId, id: mailId } }, select: HEAD });
  return row ? toEntry(row) : failNotFound("The mail");
}

/** What was mailed to a user who is gone, to whichever address they had, and what still waits to be. */
export async function forgetMails(
  tx: Tx,
  appId: string,
  { userId, canonical }: { userId: string; canonical: string | null },
): Promise<void> {
  await tx.mail.deleteMany({ where: { appId, userId } });
  if (canonical) await tx.mail.deleteMany({ where: { appId, toCanonical: canonical } });
}

/** The newest mail to an address, in any App: the operator's look into the development mailbox. */
export async function findLastMail(canonical: string): Promise<(MailEntry & { appId: string }) | null> {
  const row = await db().mail.findFirst({ where: { toCanonical: canonical }, orderBy: { id: "desc" }, select: HEAD });
  return row && { ...(await toEntry(row)), appId: row.appId };
}

const SEALED_BATCH = 200;

/** What is still to be said, or kept in the development mailbox, for sealing anew under another master key. */
export async function* sealedMails(): AsyncGenerator<SealedValue> {
  for (let after: { appId: string; id: string } | undefined; ; ) {
    const rows: { appId: string; id: string; dataSealed: string | null }[] = await db().mail.findMany({
      where: { dataSealed: { not: null } },
      orderBy: [{ appId: "asc" }, { id: "asc" }],
      take: SEALED_BATCH,
      ...(after && { cursor: { appId_id: after }, skip: 1 }),
      select: { appId: true, id: true, dataSealed: true },
    });
    for (const { appId, id, dataSealed } of rows) {
      if (!dataSealed) continue;
      // Only while it is still what we read: a mail that was sent meanwhile is forgotten.
      const where = { appId, id, dataSealed };
      const replace = (fresh: string) => db().mail.updateMany({ where, data: { dataSealed: fresh } });
      yield { sealed: dataSealed, context: { appId, place: place(id) }, replace };
    }
    const last = rows.at(-1);
    if (!last || rows.length < SEALED_BATCH) return;
    after = { appId: last.appId, id: last.id };
  }
}

export const MailId = text(40).regex(/^mail_[0-9a-z]{26}$/, "must be the id of a mail");
