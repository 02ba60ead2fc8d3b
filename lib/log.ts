/** The log: JSON lines on stdout. Secrets, tokens and email addresses are redacted. */
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

/** Redacts email addresses and secrets inside a message, such as a database driver's. */
export function redact(text: string): string {
  return text
    .replace(/[^\s"'<>(),;:=]+@[^\s"'<>(),;:]+/g, "[email]")
    .replace(/\b(foyer_(?:sk|cs)_[0-9a-z]+_)\w+/g, "$1[secret]")
    .replace(/\b(fr1-\d+\.[0-9a-z]+\.\w+\.\d+\.)[\w.-]+/g, "$1[secret]")
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[token]");
}

function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: redact(String(error)) };
  return {
    name: error.name,
    message: redact(error.message),
    stack: error.stack && redact(error.stack),
    cause: error.cause instanceof Error ? redact(error.cause.message) : undefined,
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
