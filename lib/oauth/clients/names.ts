/** The clients of an App by name: for what is filtered by them. */
import { db } from "../../database/client";

/** More than these nobody looks for in a list. */
const MOST = 200;

/** Id → name, the newest first. */
export async function listClientNames(appId: string): Promise<Map<string, string>> {
  const rows = await db().oAuthClient.findMany({
    where: { appId },
    orderBy: { id: "desc" },
    take: MOST,
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
