/**
 * Parameters of a POST to a browser endpoint, stored for the GET that follows (SECURITY: a URL ends
 * up in logs and histories, and an ID token contains the email address).
 */
import { now, secondsFromNow } from "../clock";
import { randomSecret } from "../crypto/hash";
import { db } from "../database/client";
import { oauthFail } from "./errors";

const TTL_SECONDS = 600;

/** Returns the reference that the GET sends. It isn't bound to the browser, as a link isn't. */
export async function storePostedRequest(appId: string, query: string): Promise<string> {
  const id = `post_${randomSecret()}`;
  const expiresAt = secondsFromNow(TTL_SECONDS);
  await db().authorizationRequest.create({
    data: { appId, id, kind: "post", parameters: { query }, createdAt: now(), expiresAt },
    select: { id: true },
  });
  return id;
}

/** Can be read several times, because users reload pages. @throws invalid_request if it expired */
export async function getPostedRequest(appId: string, id: string): Promise<string> {
  const where = { appId_id: { appId, id }, kind: "post", expiresAt: { gt: now() } };
  const row = await db().authorizationRequest.findUnique({ where, select: { parameters: true } });
  if (!row) oauthFail("invalid_request", "This request has expired. Go back to the application and start again");
  return (row.parameters as { query: string }).query;
}
