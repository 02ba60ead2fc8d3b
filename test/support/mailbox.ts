/** The stored emails, by recipient. */
import { findLastEmail, type StoredEmail } from "@/lib/mail/mailbox";
import type { EmailContent } from "@/lib/mail/render";

export interface ReadMail extends StoredEmail {
  content: EmailContent;
  /** The path and query of its link. */
  path: string;
  /** The token in that link. */
  token: string;
}

/** The newest email to an address. Throws when there is none. */
export async function lastMail(to: string): Promise<ReadMail> {
  const mail = await findLastEmail(to);
  if (!mail?.content) throw new Error(`There is no email to ${to}.`);
  const url = new URL(mail.content.links[0] ?? "about:blank");
  const token = url.searchParams.get("token") ?? "";
  return { ...mail, content: mail.content, path: `${url.pathname}${url.search}`, token };
}
