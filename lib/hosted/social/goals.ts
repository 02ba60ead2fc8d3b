/**
 * What happens after the return from a sign-in provider, by the goal of the social sign-in: return
 * to the App, continue an interaction, link an account, or test the connection.
 */

import type { App } from "../../apps/apps";
import { cookieReader } from "../../cookies";
import { type AppError, fail } from "../../errors";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import { getInteraction, readBrowserSecret, saveForm } from "../../oauth/authorize/interaction";
import type { SocialGoal } from "../../one-time/payloads";
import { findBrowserSession } from "../../sessions/browser";
import { completeBrowserSignIn } from "../../signin/complete";
import { returnTo } from "../../signin/delivery";
import { socialProof } from "../../signin/social";
import { failedTest, previewSocialSignIn, saveTestOutcome, type TestOutcome } from "../../signin/social-test";
import type { Connection } from "../../social/connections";
import { linkIdentity } from "../../social/identities";
import type { SocialProfile } from "../../social/profile";
import { requireReturnUrl } from "../../social/return-urls";
import { respondToApp } from "../client-response";
import { redirectWithFlash } from "../flash";
import { continueSignedIn } from "../interactions";
import { pageUrl } from "../page-urls";
import { deliverFromBrowser, signingInFor } from "../signing-in";

/** A browser that returned from a provider. */
export interface ProviderReturn {
  request: HttpRequest;
  app: App;
  connection: Connection;
  /** The user who started it, if one was signed in. */
  userId: string | null;
}

interface Goal<Type extends SocialGoal["type"]> {
  onSuccess(
    returned: ProviderReturn,
    goal: Extract<SocialGoal, { type: Type }>,
    profile: SocialProfile,
  ): Promise<Response>;
  onFailure(returned: ProviderReturn, goal: Extract<SocialGoal, { type: Type }>, error: AppError): Promise<Response>;
}

const returnToApp: Goal<"return"> = {
  async onSuccess({ request, app, connection }, { redirectUri, state }, profile) {
    // If the App has removed the URL since the start, the error is a page.
    await requireReturnUrl(app, redirectUri);
    const to = { redirectUri, state, delivery: connection.delivery };
    return deliverFromBrowser(request, app, socialProof(app, connection, profile), to, 302);
  },
  async onFailure({ app, connection }, { redirectUri, state }, error) {
    await requireReturnUrl(app, redirectUri);
    const parameters = { error: error.code, error_description: error.description };
    return respondToApp(returnTo({ redirectUri, state, delivery: connection.delivery }, parameters), 302);
  },
};

function interactionOf({ request, app }: ProviderReturn, id: string) {
  return getInteraction(app.id, id, readBrowserSecret(app.id, cookieReader(request)));
}

const continueInteraction: Goal<"interaction"> = {
  async onSuccess(returned, { id, before }, profile) {
    const { app, connection } = returned;
    const interaction = await interactionOf(returned, id);
    const proof = socialProof(app, connection, profile);
    const signIn = await completeBrowserSignIn(app, proof, signingInFor(returned.request, app, interaction));
    return continueSignedIn(returned.request, app, interaction, signIn, { before });
  },
  async onFailure(returned, { id }, error) {
    const interaction = await interactionOf(returned, id);
    const { email, name } = interaction.form;
    await saveForm(interaction, { screen: "signin", email, name, message: error.description });
    return redirect(pageUrl(returned.app, "signin", id));
  },
};

const linkAccount: Goal<"link"> = {
  async onSuccess({ app, connection, userId }, { sessionId }, profile) {
    const session = await findBrowserSession(app, sessionId);
    if (!session || session.userId !== userId) {
      const description = "You signed out or switched accounts in the meantime. No account was linked.";
      fail(403, "signed_out_meanwhile", description);
    }
    await linkIdentity(connection, session.userId, profile);
    const message = `Your ${connection.label} account was linked. You can now sign in with it.`;
    return redirectWithFlash(app, pageUrl(app, "account"), { ok: true, message });
  },
  async onFailure({ app }, _goal, error) {
    return redirectWithFlash(app, pageUrl(app, "account"), { ok: false, message: error.description });
  },
};

/** The result is stored for the developer who ran the test. */
async function showTest({ app, connection }: ProviderReturn, developerId: string, outcome: TestOutcome) {
  const result = await saveTestOutcome(app, connection, developerId, outcome);
  return redirect(`/dashboard/apps/${app.id}/connections/${connection.connection}/test?result=${result}`);
}

const testConnection: Goal<"test"> = {
  async onSuccess(returned, { developerId }, profile) {
    return showTest(returned, developerId, await previewSocialSignIn(returned.app, returned.connection, profile));
  },
  async onFailure(returned, { developerId }, error) {
    return showTest(returned, developerId, failedTest(error));
  },
};

const GOALS: { [Type in SocialGoal["type"]]: Goal<Type> } = {
  return: returnToApp,
  interaction: continueInteraction,
  link: linkAccount,
  test: testConnection,
};

export function goalOf<Type extends SocialGoal["type"]>(goal: { type: Type }): Goal<Type> {
  return GOALS[goal.type];
}
