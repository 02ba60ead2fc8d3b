/** One row of an import, from wherever it comes: strings of a CSV or values of JSON. */
import { z } from "zod";
import { now, nowMs } from "../../clock";
import { readInput, text } from "../../input";
import { Email, Metadata } from "../inputs";
import { PROFILE_INPUT } from "../profile";
import { renameColumns } from "./column-names";

/** What BCRYPT_COST may be at most. With more, one sign-in would keep a processor busy for many seconds. */
const MAX_COST = 15;

/** The longer form is Foyer's own for passwords of more than 72 bytes. */
const BCRYPT = /^(?:sha256:)?\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

const NO_BCRYPT =
  "must be a bcrypt hash, like $2b$12$… with 60 characters. Leave it empty otherwise: people then set a new password by “forgot password”";

/** What `read` makes of a value; undefined when it makes nothing of it. */
function reading<Result>(read: (value: unknown) => Result | undefined, problem: string) {
  return z.unknown().transform((value, context): Result => {
    const found = read(value);
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message: problem });
    return z.NEVER;
  });
}

const ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The last characters of salt and hash hold four and two bits of nothing. Where old libraries set them, a comparison would never say yes. */
function withoutPadding(hash: string): string {
  const cleared = (at: number, mask: number) => ALPHABET[ALPHABET.indexOf(hash.at(at) as string) & mask];
  return hash.slice(0, -32) + cleared(-32, 0b110000) + hash.slice(-31, -1) + cleared(-1, 0b111100);
}

/** `$2y$` is PHP's name of the same. */
const passwordHash = text(100)
  .transform((value) => value.trim())
  .refine((value) => BCRYPT.test(value), NO_BCRYPT)
  .refine((value) => {
    const cost = Number(BCRYPT.exec(value)?.[1] ?? 4);
    return cost >= 4 && cost <= MAX_COST;
  }, `must have a cost of 4 to ${MAX_COST}. Leave it empty otherwise: people then set a new password`)
  .transform((value) => withoutPadding(value.replace("$2y$", "$2b$")));

const WORDS: Record<string, boolean> = {
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

function word(value: unknown): boolean | undefined {
  return typeof value === "object" ? undefined : WORDS[String(value).trim().toLowerCase()];
}

const SPOKEN_TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:\s*(?:Z|UTC|([+-]\d\d)(?::?(\d\d))?))?)?$/i;

/** ISO 8601 as databases write it, too, UTC unless it says otherwise; seconds or milliseconds since 1970; `{"$date": …}` of MongoDB. */
function timeOf(value: unknown): Date | undefined {
  if (typeof value === "object") return value && "$date" in value ? timeOf(value.$date) : undefined;
  const spoken = String(value).trim();
  if (/^\d{9,14}$/.test(spoken)) return new Date(Number(spoken) * (spoken.length <= 11 ? 1000 : 1));
  const [, day, clock = "00:00", hours = "+00", minutes = "00"] = SPOKEN_TIME.exec(spoken) ?? [];
  const at = new Date(`${day}T${clock}${hours}:${minutes}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Some say since when an address is verified. */
const verified = reading(
  (value) => word(value) ?? (timeOf(value) ? true : undefined),
  "must be true or false, or since when",
);

/** Some say until when somebody is banned. */
const disabled = reading((value) => {
  const until = timeOf(value);
  return word(value) ?? (until && until > now());
}, "must be true or false, or until when");

const FIRST_MS = Date.parse("1990-01-01T00:00:00Z");

const createdAt = reading(timeOf, "must be a time, like 2026-01-31T12:00:00Z").refine(
  (at) => at.getTime() >= FIRST_MS && at.getTime() <= nowMs(),
  "must be in the past, and not before 1990",
);

/** Ids are numbers elsewhere, or `{"$oid": …}` of MongoDB. */
const externalId = reading((value) => {
  const id = typeof value === "object" && value && "$oid" in value ? value.$oid : value;
  return typeof id === "string" || typeof id === "number" ? String(id).trim() : undefined;
}, "must be a text or a number").pipe(text(200));

/** A JSON object, or one as text. */
const metadata = z.preprocess((value) => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}, Metadata);

export const ImportRow = z.object({
  ...PROFILE_INPUT,
  email: Email,
  email_verified: verified.optional(),
  password_hash: passwordHash.optional(),
  external_id: externalId.optional(),
  metadata: metadata.optional(),
  public_metadata: metadata.optional(),
  disabled: disabled.optional(),
  created_at: createdAt.optional(),
  password: z.undefined({ error: "is refused: send its bcrypt hash as password_hash, or leave it out" }).optional(),
});

export type ImportRow = z.output<typeof ImportRow>;

export interface ReadRow {
  /** As it was sent, for whoever looks for the row. */
  email: string | null;
  externalId: string | null;
  /** Names that mean nothing here. */
  ignored: string[];
  input?: ImportRow;
  /** What is wrong, by the names of the file. */
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
