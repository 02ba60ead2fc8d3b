/** Listing and searching the users of an App. */
import { db, type Prisma, prepared } from "../db";
import { failNotFound } from "../errors";
import { type Page, type PageQuery, toPage } from "../page";
import { parseEmail } from "./email";
import { FULL_USER_FIELDS, managedAnswer } from "./users";

/** Below this a trigram index cannot help, and only the beginning of the address is compared. */
const MINIMUM_INFIX = 3;

function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, (special) => `\\${special}`);
}

const INFIX = `lower(coalesce("emailCanonical", '') || ' ' || coalesce("name", '')) LIKE '%' || $2 || '%'`;
const PREFIX = `"emailCanonical" LIKE $2 || '%'`;

/** The ids of one page of matches. Each kind of match has an index of its own (migration user_search). */
async function findIds(appId: string, { q = "", cursor, limit }: PageQuery): Promise<string[]> {
  const term = likePattern(q.trim().normalize("NFKC").toLowerCase());
  const kind = term.length >= MINIMUM_INFIX ? "infix" : "prefix";
  const after = cursor === undefined ? "" : `AND "id" < $5`;
  const rows = await prepared<{ id: string }>(
    `users-search-${kind}${cursor === undefined ? "" : "-after"}`,
    `SELECT "id" FROM "User"
     WHERE "appId" = $1 AND (${kind === "infix" ? INFIX : PREFIX} OR "id" = $3 OR "externalId" = $3) ${after}
     ORDER BY "id" DESC LIMIT $4`,
    [appId, term, q.trim(), limit + 1, ...(cursor === undefined ? [] : [cursor])],
  );
  return rows.map((row) => row.id);
}

/** Newest first; `q` finds a part of the address or name, a whole id or external id. */
export async function listUsers(appId: string, query: PageQuery): Promise<Page<ReturnType<typeof managedAnswer>>> {
  const where: Prisma.UserWhereInput = { appId };
  if (query.q) where.id = { in: await findIds(appId, query) };
  else if (query.cursor) where.id = { lt: query.cursor };
  const rows = await db().user.findMany({
    where,
    orderBy: { id: "desc" },
    take: query.limit + 1,
    select: FULL_USER_FIELDS,
  });
  return toPage(rows, query.limit, managedAnswer);
}

/** The id of the user that is meant by an id or an e-mail address. */
export async function resolveUserId(appId: string, idOrEmail: string): Promise<string> {
  const email = parseEmail(idOrEmail);
  if (!email) return idOrEmail;
  const where = { appId_emailCanonical: { appId, emailCanonical: email.canonical } };
  return (await db().user.findUnique({ where, select: { id: true } }))?.id ?? failNotFound("The user");
}
