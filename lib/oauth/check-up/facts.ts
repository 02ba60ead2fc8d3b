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
  /** Whether the app has more clients. */
  isPartial: boolean;
}

/**
 * Bounds the queries: the newest clients are checked. The document of a metadata document client
 * belongs to another site, which is the only one that can change it.
 */
const MOST_CLIENTS = { console: 500, dcr: 100 } as const;
/** Codes per client. Used codes are kept as long as their grants. */
const MOST_CODES = 200;

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

function newestClients(appId: string, source: keyof typeof MOST_CLIENTS) {
  return db().oAuthClient.findMany({
    where: { appId, disabledAt: null, source },
    orderBy: { id: "desc" },
    take: MOST_CLIENTS[source],
    include: {
      secrets: {
        ...INCLUDE_SECRETS.secrets,
        select: { id: true, hash: true, prefix: true, createdAt: true },
        orderBy: { id: "asc" },
      },
    },
  });
}

export async function loadCheckUpFacts(appId: string, settings: CheckUpFacts["settings"]): Promise<CheckUpFacts> {
  const [own, registered] = await Promise.all([newestClients(appId, "console"), newestClients(appId, "dcr")]);
  const rows = [...own, ...registered];
  // Only these have a choice.
  const mayOmit = rows.filter(({ isPublic, pkce: setting }) => !isPublic && setting === "optional");
  const pkce = await pkceUse(
    appId,
    mayOmit.map(({ id }) => id),
  );
  const clients = rows.map((row) => ({
    ...clientFromRow(row),
    secrets: row.secrets.map(({ id, prefix, createdAt }) => ({ id, prefix, createdAt })),
    usesPkce: pkce.get(row.id) ?? null,
  }));
  const isPartial = own.length === MOST_CLIENTS.console || registered.length === MOST_CLIENTS.dcr;
  return { now: now(), settings, clients, isPartial };
}
