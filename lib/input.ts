/** Strict schemas in front of everything: a string is a string with a maximum length, well-formed, and without NUL. */
import { z } from "zod";
import { failInput } from "./errors";

export const MAX_BODY_BYTES = 64 * 1024;

/** Unicode text that PostgreSQL can hold: no NUL, no half of a surrogate pair. */
export function text(maximum: number, minimum = 1) {
  return z
    .string({ error: (issue) => (issue.input === undefined ? "is missing" : "must be a string") })
    .min(minimum, minimum === 1 ? "must not be empty" : `needs at least ${minimum} characters`)
    .max(maximum, `must have at most ${maximum} characters`)
    .refine((value) => !value.includes("\0") && value.isWellFormed(), "must not hold NUL or broken Unicode");
}

/** Parses or throws 400 with every wrong field named; unknown keys are dropped. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "body"] ??= issue.message;
  failInput(fields);
}
