/** How mails leave: Resend, SMTP, or not at all (the development mailbox). */
import { env } from "../env";
import { processState } from "../process-state";
import type { MailContent } from "./render";

export interface OutgoingMail extends MailContent {
  /** The same at every attempt, so that a provider sends it once. */
  id: string;
  to: string;
  fromName: string;
}

type Send = (mail: OutgoingMail) => Promise<void>;

const TIMEOUT_MS = 10_000;

export function hasTransport(): boolean {
  const { RESEND_API_KEY, SMTP_URL } = env();
  return Boolean(RESEND_API_KEY || SMTP_URL);
}

/** `Name <address>`: the App's name with the installation's address. */
function sender(fromName: string): { name: string; address: string } {
  const from = env().MAIL_FROM ?? "";
  const address = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
  // Nothing that could end the name early and begin another header or address.
  return { name: fromName.replace(/["<>\\\p{Cc}]/gu, " ").trim() || "Foyer", address };
}

async function resendTransport(apiKey: string): Promise<Send> {
  const { Resend } = await import("resend");
  const resend = new Resend(apiKey);
  return async ({ id, to, fromName, subject, html, text }) => {
    const { name, address } = sender(fromName);
    const { error } = await resend.emails.send(
      { from: `"${name}" <${address}>`, to, subject, html, text },
      { idempotencyKey: id },
    );
    if (error) throw new Error(`${error.name}: ${error.message}`);
  };
}

async function smtpTransport(url: string): Promise<Send> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport(url, {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  } as object);
  return async ({ id, to, fromName, subject, html, text }) => {
    const from = sender(fromName);
    const messageId = `<${id}@${from.address.split("@")[1]}>`;
    await transport.sendMail({ from, to: { name: "", address: to }, subject, html, text, messageId });
  };
}

function transport(): Promise<Send> {
  const { RESEND_API_KEY, SMTP_URL } = env();
  return processState("mail-transport", () =>
    RESEND_API_KEY ? resendTransport(RESEND_API_KEY) : smtpTransport(SMTP_URL ?? ""),
  );
}

/** Hands a mail to the provider within ten seconds, or throws. */
export async function sendMail(mail: OutgoingMail): Promise<void> {
  const send = await transport();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
  });
  try {
    await Promise.race([send(mail), late]);
  } finally {
    clearTimeout(timer);
  }
}
