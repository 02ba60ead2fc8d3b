/**
 * "Not now" or "Cancel" where an authorization request offers to add a second factor: a wish of the
 * client is dropped, a requirement ends the request (lib/oauth/authorize/decide.ts).
 */
import { db } from "../../database/client";
import { markPromptDone } from "../../oauth/authorize/interaction";
import { deleteOneTime } from "../../one-time/one-time";
import { failPending } from "../../signin/pending";
import { continueInteraction } from "../interactions";
import { findSession } from "../session";
import { interactionOfGoal, referenceOf } from "./finish";
import type { PendingInput } from "./form";

export async function submitDecline(input: PendingInput): Promise<Response> {
  const { app, pending, request } = input;
  const { browser, enroll, sessionId } = pending;
  const session = await findSession(request, app);
  if (!enroll || browser?.goal.type !== "interaction" || !session || session.id !== sessionId)
    return failPending(referenceOf(input, pending.id));
  const interaction = await interactionOfGoal(input, browser.goal.id);
  await deleteOneTime(db(), app.id, "pending_sign_in", pending.id);
  return continueInteraction(app, await markPromptDone(interaction, "enroll"), session);
}
