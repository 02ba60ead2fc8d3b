/** Validates one row of an import, with strings from CSV or values from JSON. */
import { z } from "zod";
import { now, nowMs } from "../../clock";
import { jsonOrText, readInput, text } from "../../input";
import { isCalendarDay } from "../../text/calendar";
import { AddressText, CONTACT_INPUT } from "../contact";
import { Email, Metadata } from "../inputs";
import { PROFILE_INPUT } from "../profile";
import { renameColumns } from "./column-names";

/** The maximum of BCRYPT_COST. With more, one sign-in would take many seconds of CPU time. */
const MAX_COST = 15;

/** `sha256:` is Foyer's prefix for passwords of more than 72 bytes. */
const BCRYPT = /^(?:sha256:)?\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

const NO_BCRYPT =
  "must be a bcrypt hash, like $2b$12$… with 60 characters. Otherwise leave it empty: the user can set a password with “Forgot password”";

/** Reads a value with `read`, which returns undefined for an invalid one. */
function reading<Result>(read: (value: unknown) => Result | undefined, problem: string) {
  return z.unknown().transform((value, context): Result => {
    const found = read(value);
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message: problem });
    return z.NEVER;
  });
}

const ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * The last characters of salt and hash contain four and two unused bits. If an old library set
 * them, no comparison would succeed.
 */
function withoutPadding(hash: string): string {
  const cleared = (at: number, mask: number) => ALPHABET[ALPHABET.indexOf(hash.at(at) as string) & mask];
  return hash.slice(0, -32) + cleared(-32, 0b110000) + hash.slice(-31, -1) + cleared(-1, 0b111100);
}

/** `$2y$` is PHP's name for `$2b$`. */
const passwordHash = text(100)
  .transform((value) => value.trim())
  .refine((value) => BCRYPT.test(value), NO_BCRYPT)
  .refine((value) => {
    const cost = Number(BCRYPT.exec(value)?.[1] ?? 4);
    return cost >= 4 && cost <= MAX_COST;
  }, `must have a cost of 4 to ${MAX_COST}. Otherwise leave it empty: the user can set a new password`)
  .transform((value) => withoutPadding(value.replace("$2y$", "$2b$")));

const BOOLEANS: Record<string, boolean> = {
  true: true,
  t: true,
  yes: true,
  "1": true,
  false: false,
  f: false,
  no: false,
  none: false,
  "0": false,
};

function readBoolean(value: unknown): boolean | undefined {
  return typeof value === "object" ? undefined : BOOLEANS[String(value).trim().toLowerCase()];
}

const TIME_FORMAT =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:\s*(?:Z|UTC|([+-]\d\d)(?::?(\d\d))?))?)?$/i;

/**
 * ISO 8601, also in the formats of databases, in UTC unless it says otherwise; seconds or
 * milliseconds since 1970; MongoDB's `{"$date": …}`.
 */
function readTime(value: unknown): Date | undefined {
  if (typeof value === "object") return value && "$date" in value ? readTime(value.$date) : undefined;
  const text = String(value).trim();
  if (/^\d{9,14}$/.test(text)) return new Date(Number(text) * (text.length <= 11 ? 1000 : 1));
  const [, day, clock = "00:00", hours = "+00", minutes = "00"] = TIME_FORMAT.exec(text) ?? [];
  if (!day || !isCalendarDay(day)) return undefined;
  const at = new Date(`${day}T${clock}${hours}:${minutes}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Some systems export the time of the verification. */
const verified = reading(
  (value) => readBoolean(value) ?? (readTime(value) ? true : undefined),
  "must be true or false, or the time of the verification",
);

/** Some systems export the end of a ban. */
const disabled = reading((value) => {
  const until = readTime(value);
  return readBoolean(value) ?? (until && until > now());
}, "must be true or false, or the end of the ban");

const FIRST_MS = Date.parse("1990-01-01T00:00:00Z");

const createdAt = reading(readTime, "must be a time, like 2026-01-31T12:00:00Z").refine(
  (at) => at.getTime() >= FIRST_MS && at.getTime() <= nowMs(),
  "must be in the past and not before 1990",
);

/** IDs of other systems may be numbers, or MongoDB's `{"$oid": …}`. */
const externalId = reading((value) => {
  const id = typeof value === "object" && value && "$oid" in value ? value.$oid : value;
  return typeof id === "string" || typeof id === "number" ? String(id).trim() : undefined;
}, "must be a string or a number").pipe(text(200));

/** A JSON object, or its text. */
const metadata = z.preprocess(jsonOrText, Metadata);

export const ImportRow = z.object({
  ...PROFILE_INPUT,
  phone_number: CONTACT_INPUT.phone_number,
  phone_number_verified: verified.optional(),
  address: AddressText,
  email: Email,
  email_verified: verified.optional(),
  password_hash: passwordHash.optional(),
  external_id: externalId.optional(),
  metadata: metadata.optional(),
  public_metadata: metadata.optional(),
  disabled: disabled.optional(),
  created_at: createdAt.optional(),
  password: z
    .undefined({ error: "is not accepted; send its bcrypt hash as password_hash, or leave it out" })
    .optional(),
});

export type ImportRow = z.output<typeof ImportRow>;

export interface ReadRow {
  /** As in the file, to find the row. */
  email: string | null;
  externalId: string | null;
  /** Unknown column names. */
  ignored: string[];
  input?: ImportRow;
  /** Column name in the file → problem. */
  fields?: Record<string, string>;
}

function shown(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 320) : null;
}

export function readRow(sent: Record<string, unknown>): ReadRow {
  const { row, names, ignored } = renameColumns(sent);
  const about = { email: shown(row.email), externalId: shown(row.external_id), ignored };
  const read = readInput(ImportRow, row);
  if ("data" in read) return { ...about, input: read.data };
  const fields = Object.entries(read.fields).map(([field, problem]) => [names[field] ?? field, problem]);
  return { ...about, fields: Object.fromEntries(fields) };
}
