/** What the security check-up looks at: an app's settings and its clients, with their secrets and requests. */
import type { AppSettings } from "../../apps/settings";
import { now } from "../../clock";
import { db, prepared } from "../../database/client";
import type { ClientMetadata } from "../clients/client";
import { clientFromRow, INCLUDE_SECRETS } from "../clients/client-row";

export interface SecretFacts {
  id: string;
  prefix: string;
  createdAt: Date;
}

export interface CheckedClient
  extends Pick<
    ClientMetadata,
    "client_name" | "public" | "application_type" | "redirect_uris" | "grant_types" | "pkce" | "refresh"
  > {
  id: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** The active secrets, oldest first. */
  secrets: SecretFacts[];
  /** Whether its authorization codes were bound to a PKCE challenge; null if none is known. */
  usesPkce: "always" | "sometimes" | "never" | null;
}

export interface CheckUpFacts {
  now: Date;
  settings: Pick<AppSettings, "delivery" | "return_urls">;
  clients: CheckedClient[];
}

/** Bounds the queries. The newest clients are checked. */
export const MOST_CLIENTS = 500;
/** Codes per client. Used codes are kept as long as their grants. */
const MOST_CODES = 1000;

/** One lookup in the index of each client's codes; nothing is recorded per request for it. */
async function pkceUse(appId: string, clientIds: string[]): Promise<Map<string, CheckedClient["usesPkce"]>> {
  const rows = await prepared<{ id: string; some: boolean | null; every: boolean | null }>(
    "check-up-pkce",
    `SELECT c.id, p."some", p."every" FROM unnest($2::text[]) AS c(id)
     CROSS JOIN LATERAL (
       SELECT bool_or(k.has) AS "some", bool_and(k.has) AS "every" FROM (
         SELECT "codeChallenge" IS NOT NULL AS has FROM "AuthorizationCode"
         WHERE "appId" = $1 AND "clientId" = c.id LIMIT ${MOST_CODES}
       ) k
     ) p`,
    [appId, clientIds],
  );
  return new Map(
    rows.map(({ id, some, every }) => [id, some === null ? null : every ? "always" : some ? "sometimes" : "never"]),
  );
}

export async function loadCheckUpFacts(appId: string, settings: CheckUpFacts["settings"]): Promise<CheckUpFacts> {
  const rows = await db().oAuthClient.findMany({
    // The document of a metadata document client belongs to another site.
    where: { appId, disabledAt: null, source: { not: "cimd" } },
    orderBy: { id: "desc" },
    take: MOST_CLIENTS,
    include: {
      secrets: {
        ...INCLUDE_SECRETS.secrets,
        select: { id: true, hash: true, prefix: true, createdAt: true },
        orderBy: { id: "asc" },
      },
    },
  });
  const pkce = await pkceUse(
    appId,
    rows.map(({ id }) => id),
  );
  const clients = rows.map((row) => ({
    ...clientFromRow(row),
    secrets: row.secrets.map(({ id, prefix, createdAt }) => ({ id, prefix, createdAt })),
    usesPkce: pkce.get(row.id) ?? null,
  }));
  return { now: now(), settings, clients };
}
