/** Client names of an app, for filters. */
import { db } from "../../database/client";

/** Bounds the query and the length of the filter list. */
const MOST = 200;

/** Client ID → name, newest first. */
export async function listClientNames(appId: string): Promise<Map<string, string>> {
  const rows = await db().oAuthClient.findMany({
    where: { appId },
    orderBy: { id: "desc" },
    take: MOST,
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
