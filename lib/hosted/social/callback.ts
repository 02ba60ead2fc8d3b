/**
 * `GET /api/auth/callback/{connection}/{app_id}`: a browser comes back from a provider. Without a good `state` of its own it goes nowhere but to a
 * page (RFC 9700 §4.11); with one, it goes on where it began, with an error if need be.
 */
import { recordRejection } from "../../audit/events";
import { readCookie } from "../../cookies";
import { prefersJson } from "../../http/accept";
import { connectionInPath } from "../../http/guards";
import type { Handler } from "../../http/handler";
import { toAppError } from "../../http/respond";
import { route } from "../../http/route";
import { browserCookieName } from "../../oauth/authorize/interaction";
import type { SocialGoal } from "../../one-time/payloads";
import type { Connection } from "../../social/connections";
import { factsOf } from "../../social/failure";
import { finishSocial } from "../../social/flow";
import { claimState, type StateSecrets } from "../../social/state";
import { pageForBrowsers } from "../problem-page";
import { goalOf, type Visit } from "./outcome";
import { requireEnabled } from "./start";

/** So that the App's owner sees why somebody did not get in. */
async function recordFailure(connection: Connection, thrown: unknown): Promise<void> {
  const error = toAppError(thrown);
  await recordRejection(connection.appId, {
    type: "social.failed",
    outcome: "failure",
    actor: { type: "user" },
    target: { type: "connection", id: connection.connection },
    reason: error.code,
    explanation: { connection: connection.connection, description: error.description, ...factsOf(error) },
  });
}

async function comeBack<Type extends SocialGoal["type"]>(
  visit: Visit,
  goal: Extract<SocialGoal, { type: Type }>,
  secrets: StateSecrets,
): Promise<Response> {
  const { request, app, connection } = visit;
  const { arrive, refuse } = goalOf<Type>(goal);
  try {
    if (goal.type !== "test") requireEnabled(connection);
    const profile = await finishSocial(app, connection, secrets, new URL(request.url).searchParams);
    return await arrive(visit, goal, profile);
  } catch (thrown) {
    const error = toAppError(thrown);
    // What is ours to mend is no message to the App.
    if (error.status >= 500) throw error;
    if (goal.type !== "test") await recordFailure(connection, error);
    return refuse(visit, goal, error);
  }
}

export const socialCallback: Handler = pageForBrowsers(
  route({
    guard: connectionInPath,
    run: async ({ app, connection, request }) => {
      const states = new URL(request.url).searchParams.getAll("state");
      const browser = readCookie(request, browserCookieName(app.id));
      const claiming = claimState(app, connection.connection, states.length === 1 ? states[0] : undefined, browser);
      const { goal, secrets, userId } = await claiming.catch(async (thrown) => {
        await recordFailure(connection, thrown);
        throw thrown;
      });
      return comeBack({ request, app, connection, userId }, goal, secrets);
    },
  }),
  prefersJson,
);
