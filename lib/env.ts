/**
 * Environment variables. Read on first use, because `next build` imports every route without an
 * environment.
 */
import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { isDatabaseUrl } from "./database-urls";
import { StartError } from "./errors";
import { processState } from "./process-state";

const flag = z
  .enum(["0", "1", "true", "false", "on", "off"], "must be on or off")
  .transform((v) => ["1", "true", "on"].includes(v));

function integer(minimum: number, maximum: number) {
  const rule = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((n) => n >= minimum && n <= maximum, rule);
}

function isUrl(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

const publicUrl = z
  .string()
  .refine(
    (text) => isUrl(text, ["http:", "https:"]) && new URL(text).origin === text.replace(/\/$/, "").toLowerCase(),
    "must be an origin such as https://auth.example.com, without path, query or credentials",
  )
  .transform((text) => new URL(text).origin);

/** A request appends to it, so it ends with a slash. */
const rangeUrl = z
  .string()
  .refine((text) => {
    if (!isUrl(text, ["http:", "https:"])) return false;
    const { username, password, search, hash } = new URL(text);
    return !username && !password && !search && !hash;
  }, "must be a URL such as https://api.pwnedpasswords.com/range/, without credentials or query")
  .transform((text) => new URL(text).href.replace(/\/*$/, "/"));

const databaseUrl = z
  .string()
  .refine(
    isDatabaseUrl,
    "must look like postgres://user:password@host:5432/database, or with several hosts: host1:5432,host2:5432",
  );

const proxies = z.string().transform((text, context) => {
  const ranges = text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  for (const range of ranges) {
    const [address = "", bits, ...rest] = range.split("/");
    const size = isIP(address) === 4 ? 32 : 128;
    if (
      !isIP(address) ||
      rest.length > 0 ||
      (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= size))
    ) {
      context.addIssue({ code: "custom", message: `"${range}" must be an IP address or a range such as 10.0.0.0/8` });
    }
  }
  return ranges;
});

const Environment = z.object({
  NODE_ENV: z.string().default("development"),
  /** NODE_ENV as the operator set it, before the start script defaulted it to "production". */
  FOYER_GIVEN_NODE_ENV: z.string().optional(),
  PORT: integer(1, 65535).default(8000),
  HOST: z.string().optional(),
  PUBLIC_URL: publicUrl.optional(),
  DATABASE_URL: databaseUrl.optional(),
  DIRECT_URL: databaseUrl.optional(),
  DATABASE_POOL_SIZE: integer(2, 200).default(10),
  DATA_DIR: z.string().default(".data"),
  FOYER_SECRET: z.string().optional(),
  RESEND_API_KEY: z.string().optional(),
  SMTP_URL: z
    .string()
    .refine((text) => isUrl(text, ["smtp:", "smtps:"]), "must look like smtps://user:password@host:465")
    .optional(),
  MAIL_FROM: z
    .string()
    .refine(
      (text) => /^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(text),
      "must look like Foyer <no-reply@example.com>",
    )
    .optional(),
  TRUSTED_PROXIES: proxies.default([]),
  FOYER_ALLOW_LOOPBACK: flag.optional(),
  UV_THREADPOOL_SIZE: integer(1, 1024).default(4),
  BCRYPT_COST: integer(4, 15).default(12),
  WEB_CONCURRENCY: integer(1, 64).default(1),
  SECURITY_CONTACT: z
    .string()
    .refine(
      (text) => isUrl(text, ["https:", "mailto:", "tel:"]),
      "must be a URL such as mailto:security@example.com or https://example.com/security",
    )
    .optional(),
  HIBP_URL: rangeUrl.default("https://api.pwnedpasswords.com/range/"),
  METRICS_TOKEN: z.string().min(16, "needs at least 16 characters").optional(),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent")
    .default("info"),
});

/** All variables, including NODE_ENV and FOYER_GIVEN_NODE_ENV, which the start scripts set. */
export const VARIABLES = Object.keys(Environment.shape);

export type Env = Omit<z.infer<typeof Environment>, "PUBLIC_URL"> & {
  PUBLIC_URL: string;
  production: boolean;
  https: boolean;
  allowLoopback: boolean;
};

const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/;

/** Whether a URL's host name is loopback, such as `localhost`, `127.0.0.1` or `[::1]`. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOST.test(hostname);
}

/** @throws StartError with one line per invalid variable */
export function parseEnv(source: Record<string, string | undefined>): Env {
  // An empty variable (`PORT= npm start`, or an empty line in an env file) means "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  if (parsed.success) {
    const { NODE_ENV, FOYER_GIVEN_NODE_ENV, DATABASE_URL, FOYER_SECRET } = parsed.data;
    // A secret in the data folder of one machine could be lost while the database is on another
    // machine.
    if ((FOYER_GIVEN_NODE_ENV ?? NODE_ENV) === "production" && DATABASE_URL && !FOYER_SECRET) {
      problems.push(
        "FOYER_SECRET is required with NODE_ENV=production and DATABASE_URL. Create one with: openssl rand -base64 48",
      );
    }
  }
  if (parsed.success && parsed.data.DIRECT_URL && !parsed.data.DATABASE_URL)
    problems.push("DIRECT_URL requires DATABASE_URL. Set both, or neither for the embedded database.");
  if (parsed.success && (parsed.data.RESEND_API_KEY || parsed.data.SMTP_URL) && !parsed.data.MAIL_FROM)
    problems.push(
      "MAIL_FROM is required with RESEND_API_KEY or SMTP_URL. Set it to the sender, like Foyer <no-reply@example.com>",
    );
  if (problems.length > 0 || !parsed.success) {
    throw new StartError(
      `These environment variables are invalid:\n${problems.map((line) => `  - ${line}`).join("\n")}`,
    );
  }
  const PUBLIC_URL = parsed.data.PUBLIC_URL ?? `http://localhost:${parsed.data.PORT}`;
  const { protocol, hostname } = new URL(PUBLIC_URL);
  return {
    ...parsed.data,
    PUBLIC_URL,
    DATA_DIR: resolve(parsed.data.DATA_DIR),
    production: parsed.data.NODE_ENV === "production",
    https: protocol === "https:",
    allowLoopback: parsed.data.FOYER_ALLOW_LOOPBACK ?? isLoopbackHost(hostname),
  };
}

export function env(): Env {
  return processState("env", () => parseEnv(process.env));
}

/** For tools: uses the PUBLIC_URL of the running server, unless PUBLIC_URL or PORT is set. */
export function adoptPublicUrl(url: string): void {
  const current = env();
  if (process.env.PUBLIC_URL || process.env.PORT) return;
  Object.assign(current, parseEnv({ ...process.env, PUBLIC_URL: url }));
}

/**
 * Set by boot(): the URL of the database, which may be embedded, and the secret, which may come
 * from a file.
 */
interface Runtime {
  databaseUrl: string | null;
  secret: string | null;
}

const runtime = processState<Runtime>("runtime", () => ({ databaseUrl: null, secret: null }));

export function setRuntime(values: { databaseUrl: string; secret: string }): void {
  Object.assign(runtime, values);
}

export function runtimeDatabaseUrl(): string {
  const url = runtime.databaseUrl ?? env().DATABASE_URL;
  if (!url) throw new StartError("The database is not open yet. Call boot() first.");
  return url;
}

export function runtimeSecret(): string {
  const secret = runtime.secret ?? env().FOYER_SECRET;
  if (!secret) throw new StartError("The master key is not loaded yet. Call boot() first.");
  return secret;
}

/**
 * The environment of worker processes (WEB_CONCURRENCY). The parent has migrated the database that
 * it passes on.
 */
export function workerEnvironment(): Record<string, string> {
  return { FOYER_WORKER: "1", DATABASE_URL: runtimeDatabaseUrl(), FOYER_SECRET: runtimeSecret() };
}

export function isWorker(): boolean {
  return process.env.FOYER_WORKER === "1";
}

/** next-auth reads its base URL from the environment, and would otherwise trust the Host header. */
export function exportNextAuthUrl(): void {
  process.env.NEXTAUTH_URL = `${env().PUBLIC_URL}/api/dashboard/auth`;
}
