/** Sends emails through Resend or SMTP. Without either, they stay in the development mailbox. */
import { domainToASCII } from "node:url";
import { env } from "../env";
import { processState } from "../process-state";
import type { EmailContent } from "./render";

export interface OutgoingEmail extends EmailContent {
  /** The same at every attempt, so that the provider sends the email once. */
  id: string;
  to: string;
  fromName: string;
}

type Send = (email: OutgoingEmail) => Promise<void>;

const TIMEOUT_MS = 10_000;

export function hasTransport(): boolean {
  const { RESEND_API_KEY, SMTP_URL } = env();
  return Boolean(RESEND_API_KEY || SMTP_URL);
}

/** The sender: the app's name with the email address of MAIL_FROM. */
function sender(fromName: string): { name: string; address: string } {
  const from = env().MAIL_FROM ?? "";
  const address = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
  // Characters that could end the name early and start another header or address.
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
    // RFC 5322 §3.6.4: ASCII, also for a sender with an internationalized domain.
    const messageId = `<${id}@${domainToASCII(from.address.split("@")[1] ?? "") || "foyer.invalid"}>`;
    await transport.sendMail({ from, to: { name: "", address: to }, subject, html, text, messageId });
  };
}

function transport(): Promise<Send> {
  const { RESEND_API_KEY, SMTP_URL } = env();
  return processState("mail-transport", () =>
    RESEND_API_KEY ? resendTransport(RESEND_API_KEY) : smtpTransport(SMTP_URL ?? ""),
  );
}

/** @throws if the provider doesn't accept the email within ten seconds */
export async function sendEmail(email: OutgoingEmail): Promise<void> {
  const send = await transport();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no response within ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
  });
  try {
    await Promise.race([send(email), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
