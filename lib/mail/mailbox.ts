/**
 * The stored emails of an app: what its dashboard lists, and the development mailbox when no
 * provider is configured.
 */
import { db, type Prisma, type Tx } from "../database/client";
import { type PageQuery, toPage } from "../database/pagination";
import { failNotFound } from "../errors";
import { text } from "../input";
import { readEmail } from "./email-row";
import type { EmailContent } from "./render";

const FIELDS = {
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

export interface StoredEmail {
  id: string;
  template: string;
  userId: string | null;
  to: string;
  status: "kept" | "waiting" | "sent" | "failed";
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
  /** null once the email was sent. */
  content: EmailContent | null;
}

type Row = Prisma.MailGetPayload<{ select: typeof FIELDS }>;

async function toEntry(row: Row): Promise<StoredEmail> {
  const { id, template, userId, to, attempts, lastError, createdAt, sentAt } = row;
  const status = row.sentAt ? "sent" : row.failedAt ? "failed" : row.nextAttemptAt ? "waiting" : "kept";
  return { id, template, userId, to, status, attempts, lastError, createdAt, sentAt, content: await readEmail(row) };
}

/** An app's emails, newest first. `q` is part of the recipient's address. */
export async function listEmails(appId: string, query: Pick<PageQuery, "cursor" | "limit" | "q">) {
  const rows = await db().mail.findMany({
    where: {
      appId,
      ...(query.cursor && { id: { lt: query.cursor } }),
      ...(query.q && { toCanonical: { contains: query.q.trim().toLowerCase() } }),
    },
    orderBy: { id: "desc" },
    take: query.limit + 1,
    select: FIELDS,
  });
  const page = toPage(rows, query.limit, (row) => row);
  return { ...page, data: await Promise.all(page.data.map(toEntry)) };
}

export async function getEmail(appId: string, mailId: string): Promise<StoredEmail> {
  const row = await db().mail.findUnique({ where: { appId_id: { appId, id: mailId } }, select: FIELDS });
  return row ? toEntry(row) : failNotFound("The email");
}

/** Deletes the emails to a deleted user, sent and unsent, to all addresses that the user had. */
export async function deleteEmailsTo(
  tx: Tx,
  appId: string,
  { userId, canonical }: { userId: string; canonical: string | null },
): Promise<void> {
  await tx.mail.deleteMany({ where: { appId, userId } });
  if (canonical) await tx.mail.deleteMany({ where: { appId, toCanonical: canonical } });
}

/** The newest email to an address, in any app, for the operator's CLI. */
export async function findLastEmail(canonical: string): Promise<(StoredEmail & { appId: string }) | null> {
  const row = await db().mail.findFirst({ where: { toCanonical: canonical }, orderBy: { id: "desc" }, select: FIELDS });
  return row && { ...(await toEntry(row)), appId: row.appId };
}

export const EmailId = text(40).regex(/^mail_[0-9a-z]{26}$/, "must be the ID of an email");
