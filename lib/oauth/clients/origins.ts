/** Web origins of redirect URIs. */
import { db } from "../../database/client";

/** The web origins of redirect URIs. A custom scheme has none. */
export function originsOf(redirectUris: string[]): Set<string> {
  const origins = redirectUris.map((uri) => (URL.canParse(uri) ? new URL(uri).origin : "null"));
  return new Set(origins.filter((origin) => origin !== "null"));
}

/** The redirect origins of all enabled clients of an app. */
export async function listRedirectOrigins(appId: string): Promise<Set<string>> {
  const rows = await db().oAuthClient.findMany({ where: { appId, disabledAt: null }, select: { redirectUris: true } });
  return originsOf(rows.flatMap((row) => row.redirectUris));
}
