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

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/**
 * Redirect URIs prove a sector because tokens go to their host. A client that registered itself could
 * name the host of another, and get the tokens on a device.
 */
function isSectorProven({ source, grant_types }: Client, onDevice: boolean): boolean {
  return source === "console" || !(onDevice || grant_types.includes(DEVICE_GRANT));
}

/**
 * The `sub` of a user for a client. Always the same, and not reversible without the app's salt.
 * @param onDevice whether the tokens go to a device (RFC 8628)
 */
export async function subjectFor(app: App, client: Client, userId: string, onDevice = false): Promise<string> {
  if (client.subject_type !== "pairwise") return userId;
  const sector = (isSectorProven(client, onDevice) && sectorOf(client)) || client.id;
  return createHmac("sha256", await pairwiseSalt(app.id))
    .update(`${sector}\0${userId}`)
    .digest("base64url");
}
