import { fail } from "@/lib/errors";
import { parseInput } from "@/lib/input";
import { findLastEmail } from "@/lib/mail/mailbox";
import { Email } from "@/lib/users/inputs";
import type { Command } from "../parse";

export const mailLast: Command = {
  name: "mail last",
  help: "Show the newest email to an address (development mailbox)",
  flags: { to: { value: "EMAIL", required: true, help: "the recipient's email address" } },
  run: async (flags) => {
    const to = parseInput(Email, flags.text("to"));
    const mail = (await findLastEmail(to.canonical)) ?? fail(404, "not_found", `There is no email to ${to.email}.`);
    const { content, appId, createdAt, status } = mail;
    const { subject = null, text = null, html = null, links = [], code = null } = content ?? {};
    return {
      app_id: appId,
      to: mail.to,
      status,
      created_at: createdAt.toISOString(),
      subject,
      text,
      html,
      links,
      code,
    };
  },
};
