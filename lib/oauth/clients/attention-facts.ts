/** Client facts for the warnings on the app overview. */
import { db } from "../../database/client";
import { hasAmbiguousScheme } from "./redirect-uris";

export interface ClientFacts {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Uses the authorization code grant, but has no redirect URI. Not for an app's unused default client. */
  lacksRedirectUri: boolean;
  /** A custom scheme that another application may use too (RFC 8252 §7.1), or null. */
  ambiguousScheme: string | null;
  /** Expiry of the secrets that are not revoked; null if a secret doesn't expire. */
  secrets: { expiresAt: Date | null }[];
}

/** Bounds the query. The overview checks only the newest clients. */
const MOST = 200;

export async function listClientFacts(appId: string): Promise<ClientFacts[]> {
  const rows = await db().oAuthClient.findMany({
    // Clients that registered themselves are not for the app's developers to tidy up.
    where: { appId, disabledAt: null, source: "console" },
    orderBy: { id: "desc" },
    take: MOST,
    select: {
      id: true,
      name: true,
      createdAt: true,
      lastUsedAt: true,
      redirectUris: true,
      grantTypes: true,
      secrets: { where: { revokedAt: null }, select: { expiresAt: true } },
    },
  });
  const schemeOf = (uri: string | undefined) => uri?.slice(0, uri.indexOf(":")) ?? null;
  return rows.map(({ redirectUris, grantTypes, ...facts }) => ({
    ...facts,
    ambiguousScheme: schemeOf(redirectUris.find(hasAmbiguousScheme)),
    lacksRedirectUri:
      grantTypes.includes("authorization_code") && redirectUris.length === 0 && facts.lastUsedAt !== null,
  }));
}
