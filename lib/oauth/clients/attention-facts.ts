/** What the overview of an App has to know of its clients to say which of them need care. */
import { db } from "../../database/client";

export interface ClientFacts {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** It sends people here, and has no address to get them back at. */
  lacksRedirectUri: boolean;
  /** Of the secrets that may be used: when they end, if ever. */
  secrets: { expiresAt: Date | null }[];
}

/** More clients than these are nobody's to look through one by one. */
const MOST = 200;

export async function listClientFacts(appId: string): Promise<ClientFacts[]> {
  const rows = await db().oAuthClient.findMany({
    where: { appId, disabledAt: null },
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
  return rows.map(({ redirectUris, grantTypes, ...facts }) => ({
    ...facts,
    lacksRedirectUri: grantTypes.includes("authorization_code") && redirectUris.length === 0,
  }));
}
