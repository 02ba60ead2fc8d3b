/** What the owner of an App decides; stored as JSON, with these defaults where nothing was said. Durations in seconds. */
import { domainToASCII } from "node:url";
import { z } from "zod";

const DAY = 86_400;

function seconds(minimum: number, maximum: number, fallback: number, description: string) {
  return z.number().int().min(minimum).max(maximum).describe(description).default(fallback);
}

function isReturnUrl(value: string): boolean {
  // A parser drops line breaks and turns \ into /; what is compared and sent to must be what was written. No fragment, not even an empty one.
  if (!URL.canParse(value) || /[\s\p{Cc}\\#]/u.test(value)) return false;
  const url = new URL(value);
  // A scheme that runs or reads something in the browser is no place to come back to.
  return (
    !["javascript:", "data:", "file:", "blob:", "vbscript:", "about:"].includes(url.protocol) &&
    !url.username &&
    !url.password
  );
}

export const AppSettings = z.object({
  methods: z
    .object({
      password: z.boolean().describe("E-mail and password.").default(true),
      magic_link: z.boolean().describe("A link or code by e-mail.").default(true),
    })
    .prefault({}),
  signups: z.enum(["open", "invite_only", "closed"]).describe("Who may become a user.").default("open"),
  allowed_email_domains: z
    .array(
      z
        .string()
        .max(253)
        .transform((domain) => domainToASCII(domain.trim().toLowerCase()))
        .refine((domain) => domain.includes("."), "must be a domain, like example.com"),
    )
    .max(100)
    .describe("Only addresses of these domains may sign up; empty: all.")
    .default([]),
  require_verified_email: z.boolean().describe("Nobody comes in before the address is verified.").default(false),
  password_minimum_bytes: z.number().int().min(8).max(64).describe("Of a new password.").default(8),
  direct_token_ttl_seconds: seconds(60, DAY, 900, "Lifetime of the token of a direct sign-in."),
  oauth_token_ttl_seconds: seconds(60, DAY, 600, "Lifetime of an OAuth client's access token."),
  session_idle_ttl_seconds: seconds(300, 365 * DAY, 30 * DAY, "A session that is not used for so long ends."),
  session_ttl_seconds: seconds(300, 3650 * DAY, 180 * DAY, "Every session ends after this."),
  return_urls: z
    .array(z.string().max(2000).refine(isReturnUrl, "must be an absolute URL without user or fragment"))
    .max(100)
    .describe("Where magic links and social sign-in may lead back to.")
    .default([]),
  delivery: z
    .enum(["query", "fragment", "code"])
    .describe("What comes back to such an address: the token itself, or a code that your backend redeems.")
    .default("query"),
  verify_email_on_signup: z
    .boolean()
    .describe("Whether somebody who signs up with a password is mailed a link that verifies the address.")
    .default(true),
  mail_new_sign_in: z
    .boolean()
    .describe(
      "Whether somebody is told by mail of a sign-in at Foyer's own pages on a device, or from a network, that was not seen before.",
    )
    .default(true),
  mail_from_name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^"<>\\\p{Cc}]+$/u, "must hold no quotes, angle brackets or line breaks")
    .nullable()
    .describe("The sender's name in mails; null: the App's.")
    .default(null),
  audit_retention_days: z.number().int().min(1).max(3650).describe("How long events are kept.").default(90),
  branding: z
    .object({
      logo_url: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .nullable()
        .describe("On the hosted pages.")
        .default(null),
      color: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i, "must be like #1f5c4d")
        .nullable()
        .describe("Accent of the hosted pages, like #1f5c4d.")
        .default(null),
    })
    .prefault({}),
});

export type AppSettings = z.infer<typeof AppSettings>;
