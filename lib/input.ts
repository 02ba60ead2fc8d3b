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

const KINDS: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** What is wrong, where the schema itself does not say it in words of its own. */
function problemOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return "is missing";
  if (issue.code === "invalid_type") return `must be ${KINDS[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `must be ${issue.values.map(String).join(" or ")}`;
  const unit = issue.origin === "array" ? " entries" : "";
  if (issue.code === "too_small") return `must ${unit ? "have" : "be"} at least ${issue.minimum}${unit}`;
  if (issue.code === "too_big") return `must ${unit ? "have" : "be"} at most ${issue.maximum}${unit}`;
  if (issue.code === "invalid_format" && issue.format === "url") return "must be an absolute URL";
  return undefined;
}

/** What was read, or what is wrong with which field; unknown keys are dropped. */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { data: z.output<Schema> } | { fields: Record<string, string> } {
  const parsed = schema.safeParse(value, { error: problemOf });
  if (parsed.success) return { data: parsed.data };
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "body"] ??= issue.message;
  return { fields };
}

/** Parses or throws 400 with every wrong field named; unknown keys are dropped. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = readInput(schema, value);
  return "data" in read ? read.data : failInput(read.fields);
}
