/**
 * Members that a schema doesn't know, also nested ones, each with the known name that was probably
 * meant. Schemas themselves drop unknown members, since forms and OAuth requests may have some.
 */
import { z } from "zod";
import { editDistance } from "./text/edit-distance";

/** What other APIs call a member of ours. It is suggested only where the schema knows it. */
const OTHER_NAMES: Record<string, string[]> = {
  disabled: ["blocked", "banned", "suspended", "locked", "enabled", "active", "is_active"],
  name: ["full_name", "display_name", "user_name"],
  given_name: ["first_name"],
  family_name: ["last_name", "surname"],
  preferred_username: ["username"],
  picture: ["avatar", "avatar_url", "image_url", "photo_url"],
  phone_number: ["phone", "mobile", "tel"],
  metadata: ["app_metadata", "private_metadata"],
  public_metadata: ["user_metadata", "unsafe_metadata"],
  external_id: ["user_id", "foreign_id"],
  q: ["query", "search", "filter"],
  limit: ["per_page", "page_size", "first", "count", "take"],
  cursor: ["page", "offset", "after", "starting_after", "page_token", "next_cursor"],
  redirect_uris: ["callbacks", "callback_urls"],
  redirect_uri: ["return_url", "return_to", "callback_url", "next"],
  return_urls: ["redirect_urls"],
};

const WORDS_APART = 0.5;

/** The members and their schemas; null if the schema takes any member. */
type Shape = Record<string, z.core.$ZodType> | null;

/** Without what surrounds an object's schema: optional, nullable, default, transform. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod as unknown as {
    def: { type: string; innerType?: z.core.$ZodType; in?: z.core.$ZodType };
  };
  const inner = def.innerType ?? (def.type === "pipe" ? def.in : undefined);
  return inner ? bare(inner) : schema;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shapeOf(schema: z.core.$ZodType): Shape {
  const object = bare(schema);
  if (!(object instanceof z.ZodObject) || object.def.catchall) return null;
  return object.shape;
}

/** Every member's path, with dots. Those of lists are left out: no one of their entries is meant. */
function pathsOf(shape: Shape, prefix = ""): string[] {
  return Object.entries(shape ?? {}).flatMap(([name, member]) => [
    `${prefix}${name}`,
    ...pathsOf(shapeOf(member), `${prefix}${name}.`),
  ]);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function pairsOf(name: string): string[] {
  return Array.from({ length: Math.max(1, name.length - 1) }, (_, index) => name.slice(index, index + 2));
}

/** Dice's coefficient of the pairs of letters, for names with the same words: 1 for equal names. */
function commonPairs(a: string, b: string): number {
  const [ours, theirs] = [pairsOf(a), pairsOf(b)];
  const total = ours.length + theirs.length;
  const common = ours.filter((pair) => {
    const index = theirs.indexOf(pair);
    if (index >= 0) theirs.splice(index, 1);
    return index >= 0;
  });
  return (2 * common.length) / total;
}

/** From 0 for different names to 1 for equal ones, whatever their case and separators. */
function similarity(a: string, b: string): number {
  const [ours, theirs] = [plain(a), plain(b)];
  if (ours === theirs) return 1;
  const typed = 1 - editDistance(ours, theirs) / Math.max(ours.length, theirs.length);
  // Short words are one mistake apart from many others.
  return Math.max(typed >= 0.6 ? typed : 0, commonPairs(ours, theirs));
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/**
 * The known path that `name` probably means, or null. `siblings` are preferred to the members of
 * other levels.
 */
function nearest(name: string, siblings: string[], paths: string[]): string | null {
  const candidates = [...siblings, ...paths];
  const means = (path: string) => OTHER_NAMES[lastOf(path)]?.some((other) => plain(other) === plain(name));
  const ranked = candidates.map((path) => ({
    path,
    score: Math.max(similarity(name, lastOf(path)), means(path) ? 0.95 : 0),
  }));
  const best = ranked.reduce<{ path: string; score: number }>((a, b) => (b.score > a.score ? b : a), {
    path: "",
    score: 0,
  });
  return best.score >= WORDS_APART ? best.path : null;
}

const MAX_NAMED = 30;
/** Finding the nearest name takes time, and a body can have thousands of members. */
const MAX_REPORTED = 10;

function problemOf(sent: string, siblings: string[], paths: string[]): string {
  if (paths.length === 0) return "is unknown; this request has no such input";
  const found = nearest(sent, siblings, paths);
  if (found) return `is unknown. Did you mean ${found}?`;
  const all = siblings.length > MAX_NAMED ? [...siblings.slice(0, MAX_NAMED), "…"] : siblings;
  return `is unknown. The known names are ${all.join(", ")}`;
}

/** Long and strange names are shortened: the response and the log repeat them. */
function shown(name: string): string {
  return name.isWellFormed() ? name.slice(0, 60).replace(/\p{Cc}/gu, "?") : "?";
}

function collect(schema: z.core.$ZodType, value: unknown, at: string, paths: string[], found: Map<string, string>) {
  const object = bare(schema);
  if (object instanceof z.ZodArray && Array.isArray(value)) {
    for (const [index, entry] of value.entries()) collect(object.element, entry, `${at}${index}.`, paths, found);
    return;
  }
  const shape = shapeOf(object);
  if (!shape || !isObject(value)) return;
  const siblings = Object.keys(shape).map((name) => `${at}${name}`);
  for (const [name, member] of Object.entries(value)) {
    const known = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (found.size >= MAX_REPORTED) return;
    if (known) collect(known, member, `${at}${name}.`, paths, found);
    else found.set(`${at}${shown(name)}`, problemOf(shown(name), siblings, paths));
  }
}

/** Path → problem, for each unknown member of `value`. Empty if all are known. */
export function unknownMembers(schema: z.ZodType, value: unknown): Record<string, string> {
  const found = new Map<string, string>();
  collect(schema, value, "", pathsOf(shapeOf(schema)), found);
  return Object.fromEntries(found);
}
