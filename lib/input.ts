/** Input validation with zod: strict strings, and an error message for each field. */
import { z } from "zod";
import { failInput } from "./errors";
import { unknownMembers } from "./unknown-members";

export const MAX_BODY_BYTES = 64 * 1024;

/** A string that PostgreSQL can store: without NUL and lone surrogates. */
export function text(maximum: number, minimum = 1) {
  return z
    .string({ error: (issue) => (issue.input === undefined ? "is missing" : "must be a string") })
    .min(minimum, minimum === 1 ? "must not be empty" : `needs at least ${minimum} characters`)
    .max(maximum, `must have at most ${maximum} characters`)
    .refine((value) => !value.includes("\0") && value.isWellFormed(), "must not contain NUL or malformed Unicode");
}

export const MAX_JSON_LEVELS = 10;

/**
 * Whether PostgreSQL can store a value from JSON.parse: without NUL and lone surrogates. Other code
 * recurses into such values, and thousands of levels would exhaust the stack.
 */
export function isStorable(value: unknown, levels = MAX_JSON_LEVELS): boolean {
  if (typeof value === "string") return !value.includes("\0") && value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.entries(value).every(([name, one]) => isStorable(name) && isStorable(one, levels - 1));
}

export const STORABLE_JSON = `must not contain NUL, broken Unicode or more than ${MAX_JSON_LEVELS} levels`;

/** The value of a JSON text, such as a CSV cell. Anything else stays as it is. */
export function jsonOrText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const TYPE_NAMES: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** The message for a problem whose schema defines none. */
function defaultProblem(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return "is missing";
  if (issue.code === "invalid_type") return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `must be ${issue.values.map(String).join(" or ")}`;
  const unit = issue.origin === "array" ? " entries" : "";
  if (issue.code === "too_small") return `must ${unit ? "have" : "be"} at least ${issue.minimum}${unit}`;
  if (issue.code === "too_big") return `must ${unit ? "have" : "be"} at most ${issue.maximum}${unit}`;
  if (issue.code === "invalid_format" && issue.format === "url") return "must be an absolute URL";
  return undefined;
}

/** Returns the parsed data, or the first problem of each field. Unknown keys are dropped. */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { data: z.output<Schema> } | { fields: Record<string, string> } {
  const parsed = schema.safeParse(value, { error: defaultProblem });
  if (parsed.success) return { data: parsed.data };
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "body"] ??= issue.message;
  return { fields };
}

/** Parses the input. Unknown keys are dropped. @throws 400 with the first problem of each field */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = readInput(schema, value);
  return "data" in read ? read.data : failInput(read.fields);
}

/**
 * Parses the input of an API call, where an unknown member is probably a mistake. @throws 400 with
 * the first problem of each field and with each unknown member
 */
export function parseKnownInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const unknown = unknownMembers(schema, value);
  const read = readInput(schema, value);
  if ("data" in read && Object.keys(unknown).length === 0) return read.data;
  return failInput({ ...unknown, ...("fields" in read && read.fields) });
}
