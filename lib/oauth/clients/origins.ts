/** Where the pages of clients live. */
import { db } from "../../database/client";

/** The web origins of redirect URIs; a scheme of one's own has none. */
export function originsOf(redirectUris: string[]): Set<string> {
  const origins = redirectUris.map((uri) => (URL.canParse(uri) ? new URL(uri).origin : "null"));
  return new Set(origins.filter((origin) => origin !== "null"));
}

/** Those of all clients of an App. */
export async function listRedirectOrigins(appId: string): Promise<Set<string>> {
  const rows = await db().oAuthClient.findMany({ where: { appId, disabledAt: null }, select: { redirectUris: true } });
  return originsOf(rows.flatMap((row) => row.redirectUris));
}
