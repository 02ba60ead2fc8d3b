/**
 * `GET /o/{app}/step-up`: asks a signed-in user for what is missing, for the authorization request
 * `interaction` or for the account page `page`.
 */
import { type App, findApp } from "../../apps/apps";
import { missingForChange } from "../../factors/fresh";
import { strongFactors } from "../../factors/policy";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import { type AccountPage, accountPage, type Interaction, markPromptDone } from "../../oauth/authorize/interaction";
import { restoreRequest } from "../../oauth/authorize/proceed";
import { isRejected } from "../../oauth/authorize/request";
import { isStrongEnough, type StepUp, stepUpOf } from "../../oauth/authorize/step-up";
import type { PendingGoal } from "../../one-time/payloads";
import type { HostedSession } from "../../sessions/cookie";
import { askForFactor } from "../../signin/pending";
import { continueInteraction, findBrowserInteraction } from "../interactions";
import { pageUrl } from "../page-urls";
import { findSession } from "../session";
import { continueWithFactor, signingIn } from "../signing-in";

/** Of a signed-in user who then sees this page of the account. */
export function stepUpUrl(app: App, page: AccountPage): string {
  return `/o/${app.id}/step-up?page=${encodeURIComponent(page)}`;
}

interface StepUpInput {
  request: HttpRequest;
  params: Record<string, string>;
}

async function ask(
  request: HttpRequest,
  app: App,
  session: HostedSession,
  goal: PendingGoal,
  stepUp: StepUp,
): Promise<Response> {
  const { binding, cookies } = signingIn(request, app, goal);
  const id = await askForFactor(app, session, binding, stepUp);
  return continueWithFactor(app, { type: "pending", id }, cookies);
}

interface Wanted {
  stepUp: StepUp;
  /** The client would like it, but doesn't require it. */
  isWish: boolean;
}

async function wantedBy(app: App, interaction: Interaction, session: HostedSession): Promise<Wanted | null> {
  if (interaction.clientId === null) return null;
  const asked = await restoreRequest(app, interaction);
  if (isRejected(asked) || !asked.acr || isStrongEnough(asked.acr, session)) return null;
  const stepUp = stepUpOf(asked.acr, session, app.settings);
  return stepUp && { stepUp, isWish: !asked.acr.essential };
}

function methodsOf(app: App, session: HostedSession) {
  return strongFactors(app.settings, session, { method: "session", amr: session.amr });
}

/**
 * A user who must add a factor first proves what every change of factors requires: otherwise a
 * stolen session could add its thief's factor. A wish is dropped instead.
 */
async function continueRequest(
  request: HttpRequest,
  app: App,
  interaction: Interaction,
  session: HostedSession,
): Promise<Response> {
  const wanted = await wantedBy(app, interaction, session);
  // Another tab was faster, or the policy changed: the request continues as it is now.
  if (!wanted) return continueInteraction(app, interaction, session);
  const { stepUp, isWish } = wanted;
  const goal = { type: "interaction", id: interaction.id } as const;
  const current = { userId: session.userId, sessionId: session.id };
  const missing = stepUp.needs.type === "enroll" ? await missingForChange(app, current) : null;
  if (!missing) return ask(request, app, session, goal, stepUp);
  if (isWish) return continueInteraction(app, await markPromptDone(interaction, "enroll"), session);
  if (missing === "1") return redirect(pageUrl(app, "signin", interaction.id));
  return ask(request, app, session, goal, { acr: "2", needs: { type: "use", methods: methodsOf(app, session) } });
}

export async function startStepUp({ request, params }: StepUpInput): Promise<Response> {
  const app = await findApp(params.app ?? "");
  if (!app) return redirect("/");
  const { searchParams } = new URL(request.url);
  const session = await findSession(request, app);
  const interaction = await findBrowserInteraction({ app, request }, searchParams.get("interaction") ?? undefined);
  if (interaction)
    return session
      ? continueRequest(request, app, interaction, session)
      : continueInteraction(app, interaction, session);
  if (!session) return redirect(pageUrl(app, "account/start"));
  const methods = methodsOf(app, session);
  // Without a factor, a new sign-in is the strongest there is.
  const page = accountPage(searchParams.get("page"));
  if (methods.length === 0) return redirect(`${pageUrl(app, "account/start")}?again=${encodeURIComponent(page)}`);
  const goal = { type: "account", page } as const;
  return ask(request, app, session, goal, { acr: "2", needs: { type: "use", methods } });
}
