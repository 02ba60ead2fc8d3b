/**
 * Subject identifiers (OIDC Core §8): the user ID, or for pairwise clients an ID that only clients
 * of the same sector share.
 */
import { createHmac } from "node:crypto";
import type { App } from "../apps/apps";
import { cached } from "../database/cache";
import { db } from "../database/client";
import type { Client } from "./clients/client";
import { sectorOf } from "./clients/sector";

function pairwiseSalt(appId: string): Promise<Uint8Array> {
  return cached(appId, "pairwise-salt", async () => {
    const where = { id: appId };
    return (await db().app.findUniqueOrThrow({ where, select: { pairwiseSalt: true } })).pairwiseSalt;
  });
}

/** The `sub` of a user for a client. Always the same, and not reversible without the app's salt. */
export async function subjectFor(app: App, client: Client, userId: string): Promise<string> {
  if (client.subject_type !== "pairwise") return userId;
  const sector = sectorOf(client) ?? client.id;
  return createHmac("sha256", await pairwiseSalt(app.id))
    .update(`${sector}\0${userId}`)
    .digest("base64url");
}
