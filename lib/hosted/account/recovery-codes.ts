/** The page of the account that shows new recovery codes, until the user has saved them. */
import type { App } from "../../apps/apps";
import { db, transaction } from "../../database/client";
import type { CurrentSession } from "../../factors/fresh";
import { sealCodes, unsealCodes } from "../../factors/shown-codes";
import { redirect } from "../../http/respond";
import { deleteOneTimes, findOneTimeOf, issueOneTime } from "../../one-time/one-time";
import { continueInteraction, findBrowserInteraction } from "../interactions";
import { pageUrl } from "../page-urls";
import { codesFile } from "../second-factor/recovery-codes";
import type { AccountInput } from "./account-form";

const TTL_SECONDS = 900;

/** Shows the codes in this session only. `interactionId`: what continues afterwards. */
export async function showCodes(
  app: App,
  { userId, sessionId }: CurrentSession,
  codes: string[],
  interactionId?: string,
): Promise<Response> {
  const payload = { sessionId, codes: sealCodes(app.id, userId, codes), ...(interactionId && { interactionId }) };
  await transaction(async (tx) => {
    await deleteOneTimes(tx, app.id, { userId, purposes: ["recovery_codes"] });
    await issueOneTime(app.id, { purpose: "recovery_codes", payload, ttlSeconds: TTL_SECONDS, userId }, tx);
  });
  return redirect(pageUrl(app, "account/recovery-codes"));
}

/** null once they are saved, after 15 minutes, and in another session. */
export async function findShownCodes(app: App, { userId, sessionId }: CurrentSession): Promise<string[] | null> {
  const token = await findOneTimeOf(app.id, "recovery_codes", userId);
  if (token?.payload.sessionId !== sessionId) return null;
  return unsealCodes(app.id, userId, token.payload.codes);
}

export async function submitOwnCodesDownload({ app, session }: AccountInput): Promise<Response> {
  const codes = await findShownCodes(app, { userId: session.userId, sessionId: session.id });
  return codes ? codesFile(app, session.email, codes) : redirect(pageUrl(app, "account"));
}

export async function submitOwnSavedCodes(input: AccountInput): Promise<string | Response> {
  const { app, session } = input;
  const token = await findOneTimeOf(app.id, "recovery_codes", session.userId);
  await deleteOneTimes(db(), app.id, { userId: session.userId, purposes: ["recovery_codes"] });
  const interaction = await findBrowserInteraction(input, token?.payload.interactionId);
  if (interaction) return continueInteraction(app, interaction, session);
  return "You saved your recovery codes. Only these work from now on.";
}
