/** What the owner of an App decides; stored as JSON, with these defaults where nothing was said. Durations in seconds. */
import { domainToASCII } from "node:url";
import { z } from "zod";

const DAY = 86_400;

function seconds(minimum: number, maximum: number, fallback: number) {
  return z.number().int().min(minimum).max(maximum).default(fallback);
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
  methods: z.object({ password: z.boolean().default(true), magic_link: z.boolean().default(true) }).prefault({}),
  /** Who may become a user. */
  signups: z.enum(["open", "invite_only", "closed"]).default("open"),
  allowed_email_domains: z
    .array(
      z
        .string()
        .max(253)
        .transform((domain) => domainToASCII(domain.trim().toLowerCase()))
        .refine((domain) => domain.includes("."), "must be a domain, like example.com"),
    )
    .max(100)
    .default([]),
  require_verified_email: z.boolean().default(false),
  password_minimum_bytes: z.number().int().min(8).max(64).default(8),
  /** Access token of a direct sign-in. */
  direct_token_ttl_seconds: seconds(60, DAY, 900),
  /** Access token of an OAuth client. */
  oauth_token_ttl_seconds: seconds(60, DAY, 600),
  /** A session unused for so long ends … */
  session_idle_ttl_seconds: seconds(300, 365 * DAY, 30 * DAY),
  /** … and every session ends after this. */
  session_ttl_seconds: seconds(300, 3650 * DAY, 180 * DAY),
  return_urls: z
    .array(z.string().max(2000).refine(isReturnUrl, "must be an absolute URL without user or fragment"))
    .max(100)
    .default([]),
  delivery: z.enum(["query", "fragment", "code"]).default("query"),
  /** Whether somebody who signs up with a password is mailed a link that verifies the address. */
  verify_email_on_signup: z.boolean().default(true),
  /** The sender's name in mails; the App's when nothing is said. */
  mail_from_name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^"<>\\\p{Cc}]+$/u, "must hold no quotes, angle brackets or line breaks")
    .nullable()
    .default(null),
  audit_retention_days: z.number().int().min(1).max(3650).default(90),
  branding: z
    .object({
      logo_url: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .nullable()
        .default(null),
      color: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i, "must be like #1f5c4d")
        .nullable()
        .default(null),
    })
    .prefault({}),
});

export type AppSettings = z.infer<typeof AppSettings>;
