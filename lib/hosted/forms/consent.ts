/** The form of the consent page. */
import type { App } from "../../apps/apps";
import { fail } from "../../errors";
import { markPromptDone } from "../../oauth/authorize/interaction";
import { errorResponse, restoreRequest } from "../../oauth/authorize/proceed";
import { isRejected } from "../../oauth/authorize/request";
import { denyConsent, hashOfShown, saveConsent } from "../../oauth/consent";
import { OAuthError } from "../../oauth/errors";
import type { Parameters } from "../../oauth/parameters";
import { listScopes } from "../../oauth/scopes/scopes";
import { respondToClient } from "../client-response";
import type { FormInput } from "../form-route";
import { continueInteraction, interactionOf } from "../interactions";
import { findSession } from "../session";

/**
 * The scopes whose checkboxes are checked. A scope that is not optional has no checkbox and is
 * always allowed.
 */
export async function readAnsweredScopes(
  app: App,
  requested: string[],
  form: Parameters,
): Promise<{ allowed: string[]; declined: string[] }> {
  const known = await listScopes(app.id);
  const isAllowed = (scope: string) => !known.get(scope)?.optional || form.get(`scope:${scope}`) !== undefined;
  return { allowed: requested.filter(isAllowed), declined: requested.filter((scope) => !isAllowed(scope)) };
}

export async function submitConsent(input: FormInput): Promise<Response> {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  const session = await findSession(request, app);
  const authorizeRequest = await restoreRequest(app, interaction);
  // Another user may have signed in since the page was shown. Only the user who saw it may answer. The
  // client may have been changed so that the request isn't valid any more.
  if (isRejected(authorizeRequest) || !session || form.get("user") !== session.userId)
    return continueInteraction(app, interaction, session);
  const { client, consentScopes } = authorizeRequest;
  const decision = form.get("decision");
  if (decision === "deny") {
    await denyConsent(interaction, session.userId, client.id);
    const denied = new OAuthError("access_denied", "The user denied the request"); // RFC 6749 §4.1.2.1
    return respondToClient(await errorResponse(authorizeRequest, denied));
  }
  // A client that registered itself can change its scopes while the page is shown. Pages of earlier
  // releases don't say what they showed.
  if (![undefined, hashOfShown(consentScopes)].includes(form.get("shown")))
    return continueInteraction(app, interaction, session);
  if (decision !== "allow") fail(400, "invalid_request", "Choose whether to allow access.");
  const { allowed, declined } = await readAnsweredScopes(app, consentScopes, form);
  await saveConsent({ appId: app.id, userId: session.userId, clientId: client.id, scopes: allowed, declined });
  return continueInteraction(app, await markPromptDone(interaction, "consent"), session);
}
