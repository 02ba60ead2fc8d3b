/** Delivery of a logout token to a client (OIDC Back-Channel Logout 1.0 §2.4–§2.8). */

import { type App, findApp } from "../../apps/apps";
import { signJwt } from "../../apps/jwt";
import { recordRejection } from "../../audit/events";
import { newId } from "../../ids";
import { log } from "../../log";
import { isOutboundError, outboundFetch } from "../../outbound";
import { type Client, findClient } from "../clients/clients";
import { type DueNotice, removeNotice, retryNotice } from "./notices";

const TOKEN_TTL_SECONDS = 120;
const TIMEOUT_MS = 5000;
/** The response body is only read for the `error` of a rejection. */
const MAX_BYTES = 16 * 1024;

const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

/** §2.4: a new token for each attempt, without `nonce`, so that no client takes it for an ID token. */
export function logoutToken(app: App, client: Client, { sid, subject }: DueNotice): Promise<string> {
  const claims = { aud: client.id, sub: subject, sid, jti: newId("jti"), events: { [LOGOUT_EVENT]: {} } };
  const { id_token_signed_response_alg: alg } = client;
  return signJwt(app, claims, { typ: "logout+jwt", alg, ttlSeconds: TOKEN_TTL_SECONDS });
}

/** §2.8: null on success, otherwise what went wrong. */
async function send(uri: string, token: string): Promise<{ reason: string; description: string } | null> {
  try {
    const response = await outboundFetch(uri, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
      body: new URLSearchParams({ logout_token: token }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      maxBytes: MAX_BYTES,
    });
    if (response.status >= 200 && response.status < 300) return null;
    if (response.status >= 300 && response.status < 400)
      return { reason: "redirect", description: "The client redirected. Foyer doesn't follow redirects" };
    return { reason: `status_${response.status}`, description: `The client answered with ${response.status}` };
  } catch (error) {
    if (!isOutboundError(error)) throw error;
    return { reason: error.reason, description: error.message };
  }
}

async function recordFailure(
  notice: DueNotice,
  uri: string,
  failure: { reason: string; description: string },
  final: boolean,
) {
  const { appId, clientId, attempts } = notice;
  await recordRejection(appId, {
    type: final ? "logout.failed" : "logout.rejected",
    outcome: "failure",
    actor: { type: "system" },
    clientId,
    reason: failure.reason,
    explanation: {
      description: failure.description,
      section: "Back-Channel Logout §2.8",
      backchannel_logout_uri: uri,
      attempts,
    },
  });
}

/** Sends a leased notice, and removes it or schedules the next attempt. Never throws. */
export async function deliverNotice(notice: DueNotice): Promise<void> {
  try {
    const app = await findApp(notice.appId);
    const client = app && (await findClient(app.id, notice.clientId));
    const uri = client?.backchannel_logout_uri;
    if (!app || !client || !uri) return await removeNotice(notice);
    const failure = await send(uri, await logoutToken(app, client, notice));
    if (!failure) return await removeNotice(notice);
    const again = await retryNotice(notice);
    if (!again || failure.reason === "status_400") await recordFailure(notice, uri, failure, !again);
  } catch (error) {
    // Its lease expires, and it is tried again.
    log().warn({ err: error, clientId: notice.clientId }, "a logout token was not sent");
  }
}
