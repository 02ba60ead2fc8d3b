/** The page that offers a passkey between a sign-in and what follows (./offers-passkey.ts). */
import { registerOwnPasskey } from "../../signin/enroll-passkey";
import { showCodes } from "../account/recovery-codes";
import { respondWithFlash } from "../flash";
import type { FormInput } from "../form-route";
import { continueInteraction, interactionOf } from "../interactions";
import { pageUrl } from "../page-urls";
import { findSession } from "../session";
import { readNewPasskey } from "./passkey";

/** Adds the passkey, or goes on without one. */
export async function submitPasskeyOffer(input: FormInput): Promise<Response> {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  const session = await findSession(request, app);
  if (!session || !form.get("passkey")) return continueInteraction(app, interaction, session);
  return respondWithFlash(input, pageUrl(app, "passkey-offer", interaction.id), async () => {
    const { id: sessionId, userId, email, name } = session;
    const user = { id: userId, email, name };
    const added = await registerOwnPasskey(app, { user, sessionId }, { response: readNewPasskey(form) });
    if (!added.recovery_codes) return continueInteraction(app, interaction, session);
    return showCodes(app, { userId, sessionId }, added.recovery_codes, interaction.id);
  });
}
