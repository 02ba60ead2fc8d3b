/** Listing, filtering and searching the users of an App. */
import { z } from "zod";
import { db, Prisma, prepared } from "../database/client";
import { type Page, PageQuery, toPage } from "../database/pagination";
import { failNotFound } from "../errors";
import { text } from "../input";
import { parseEmail } from "./email";
import { Email } from "./inputs";
import { FULL_USER_COLUMNS, type FullUser, managedUserView } from "./user-views";

const booleanFilter = (what: string) =>
  z
    .enum(["true", "false"], { error: "must be true or false" })
    .transform((value) => value === "true")
    .describe(`Only users ${what} (true) or not (false).`)
    .optional();

const timeFilter = (what: string) =>
  z.iso
    .datetime({ offset: true, error: "must be a time, like 2026-01-31T12:00:00Z" })
    .transform((value) => new Date(value))
    .describe(`Only users whose last sign-in was ${what}. The latest comes first.`)
    .optional();

export const UserQuery = PageQuery.extend({
  /** In a list by last sign-in, it also contains that time. */
  cursor: text(80)
    .regex(/^usr_[0-9a-z]{26}(_[0-9a-z]{1,10})?$/, "must be the next_cursor of the previous page")
    .describe("The `next_cursor` of the previous page.")
    .optional(),
  email: Email.describe("Only the user with exactly this email address. It is not case-sensitive.").optional(),
  email_verified: booleanFilter("whose email address is verified"),
  has_password: booleanFilter("who have a password"),
  has_factor: booleanFilter("who have a second factor or a passkey"),
  disabled: booleanFilter("who are disabled"),
  signed_in_after: timeFilter("at this time or later"),
  signed_in_before: timeFilter("before this time"),
  signed_in: booleanFilter("who have ever signed in"),
});

export type UserQuery = z.output<typeof UserQuery>;

/** A trigram index needs three characters. A shorter term is compared with the starts of words. */
const MINIMUM_INFIX = 3;

/** The separators of words, as in the function foyer_word_starts. */
const SEPARATORS = /[\s!-/:-@[-`{-~]+/;

function likePattern(term: string): string {
  return `%${term.replace(/[\\%_]/g, (special) => `\\${special}`)}%`;
}

/**
 * Part of the email address or names, or a whole ID. The database normalizes the term as it
 * normalizes what it stores (migration search_normalized).
 */
async function matches(q: string): Promise<Prisma.Sql> {
  const sent = q.trim();
  const [term = { folded: "", ascii: "" }] = await prepared<{ folded: string; ascii: string }>(
    "search-term",
    `SELECT foyer_fold($1) AS "folded", foyer_ascii(foyer_fold($1)) AS "ascii"`,
    [sent],
  );
  const compared = searchCondition(term);
  const isId = Prisma.sql`u."id" = ${sent} OR u."externalId" = ${sent}`;
  // The first condition is that of the index.
  return compared ? Prisma.sql`((u."searchText" IS NOT NULL AND ${compared}) OR ${isId})` : Prisma.sql`(${isId})`;
}

function searchCondition({ folded, ascii }: { folded: string; ascii: string }): Prisma.Sql | null {
  if ([...folded].length >= MINIMUM_INFIX)
    // The index contains the ASCII form; "searchText" tells "303" from the byte of that number.
    return Prisma.sql`u."searchText" LIKE ${likePattern(folded)} AND foyer_ascii(u."searchText") LIKE ${likePattern(ascii)}`;
  const starts = folded.split(SEPARATORS).filter(Boolean);
  return starts.length > 0 ? Prisma.sql`u."searchStarts" @> ${starts}::text[]` : null;
}

/** The boolean filters of a query. Each is one bit of a user's kind, set if the user lacks it. */
const BOOLEAN_FILTERS = [
  { lacks: `u."emailVerifiedAt" IS NULL`, wanted: (query: UserQuery) => query.email_verified },
  { lacks: `u."passwordHash" IS NULL`, wanted: (query: UserQuery) => query.has_password },
  { lacks: `u."disabledAt" IS NULL`, wanted: (query: UserQuery) => query.disabled },
  { lacks: `u."lastSignInAt" IS NULL`, wanted: (query: UserQuery) => (isBySignIn(query) ? true : query.signed_in) },
  { lacks: `u."factors" = '{}'`, wanted: (query: UserQuery) => query.has_factor },
];

/**
 * Must match the expression of the indexes in the migration factor_filter, or PostgreSQL doesn't use
 * them.
 */
export const KIND = Prisma.raw(
  `(${BOOLEAN_FILTERS.map(({ lacks }, bit) => `${bit > 0 ? `${2 ** bit} * ` : ""}(${lacks})::int`).join(" + ")})`,
);

/** The kinds of user who have signed in. */
export const SIGNED_IN_KINDS = Array.from({ length: 2 ** BOOLEAN_FILTERS.length }, (_, kind) => kind).filter(
  (kind) => ((kind >> 3) & 1) === 0,
);

/** The kinds of user that the query selects, or null for all kinds. */
function kindsOf(query: UserQuery): number[] | null {
  const asked = BOOLEAN_FILTERS.map(({ wanted }) => wanted(query));
  if (asked.every((wanted) => wanted === undefined)) return null;
  const fits = (kind: number) =>
    asked.every((wanted, bit) => wanted === undefined || ((kind >> bit) & 1) === (wanted ? 0 : 1));
  return Array.from({ length: 2 ** BOOLEAN_FILTERS.length }, (_, kind) => kind).filter(fits);
}

function isBySignIn({ signed_in_after, signed_in_before }: UserQuery): boolean {
  return signed_in_after !== undefined || signed_in_before !== undefined;
}

function afterCursor(query: UserQuery): Prisma.Sql[] {
  const [, id, signedIn] = /^(usr_[0-9a-z]{26})(?:_([0-9a-z]+))?$/.exec(query.cursor ?? "") ?? [];
  if (!id) return [];
  if (!isBySignIn(query)) return [Prisma.sql`u."id" < ${id}`];
  return [Prisma.sql`(u."lastSignInAt", u."id") < (${new Date(Number.parseInt(signedIn ?? "0", 36))}, ${id})`];
}

function bounds(appId: string, query: UserQuery): Prisma.Sql {
  const { signed_in_after: after, signed_in_before: before, email } = query;
  return Prisma.join(
    [
      Prisma.sql`u."appId" = ${appId}`,
      ...(email ? [Prisma.sql`u."emailCanonical" = ${email.canonical}`] : []),
      ...(after ? [Prisma.sql`u."lastSignInAt" >= ${after}`] : []),
      ...(before ? [Prisma.sql`u."lastSignInAt" < ${before}`] : []),
      ...afterCursor(query),
    ],
    " AND ",
  );
}

/**
 * The first `limit` users of the query without its search term: each kind is read in order from an
 * index, then the kinds are merged.
 */
function firstUsers(appId: string, query: UserQuery, order: Prisma.Sql, limit: number): Prisma.Sql {
  const where = bounds(appId, query);
  const queries = (kindsOf(query) ?? [null]).map((kind) => {
    const ofKind = kind === null ? Prisma.empty : Prisma.sql`AND ${KIND} = ${Prisma.raw(String(kind))}`;
    return Prisma.sql`(SELECT u.* FROM "User" u WHERE ${where} ${ofKind} ${order} LIMIT ${limit})`;
  });
  return Prisma.sql`(SELECT * FROM (${Prisma.join(queries, " UNION ALL ")}) u ${order} LIMIT ${limit})`;
}

/**
 * How many users are searched before the trigram index is used. A frequent term is found among them
 * at once, while the index would collect and sort all its matches. A term that is rare among them
 * is fast with the index.
 */
const SCANNED_FIRST = 5000;

/**
 * Newest first, or latest sign-in first if the query filters by it. `q` finds part of the email
 * address or names, a word that starts with a shorter term, a whole ID or external ID. A complete email address finds only its user, since
 * the trigram index is slow at telling similar addresses apart. Not a prepared statement: a generic
 * plan is slow for most search terms.
 */
export async function findUsers(appId: string, query: UserQuery, limit: number): Promise<FullUser[]> {
  const columns = Prisma.raw(FULL_USER_COLUMNS);
  const order = Prisma.raw(`ORDER BY ${isBySignIn(query) ? `u."lastSignInAt" DESC, u."id" DESC` : `u."id" DESC`}`);
  if (!query.q) return db().$queryRaw`SELECT ${columns} FROM ${firstUsers(appId, query, order, limit)} u ${order}`;
  const kinds = kindsOf(query);
  const ofKinds = kinds ? Prisma.sql`AND ${KIND} IN (${Prisma.raw(kinds.join(", "))})` : Prisma.empty;
  const address = parseEmail(query.q);
  if (address) {
    const [owner] = await db().$queryRaw<FullUser[]>`
      SELECT ${columns} FROM "User" u WHERE ${bounds(appId, query)} ${ofKinds} AND u."emailCanonical" = ${address.canonical}`;
    if (owner) return [owner];
  }
  const found = await matches(query.q);
  const near = await db().$queryRaw<FullUser[]>`
    SELECT ${columns} FROM ${firstUsers(appId, query, order, SCANNED_FIRST)} u WHERE ${found} ${order} LIMIT ${limit}`;
  if (near.length >= limit) return near;
  // Materialized: for a LIMIT, PostgreSQL would rather read all users in order than use the index.
  return db().$queryRaw`
    WITH found AS MATERIALIZED (
      SELECT u."id", u."lastSignInAt" FROM "User" u WHERE ${bounds(appId, query)} ${ofKinds} AND ${found}),
    page AS (SELECT u."id" FROM found u ${order} LIMIT ${limit})
    SELECT ${columns} FROM page JOIN "User" u ON u."appId" = ${appId} AND u."id" = page."id" ${order}`;
}

export async function listUsers(appId: string, query: UserQuery): Promise<Page<ReturnType<typeof managedUserView>>> {
  const rows = await findUsers(appId, query, query.limit + 1);
  const page = toPage(rows, query.limit, managedUserView);
  const last = rows[query.limit - 1]?.lastSignInAt;
  if (!page.next_cursor || !isBySignIn(query) || !last) return page;
  return { ...page, next_cursor: `${page.next_cursor}_${last.getTime().toString(36)}` };
}

/** The ID of a user, from an ID or an email address. @throws 404 */
export async function resolveUserId(appId: string, idOrEmail: string): Promise<string> {
  const email = parseEmail(idOrEmail);
  if (!email) return idOrEmail;
  const where = { appId_emailCanonical: { appId, emailCanonical: email.canonical } };
  return (await db().user.findUnique({ where, select: { id: true } }))?.id ?? failNotFound("The user");
}
