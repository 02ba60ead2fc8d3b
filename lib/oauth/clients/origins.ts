/** Web origins of redirect URIs. */
import { prepared } from "../../database/client";

/** The web origins of redirect URIs. A custom scheme has none. */
export function originsOf(redirectUris: string[]): Set<string> {
  const origins = redirectUris.map((uri) => (URL.canParse(uri) ? new URL(uri).origin : "null"));
  return new Set(origins.filter((origin) => origin !== "null"));
}

/**
 * The redirect origins of all enabled clients of an app. PostgreSQL reduces them, because thousands
 * of registered clients share a few origins.
 */
export async function listRedirectOrigins(appId: string): Promise<Set<string>> {
  const rows = await prepared<{ start: string }>(
    "redirect-origins",
    `SELECT DISTINCT substring(uri FROM '^https?://[^/?#]*') AS "start"
     FROM "OAuthClient" c, unnest(c."redirectUris") AS uri
     WHERE c."appId" = $1 AND c."disabledAt" IS NULL AND uri ~ '^https?://'`,
    [appId],
  );
  return originsOf(rows.map(({ start }) => start));
}
