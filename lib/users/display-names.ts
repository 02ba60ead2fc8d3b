/** The display names of users, for lists of events. */
import { db } from "../database/client";

/** User ID → name, or the email address of a user without a name. Deleted users are missing. */
export async function findDisplayNames(appId: string, ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db().user.findMany({
    where: { appId, id: { in: wanted } },
    select: { id: true, name: true, email: true },
  });
  return new Map(rows.map(({ id, name, email }) => [id, name ?? email ?? id]));
}
