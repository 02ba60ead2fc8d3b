/** The development mailbox, as the operator reads it. */
import { findLastEmail, type StoredEmail } from "@/lib/mail/mailbox";
import type { EmailContent } from "@/lib/mail/render";

export interface ReadMail extends StoredEmail {
  content: EmailContent;
  /** Its only link, as a path with its query. */
  path: string;
  /** The token in that link. */
  token: string;
}

/** The newest mail to an address. Fails when there is none. */
export async function lastMail(to: string): Promise<ReadMail> {
  const mail = await findLastEmail(to);
  if (!mail?.content) throw new Error(`no mail to ${to}`);
  const url = new URL(mail.content.links[0] ?? "about:blank");
  const token = url.searchParams.get("token") ?? "";
  return { ...mail, content: mail.content, path: `${url.pathname}${url.search}`, token };
}
