/** Where the pages of an App's clients live. */
import { db } from "../../db";

/** The web origins of all redirect URIs; a scheme of one's own has none. */
export async function listRedirectOrigins(appId: string): Promise<Set<string>> {
  const rows = await db().oAuthClient.findMany({ where: { appId, disabledAt: null }, select: { redirectUris: true } });
  const origins = rows
    .flatMap((row) => row.redirectUris)
    .map((uri) => (URL.canParse(uri) ? new URL(uri).origin : "null"));
  return new Set(origins.filter((origin) => origin !== "null"));
}
