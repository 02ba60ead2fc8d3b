/** JSON lines on stdout. Secrets, tokens and addresses stay out: what is logged is named here, the rest is redacted. */
import pino from "pino";
import { env } from "./env";
import { processState } from "./process-state";
import { requestContext } from "./request-context";

const REDACTED = [
  "password",
  "token",
  "secret",
  "authorization",
  "cookie",
  "email",
  "code",
  "refresh_token",
  "api_key",
];

/** Addresses and secrets that got into a sentence (a driver's message, a URL) are blanked there too. */
export function scrub(text: string): string {
  return text
    .replace(/[^\s"'<>(),;:=]+@[^\s"'<>(),;:]+/g, "[address]")
    .replace(/\b(foyer_(?:sk|cs)_[0-9a-z]+_)\w+/g, "$1[secret]")
    .replace(/\b(fr1-\d+\.[0-9a-z]+\.\w+\.\d+\.)[\w.-]+/g, "$1[secret]")
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[token]");
}

function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: scrub(String(error)) };
  return {
    name: error.name,
    message: scrub(error.message),
    stack: error.stack && scrub(error.stack),
    cause: error.cause instanceof Error ? scrub(error.cause.message) : undefined,
  };
}

export const log = () =>
  processState("log", () =>
    pino({
      level: env().LOG_LEVEL,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: "[redacted]" },
      serializers: { err: errorFields },
      mixin: () => {
        const context = requestContext();
        return context ? { request_id: context.requestId } : {};
      },
    }),
  );
