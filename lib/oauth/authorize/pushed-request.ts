/**
 * Pushed authorization requests (RFC 9126): stored until the browser presents the `request_uri`, and
 * used up with the response to the client.
 */
import type { App } from "../../apps/apps";
import { now, secondsFromNow } from "../../clock";
import { randomSecret } from "../../crypto/hash";
import { batchedStatement } from "../../database/batch";
import { inApp } from "../../database/by-key";
import { prepared } from "../../database/client";
import type { Client } from "../clients/client";
import { oauthFail } from "../errors";

/** How long the client has until it sends the browser. */
export const PUSHED_TTL_SECONDS = 60;
/** Then as long as any interaction. */
const PRESENTED_TTL_SECONDS = 3600;

const PREFIX = "urn:ietf:params:oauth:request_uri:";
const ID = /^par_[\w-]{43}$/;

/** RFC 9126 §5 */
export function pushedRequestMetadata({ issuer }: App) {
  return { pushed_authorization_request_endpoint: `${issuer}/par`, require_pushed_authorization_requests: false };
}

export interface PushedRequest {
  /** The parameters, encoded. */
  query: string;
  /** Whether they came in a request object. */
  signed: boolean;
}

export function isPushedUri(uri: string): boolean {
  return uri.startsWith(PREFIX);
}

interface NewRequest {
  id: string;
  client: string;
  parameters: string;
  created: Date;
  expires: Date;
}

const insertRequest = batchedStatement<NewRequest, object>({
  name: "push-request",
  types: { id: "text", client: "text", parameters: "jsonb", created: "timestamptz", expires: "timestamptz" },
  text: (asked) => `INSERT INTO "AuthorizationRequest"
       ("appId", "id", "clientId", "kind", "parameters", "promptsDone", "createdAt", "expiresAt")
     SELECT $1, "id", "client", 'pushed', "parameters", '{}', "created", "expires" FROM ${asked}`,
});

/** Returns the `request_uri`. */
export async function storePushedRequest(client: Client, request: PushedRequest): Promise<string> {
  const id = `par_${randomSecret()}`;
  await insertRequest(client.appId, {
    id,
    client: client.id,
    parameters: JSON.stringify(request),
    created: now(),
    expires: secondsFromNow(PUSHED_TTL_SECONDS),
  });
  return PREFIX + id;
}

/** The first presentation gives the user time to sign in. */
const PRESENT = `UPDATE "AuthorizationRequest" r SET "kind" = 'presented',
    "expiresAt" = CASE r."kind" WHEN 'pushed' THEN $4::timestamptz ELSE r."expiresAt" END
  WHERE ${inApp("r")} AND r."id" = $2 AND r."clientId" = $3 AND r."kind" IN ('pushed', 'presented')
    AND r."consumedAt" IS NULL AND r."expiresAt" > $5::timestamptz
  RETURNING r."parameters"`;

/** Can be presented again until its response went to the client, because users reload pages. @throws 400 */
export async function presentPushedRequest(client: Client, uri: string): Promise<PushedRequest & { id: string }> {
  const id = uri.slice(PREFIX.length);
  const [row] = ID.test(id)
    ? await prepared<{ parameters: PushedRequest }>("present-pushed", PRESENT, [
        client.appId,
        id,
        client.id,
        secondsFromNow(PRESENTED_TTL_SECONDS),
        now(),
      ])
    : [];
  if (row) return { ...row.parameters, id };
  return oauthFail(
    "invalid_request_uri",
    "The request_uri has expired, was already used or belongs to another client. Go back to the application and start again",
    { section: "RFC 9126 §4" },
  );
}
