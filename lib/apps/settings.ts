/** Settings of an app: stored as JSON, with these defaults. Durations are in seconds. */
import { domainToASCII } from "node:url";
import { z } from "zod";
import { text } from "../input";
import { unusableUriProblem } from "../registered-uri";

const DAY = 86_400;

export const FACTOR_TYPES = ["totp", "email", "passkey"] as const;

/** What a second factor can be. */
export type FactorType = (typeof FACTOR_TYPES)[number];

function seconds(minimum: number, maximum: number, fallback: number, description: string) {
  return z.number().int().min(minimum).max(maximum).describe(description).default(fallback);
}

function isReturnUrl(value: string): boolean {
  // URL parsers drop line breaks and turn \ into /, so the parsed URL would differ from the
  // compared text. No fragment, not even an empty one.
  if (!URL.canParse(value) || /[\s\p{Cc}\\#]/u.test(value)) return false;
  const url = new URL(value);
  // These schemes run code or read files in the browser.
  return (
    !["javascript:", "data:", "file:", "blob:", "vbscript:", "about:"].includes(url.protocol) &&
    !url.username &&
    !url.password
  );
}

/** Checked at registration only: earlier releases accepted such URLs. */
export function returnUrlProblem(uri: string): string | null {
  return unusableUriProblem(uri, ["code", "token", "state", "error", "error_description"]);
}

export const AppSettings = z.object({
  methods: z
    .object({
      password: z.boolean().describe("Sign-in with email address and password.").default(true),
      magic_link: z.boolean().describe("Sign-in with an emailed link or code.").default(true),
      email_code: z.boolean().describe("Sign-in with an emailed code, without a link.").default(false),
    })
    .prefault({}),
  signups: z.enum(["open", "invite_only", "closed"]).describe("Who can sign up.").default("open"),
  allowed_email_domains: z
    .array(
      z
        .string()
        .max(253)
        .transform((domain) => domainToASCII(domain.trim().toLowerCase()))
        .refine((domain) => domain.includes("."), "must be a domain, like example.com"),
    )
    .max(100)
    .describe("Only email addresses of these domains can sign up. Empty: all domains.")
    .default([]),
  require_verified_email: z
    .boolean()
    .describe("Users must verify their email address before they can sign in.")
    .default(false),
  password_minimum_bytes: z
    .number()
    .int()
    .min(8)
    .max(64)
    .describe("The minimum length of a new password in characters (Unicode code points), despite the name.")
    .default(8),
  direct_token_ttl_seconds: seconds(60, DAY, 900, "Lifetime of access tokens of direct sign-ins."),
  oauth_token_ttl_seconds: seconds(60, DAY, 600, "Lifetime of access tokens of OAuth clients."),
  access_token_typ: z
    .enum(["at+jwt", "JWT"])
    .describe("The `typ` of access tokens. `JWT` is for libraries that reject `at+jwt` (RFC 9068), such as Spring's.")
    .default("at+jwt"),
  session_idle_ttl_seconds: seconds(
    300,
    365 * DAY,
    30 * DAY,
    "Idle timeout: sessions expire after this long without activity.",
  ),
  session_ttl_seconds: seconds(300, 3650 * DAY, 180 * DAY, "Maximum lifetime of a session."),
  return_urls: z
    .array(z.string().max(2000).refine(isReturnUrl, "must be an absolute URL without user name or fragment"))
    .max(100)
    .describe("The URLs that magic links and social sign-in can redirect to.")
    .default([]),
  delivery: z
    .enum(["query", "fragment", "code"])
    .describe("What the return URL receives: the token itself, or a code that your backend exchanges.")
    .default("query"),
  verify_email_on_signup: z
    .boolean()
    .describe("Whether a password sign-up sends an email with a verification link.")
    .default(true),
  mail_new_sign_in: z
    .boolean()
    .describe("Whether users get an email after a sign-in on the hosted pages from a new device or network.")
    .default(true),
  mail_from_name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^"<>\\\p{Cc}]+$/u, "must not contain quotes, angle brackets or line breaks")
    .nullable()
    .describe("The sender's name in emails. null: the app's name.")
    .default(null),
  registration: z
    .enum(["off", "token", "open"])
    .describe("Dynamic client registration (RFC 7591): `token` requires a registration token, `open` doesn't.")
    .default("off"),
  client_metadata_documents: z
    .enum(["off", "listed", "any"])
    .describe("Whether a client ID can be the URL of its metadata document: of the listed hosts, or of any host.")
    .default("off"),
  client_metadata_hosts: z
    .array(
      text(253)
        .transform((host) => domainToASCII(host.trim().toLowerCase()))
        .refine((host) => host !== "", "must be a host, like example.com"),
    )
    .max(100)
    .describe("The hosts of metadata documents, for `client_metadata_documents` = `listed`.")
    .default([]),
  mcp: z
    .boolean()
    .describe(
      "Whether MCP clients can connect: open registration of public clients, and metadata documents of any host.",
    )
    .default(false),
  dpop_nonce: z
    .boolean()
    .describe("Whether DPoP proofs must contain a nonce of this server (RFC 9449 §8).")
    .default(false),
  mfa: z
    .enum(["off", "optional", "required"])
    .describe(
      "Second factors: `off` never asks for one, `optional` asks users who have one, `required` also makes the others add one.",
    )
    .default("optional"),
  mfa_methods: z
    .array(z.enum(FACTOR_TYPES))
    .min(1)
    .refine((types) => new Set(types).size === types.length, "must not repeat a value")
    .describe("The second factors that users can use: an authenticator app, an emailed code, a passkey.")
    .default(["totp", "passkey"]),
  mfa_remember_days: z
    .number()
    .int()
    .min(0)
    .max(365)
    .describe("How many days a browser can skip the second factor, if its user wants that. 0: never.")
    .default(0),
  passkeys: z.boolean().describe("Whether users can add passkeys and sign in with them.").default(true),
  passkey_rp_id: text(253)
    .transform((domain) => domainToASCII(domain.trim().toLowerCase()))
    .refine((domain) => domain !== "", "must be a domain, like example.com")
    .nullable()
    .describe("The domain of passkeys (WebAuthn RP ID), for your own pages. null: the host of Foyer.")
    .default(null),
  passkey_origins: z
    .array(
      text(300)
        .refine((origin) => URL.canParse(origin), "must be an origin, like https://example.com")
        .transform((origin) => new URL(origin).origin)
        .refine((origin) => origin !== "null", "must be an origin, like https://example.com"),
    )
    .max(20)
    .describe("The origins of your own pages that use passkeys, with `passkey_rp_id`.")
    .default([]),
  breached_passwords: z
    .boolean()
    .describe("Whether new passwords are checked against published leaks. Five characters of their hash leave Foyer.")
    .default(false),
  bot_check: z
    .enum(["off", "turnstile", "hcaptcha", "altcha"])
    .describe("The check against bots on the hosted pages. `altcha` is a proof of work and needs no third party.")
    .default("off"),
  bot_check_site_key: text(200).nullable().describe("The site key of Turnstile or hCaptcha.").default(null),
  audit_retention_days: z.number().int().min(1).max(3650).describe("How many days audit events are kept.").default(90),
  branding: z
    .object({
      logo_url: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .nullable()
        .describe("The logo on the hosted pages.")
        .default(null),
      color: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i, "must be a color like #1f5c4d")
        .nullable()
        .describe("The accent color of the hosted pages, like #1f5c4d.")
        .default(null),
    })
    .prefault({}),
});

export type AppSettings = z.infer<typeof AppSettings>;
