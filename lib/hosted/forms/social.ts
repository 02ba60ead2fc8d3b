/** The form behind a provider's button on the sign-in page. */
import { restoreRequest } from "../../oauth/authorize/proceed";
import { type AuthorizeRequest, isRejected, type RejectedRequest } from "../../oauth/authorize/request";
import { getConnection } from "../../social/connections";
import type { FormInput } from "../form-route";
import { interactionOf, showFormAgain } from "../interactions";
import { findSession } from "../session";
import { redirectToProvider, requireEnabled } from "../social/provider-redirect";

/**
 * OIDC Core §3.1.2.1: with these, a session that the user already has at the provider is not
 * enough.
 */
function requiresReauthentication(request: AuthorizeRequest | RejectedRequest): boolean {
  if (isRejected(request)) return false;
  const { maxAgeSeconds, prompts } = request;
  return maxAgeSeconds !== null || prompts.includes("login") || prompts.includes("select_account");
}

export async function submitSocialSignIn(input: FormInput): Promise<Response> {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  const connection = await getConnection(app.id, form.get("connection") ?? "");
  const pending = interaction.clientId === null ? null : await restoreRequest(app, interaction);
  const reauthenticate = pending !== null && requiresReauthentication(pending);
  try {
    requireEnabled(connection);
    const session = await findSession(request, app);
    const before = session ? { id: session.id, userId: session.userId } : undefined;
    const goal = { type: "interaction", id: interaction.id, before } as const;
    return await redirectToProvider(request, app, connection, { goal, reauthenticate });
  } catch (thrown) {
    return showFormAgain(app, interaction, "signin", form, thrown);
  }
}
