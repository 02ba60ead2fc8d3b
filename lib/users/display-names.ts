/** Users by id, as one calls them: for lists of what they did. */
import { db } from "../database/client";

/** Id → name, or the address of who has none. Whoever is no more is not in it. */
export async function findDisplayNames(appId: string, ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db().user.findMany({
    where: { appId, id: { in: wanted } },
    select: { id: true, name: true, email: true },
  });
  return new Map(rows.map(({ id, name, email }) => [id, name ?? email ?? id]));
}
