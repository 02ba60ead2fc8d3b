/** From a template and its data to what is sent: subject, HTML and text. */
import { render, toPlainText } from "react-email";
import { type Mails, TEMPLATES } from "@/emails/list";
import type { MailBrand, MailTemplate } from "./mail";

export interface MailContent {
  subject: string;
  html: string;
  text: string;
  /** What the mail asks to be opened, for the mailbox and its readers. */
  links: string[];
  /** A short code to type, if it holds one. */
  code: string | null;
}

/** In the text the button is its words, above the address; what leads from one to the other is left out, and nobody is shouted at. */
const TEXT_SELECTORS = [
  { selector: ".action", format: "anchor", options: { ignoreHref: true } },
  { selector: ".not-in-text", format: "skip" },
  { selector: "a", options: { hideLinkHrefIfSameAsText: true } },
  { selector: "h1", options: { uppercase: false } },
];

export async function renderMail<T extends MailTemplate>(
  template: T,
  data: Mails[T],
  brand: MailBrand,
): Promise<MailContent> {
  const { subject, Mail } = TEMPLATES[template];
  const html = await render(Mail({ ...data, brand }));
  const { link, code } = data as { link?: string; code?: string | null };
  return {
    // A line break would begin another header.
    subject: subject(data, brand).replace(/\p{Cc}+/gu, " "),
    html,
    text: toPlainText(html, { selectors: TEXT_SELECTORS }),
    links: link ? [link] : [],
    code: code ?? null,
  };
}
