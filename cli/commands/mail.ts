import { failNotFound } from "@/lib/errors";
import { parseInput } from "@/lib/input";
import { findLastEmail } from "@/lib/mail/mailbox";
import { Email } from "@/lib/users/inputs";
import type { Command } from "../parse";

export const mailLast: Command = {
  name: "mail last",
  help: "shows the newest mail to an address (development mailbox)",
  flags: { to: { value: "E", required: true, help: "the recipient" } },
  run: async (flags) => {
    const to = parseInput(Email, flags.text("to"));
    const mail = (await findLastEmail(to.canonical)) ?? failNotFound("A mail to this address");
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
