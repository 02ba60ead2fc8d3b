import { z } from "zod";
import { fail } from "@/lib/errors";
import { parseInput } from "@/lib/input";
import { findLastEmail } from "@/lib/mail/mailbox";
import { Email } from "@/lib/users/inputs";
import type { Command } from "../command";

async function lastMail(email: string) {
  const { to } = parseInput(z.object({ to: Email }), { to: email });
  const mail = (await findLastEmail(to.canonical)) ?? fail(404, "not_found", `There is no email to ${to.email}.`);
  const { content, appId, createdAt, status } = mail;
  const { subject = null, text = null, html = null, links = [], code = null } = content ?? {};
  return { app_id: appId, to: mail.to, status, created_at: createdAt.toISOString(), subject, text, html, links, code };
}

export const mailLast: Command<Awaited<ReturnType<typeof lastMail>>> = {
  name: "mail last",
  help: "Show the newest email to an address (development mailbox)",
  flags: {
    to: { value: "EMAIL", required: true, help: "the recipient's email address" },
    html: { help: "print the HTML version, as for a file that a browser opens" },
  },
  run: (flags) => lastMail(flags.text("to")),
  display: ({ html, ...rest }, flags) => (flags.on("html") ? html : rest),
};

export const commands: Command[] = [mailLast];
