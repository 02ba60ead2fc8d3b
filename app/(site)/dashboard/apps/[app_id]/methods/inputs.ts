/** Input schemas of the sign-in method forms. Their output is a part of the app's settings. */
import { z } from "zod";
import { BOT_CHECK_SECRET_LENGTH } from "@/lib/apps/bot-check-secret";
import { AppSettings } from "@/lib/apps/settings";
import { text } from "@/lib/input";
import { parseEmail } from "@/lib/users/email";
import { checkbox } from "../on-off";
import { lines, wholeNumber } from "../settings/inputs";

const known = AppSettings.shape;

function domainOf(line: string): string | null {
  const email = parseEmail(`user@${line.replace(/^@/, "")}`);
  return email?.canonical.slice(email.canonical.indexOf("@") + 1) ?? null;
}

export const SignUpForm = z.object({
  signups: known.signups.unwrap(),
  allowed_email_domains: lines(domainOf, "is not a domain; use the form example.com").refine(
    (domains) => domains.length <= 100,
    "must have at most 100 entries",
  ),
  require_verified_email: checkbox,
});

/** Field names without "password", since forms don't show the values of such fields again. */
export const PasswordsForm = z
  .object({
    credentials: checkbox,
    shortest: wholeNumber(known.password_minimum_bytes.unwrap()),
    leaks: checkbox,
    verify_email_on_signup: checkbox,
  })
  .transform(({ credentials: password, shortest, leaks, ...settings }) => ({
    ...settings,
    methods: { password },
    password_minimum_bytes: shortest,
    breached_passwords: leaks,
  }));

export const MagicLinksForm = z
  .object({ magic_link: checkbox })
  .transform(({ magic_link }) => ({ methods: { magic_link } }));

export const EmailCodesForm = z
  .object({ email_code: checkbox })
  .transform(({ email_code }) => ({ methods: { email_code } }));

const senderName = known.mail_from_name.unwrap();

export const SenderForm = z.object({
  mail_from_name: text(100)
    .optional()
    .transform((name) => name ?? null)
    .refine((name) => senderName.safeParse(name).success, "must not contain quotes, angle brackets or line breaks"),
  delivery: known.delivery.unwrap(),
});

export const BotCheckForm = z.object({
  bot_check: known.bot_check.unwrap(),
  bot_check_site_key: text(200)
    .optional()
    .transform((key) => key?.trim() || null),
  /** Absent: the stored one stays. */
  bot_check_secret: text(BOT_CHECK_SECRET_LENGTH).optional(),
});

export const NoticesForm = z.object({ mail_new_sign_in: checkbox });
