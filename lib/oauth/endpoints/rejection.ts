/**
 * Rejected OAuth requests: as an OAuth error for the client, and as an event for the App's owner.
 */
import { type Actor, recordRejection } from "../../audit/events";
import type { AppError } from "../../errors";
import { appOfClientId, findClient } from "../clients/clients";
import { isOAuthError, OAuthError } from "../errors";

/** Other errors, such as a rate limit or a database failure, get a code of RFC 6749 §5.2. */
export function toOAuthError(error: AppError): OAuthError {
  if (isOAuthError(error)) return error;
  const { headers, detail, cause } = error.options;
  const code =
    error.status >= 500 ? (error.status === 503 ? "temporarily_unavailable" : "server_error") : "invalid_request";
  // RFC 6749 §5.2: 400, except for the statuses that clients treat in their own way.
  const status = [404, 429, 500, 503].includes(error.status) ? error.status : 400;
  return new OAuthError(code, error.description, { headers, detail, cause, status });
}

/** A device that polls until the user answers (RFC 8628 §3.5) isn't rejected, and costs no write. */
function isWaiting({ code }: OAuthError): boolean {
  return code === "authorization_pending" || code === "slow_down";
}

/**
 * Counted by client only if the client exists, so that invented client IDs do not fill the
 * database.
 */
export async function recordOAuthRejection(
  error: OAuthError,
  path: string,
  appId: string | null,
  clientId: string | undefined,
): Promise<void> {
  if (isWaiting(error)) return;
  const known = appId ?? (clientId ? appOfClientId(clientId) : null);
  if (!known || error.status >= 500) return;
  const client = clientId ? await findClient(known, clientId).catch(() => null) : null;
  const actor: Actor = { type: "client", id: client?.id };
  const { section, parameter, facts } = error.oauth;
  await recordRejection(known, {
    type: "oauth.rejected",
    actor,
    clientId: client?.id,
    reason: error.code,
    explanation: {
      endpoint: path,
      description: error.description,
      section: section ?? null,
      ...(parameter && { parameter }),
      ...(clientId && !client && { client_id: clientId.slice(0, 80) }),
      ...facts,
    },
  }).catch(() => {}); // The App may not exist.
}
