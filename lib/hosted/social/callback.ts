/**
 * The redirect URI at sign-in providers: `GET /api/auth/callback/{connection}/{app_id}`. Without a
 * `state` that this browser started it shows an error page and redirects nowhere (RFC 9700 §4.11).
 */

import type { App } from "../../apps/apps";
import { ANONYMOUS_USER, recordRejection } from "../../audit/events";
import { cookieReader } from "../../cookies";
import type { HttpRequest } from "../../http/request";
import { toAppError } from "../../http/respond";
import { readBrowserSecret } from "../../oauth/authorize/interaction";
import type { SocialGoal } from "../../one-time/payloads";
import type { Connection } from "../../social/connections";
import { factsOf } from "../../social/failure";
import { finishSocial } from "../../social/flow";
import { claimState, type StateSecrets } from "../../social/state";
import { goalOf, type ProviderReturn } from "./goals";
import { requireEnabled } from "./provider-redirect";

interface CallbackInput {
  app: App;
  connection: Connection;
  request: HttpRequest;
}

/** Explains the failed sign-in to the App's owner. */
async function recordFailure(connection: Connection, thrown: unknown): Promise<void> {
  const error = toAppError(thrown);
  await recordRejection(connection.appId, {
    type: "social.failed",
    outcome: "failure",
    actor: ANONYMOUS_USER,
    target: { type: "connection", id: connection.connection },
    reason: error.code,
    explanation: { connection: connection.connection, description: error.description, ...factsOf(error) },
  });
}

async function finishGoal<Type extends SocialGoal["type"]>(
  returned: ProviderReturn,
  goal: Extract<SocialGoal, { type: Type }>,
  secrets: StateSecrets,
): Promise<Response> {
  const { request, app, connection } = returned;
  const { onSuccess, onFailure } = goalOf<Type>(goal);
  try {
    if (goal.type !== "test") requireEnabled(connection);
    const profile = await finishSocial(app, connection, secrets, new URL(request.url).searchParams);
    return await onSuccess(returned, goal, profile);
  } catch (thrown) {
    const error = toAppError(thrown);
    // A failure of Foyer is not reported to the App.
    if (error.status >= 500) throw error;
    if (goal.type !== "test") await recordFailure(connection, error);
    return onFailure(returned, goal, error);
  }
}

export async function finishSocialSignIn({ app, connection, request }: CallbackInput): Promise<Response> {
  const states = new URL(request.url).searchParams.getAll("state");
  const browser = readBrowserSecret(app.id, cookieReader(request));
  const claiming = claimState(app, connection.connection, states.length === 1 ? states[0] : undefined, browser);
  const { goal, secrets, userId } = await claiming.catch(async (thrown) => {
    await recordFailure(connection, thrown);
    throw thrown;
  });
  return finishGoal({ request, app, connection, userId }, goal, secrets);
}
