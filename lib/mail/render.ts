/** Renders an email template to the subject, the HTML and the plain text that are sent. */
import { render, toPlainText } from "react-email";
import { type EmailData, TEMPLATES } from "@/emails/list";
import type { EmailBrand } from "@/emails/template";

export type { EmailBrand, EmailData };
export type EmailTemplateName = keyof EmailData;

export interface EmailContent {
  subject: string;
  html: string;
  text: string;
  /** The link of the email's button, for the development mailbox and the CLI. */
  links: string[];
  /** The sign-in code, if the email contains one. */
  code: string | null;
}

/** In plain text, a button is its label above its link, and headings are not in capitals. */
const TEXT_SELECTORS = [
  { selector: ".action", format: "anchor", options: { ignoreHref: true } },
  { selector: ".not-in-text", format: "skip" },
  { selector: "a", options: { hideLinkHrefIfSameAsText: true } },
  { selector: "h1", options: { uppercase: false } },
];

export async function renderEmail<T extends EmailTemplateName>(
  template: T,
  data: EmailData[T],
  brand: EmailBrand,
): Promise<EmailContent> {
  const { subject: subjectOf, Email } = TEMPLATES[template];
  // A line break in the subject would start another header.
  const subject = subjectOf(data, brand).replace(/\p{Cc}+/gu, " ");
  const html = await render(Email({ ...data, brand, subject }));
  const { link, code } = data as { link?: string; code?: string | null };
  return {
    subject,
    html,
    text: toPlainText(html, { selectors: TEXT_SELECTORS }),
    links: link ? [link] : [],
    code: code ?? null,
  };
}
