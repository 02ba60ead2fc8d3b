/** Where a sign-in at a provider leads, by what it was for: with who it is, or with what went wrong. */
import type { App } from "../../apps/apps";
import { readCookie } from "../../cookies";
import { type AppError, fail } from "../../errors";
import { browserCookieName, getInteraction, saveForm } from "../../oauth/authorize/interaction";
import { screenUrl, sessionOf } from "../../oauth/endpoints/authorize";
import type { SocialGoal } from "../../one-time/payloads";
import { completeBrowserSignIn } from "../../signin/complete";
import { deliverSignIn, returnTo } from "../../signin/delivery";
import { socialProof } from "../../signin/social";
import { failedTest, previewSocialSignIn, saveTestOutcome, type TestOutcome } from "../../signin/social-test";
import type { Connection } from "../../social/connections";
import { linkIdentity } from "../../social/identities";
import type { SocialProfile } from "../../social/profile";
import { requireReturnUrl } from "../../social/return-urls";
import { redirect, respondToApp } from "../client-response";
import { redirectToTell } from "../flash";
import { continueSignedIn } from "../interactions";

/** A browser that has come back from a provider. */
export interface Visit {
  request: Request;
  app: App;
  connection: Connection;
  /** Who began it, where somebody was signed in. */
  userId: string | null;
}

interface Goal<Type extends SocialGoal["type"]> {
  arrive(visit: Visit, goal: Extract<SocialGoal, { type: Type }>, profile: SocialProfile): Promise<Response>;
  refuse(visit: Visit, goal: Extract<SocialGoal, { type: Type }>, error: AppError): Promise<Response>;
}

const returning: Goal<"return"> = {
  async arrive({ app, connection }, { redirectUri, state }, profile) {
    // It may have been taken off the list since; then there is nowhere to go but a page.
    await requireReturnUrl(app, redirectUri);
    const to = { redirectUri, state, delivery: connection.delivery };
    return respondToApp(await deliverSignIn(app, socialProof(app, connection, profile), to), 302);
  },
  async refuse({ app, connection }, { redirectUri, state }, error) {
    await requireReturnUrl(app, redirectUri);
    const parameters = { error: error.code, error_description: error.description };
    return respondToApp(returnTo({ redirectUri, state, delivery: connection.delivery }, parameters), 302);
  },
};

function interactionOf({ request, app }: Visit, id: string) {
  return getInteraction(app.id, id, readCookie(request, browserCookieName(app.id)));
}

const interaction: Goal<"interaction"> = {
  async arrive(visit, { id }, profile) {
    const { app, connection } = visit;
    const waiting = await interactionOf(visit, id);
    const signIn = await completeBrowserSignIn(app, socialProof(app, connection, profile));
    return continueSignedIn(visit.request, app, waiting, signIn);
  },
  async refuse(visit, { id }, error) {
    const waiting = await interactionOf(visit, id);
    const { email, name } = waiting.form;
    await saveForm(waiting, { screen: "signin", email, name, message: error.description });
    return redirect(screenUrl(visit.app, "signin", id));
  },
};

const linking: Goal<"link"> = {
  async arrive({ request, app, connection, userId }, _goal, profile) {
    const session = await sessionOf(request, app);
    if (!session || session.userId !== userId)
      fail(403, "signed_out_meanwhile", "You signed out, or in as somebody else, meanwhile. Nothing was linked.");
    await linkIdentity(connection, session.userId, profile);
    const message = `Your ${connection.label} account is linked: you can sign in with it from now on.`;
    return redirectToTell(app, screenUrl(app, "account"), { ok: true, message });
  },
  async refuse({ app }, _goal, error) {
    return redirectToTell(app, screenUrl(app, "account"), { ok: false, message: error.description });
  },
};

/** The outcome is kept for the developer who began the test. */
async function showTest({ app, connection }: Visit, developerId: string, outcome: TestOutcome): Promise<Response> {
  const result = await saveTestOutcome(app, connection, developerId, outcome);
  return redirect(`/dashboard/apps/${app.id}/connections/${connection.connection}/test?result=${result}`);
}

const testing: Goal<"test"> = {
  async arrive(visit, { developerId }, profile) {
    return showTest(visit, developerId, await previewSocialSignIn(visit.app, visit.connection, profile));
  },
  async refuse(visit, { developerId }, error) {
    return showTest(visit, developerId, failedTest(error));
  },
};

const GOALS: { [Type in SocialGoal["type"]]: Goal<Type> } = {
  return: returning,
  interaction,
  link: linking,
  test: testing,
};

export function goalOf<Type extends SocialGoal["type"]>(goal: { type: Type }): Goal<Type> {
  return GOALS[goal.type];
}
