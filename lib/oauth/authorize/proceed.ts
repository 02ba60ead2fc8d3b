/** Moves an authorization request to its next step: a screen, the client with a code, or the client with an error. */

import type { App } from "../../apps/apps";
import { now } from "../../clock";
import type { HostedSession } from "../../sessions/cookie";
import { limitClaims } from "../claims";
import { issueCode } from "../codes";
import { type Consent, findConsent } from "../consent";
import { OAuthError, type OAuthError as OAuthErrorType } from "../errors";
import { readParameters } from "../parameters";
import { decide } from "./decide";
import { identify } from "./identify";
import { consumeInteraction, type Interaction } from "./interaction";
import type { AuthorizeRequest, ResponseMode } from "./request";
import { validate } from "./validate";

/** What goes back to the client (RFC 6749 §4.1.2, RFC 9207). */
export interface ClientResponse {
  app: App;
  redirectUri: string;
  responseMode: ResponseMode;
  parameters: Record<string, string>;
}

export type Screen = "signin" | "signup" | "select-account" | "consent";

/** `refused`: why the client gets an error. */
export type Step =
  | { type: "screen"; screen: Screen }
  | { type: "respond"; response: ClientResponse; refused?: OAuthErrorType };

export function successResponse(request: AuthorizeRequest, code: string): ClientResponse {
  const { app, redirectUri, responseMode, state } = request;
  const iss = app.issuer;
  return { app, redirectUri, responseMode, parameters: state === null ? { code, iss } : { code, state, iss } };
}

export function errorResponse(
  request: Pick<AuthorizeRequest, "app" | "redirectUri" | "responseMode" | "state">,
  error: OAuthErrorType,
): ClientResponse {
  const { app, redirectUri, responseMode, state } = request;
  const parameters = {
    error: error.code,
    error_description: error.description,
    ...(state !== null && { state }),
    iss: app.issuer,
  };
  return { app, redirectUri, responseMode, parameters };
}

const SCREENS = { sign_in: "signin", sign_up: "signup", select_account: "select-account", consent: "consent" } as const;

async function issue(request: AuthorizeRequest, session: HostedSession, allowed: string[]): Promise<ClientResponse> {
  const { app, client, redirectUriSent, codeChallenge, nonce } = request;
  const scopes = request.scopes.filter((scope) => allowed.includes(scope));
  const claims = limitClaims(request.claims, allowed);
  const { id: sessionId, userId, authTime, acr, amr } = session;
  const code = await issueCode({
    appId: app.id,
    clientId: client.id,
    userId,
    sessionId,
    authTime,
    acr,
    amr,
    redirectUri: redirectUriSent,
    codeChallenge,
    scopes,
    claims,
    nonce,
  });
  return successResponse(request, code);
}

/** Never more than was asked for now and was allowed then. */
function allowedScopes({ client, consentScopes }: AuthorizeRequest, consent: Consent | null): string[] {
  if (client.first_party) return consentScopes.filter((scope) => !consent?.declinedScopes.includes(scope));
  return consentScopes.filter((scope) => consent?.scopes.includes(scope));
}

/** `interaction` is null while the request has just arrived; what the user has allowed is looked up unless it is `known`. */
export async function proceed(
  request: AuthorizeRequest,
  session: HostedSession | null,
  interaction: Interaction | null,
  known?: Consent | null,
): Promise<Step> {
  const consent =
    known === undefined ? session && (await findConsent(request.app.id, session.userId, request.client.id)) : known;
  const progress = { since: interaction?.createdAt ?? now(), promptsDone: interaction?.promptsDone ?? [] };
  const decision = decide(request, session, consent, progress, now());
  const refuse = (error: OAuthErrorType): Step => ({
    type: "respond",
    response: errorResponse(request, error),
    refused: error,
  });
  if (decision.type === "fail")
    return refuse(new OAuthError(decision.code, decision.description, { section: "OIDC Core §3.1.2.6" }));
  if (decision.type !== "issue") return { type: "screen", screen: SCREENS[decision.type] };
  if (!session) return { type: "screen", screen: "signin" };
  const allowed = allowedScopes(request, consent);
  if (!request.scopes.some((scope) => allowed.includes(scope)))
    return refuse(new OAuthError("access_denied", "The user allowed nothing of what was asked for"));
  if (interaction && !(await consumeInteraction(interaction))) {
    return refuse(new OAuthError("access_denied", "This request was answered already"));
  }
  return { type: "respond", response: await issue(request, session, allowed) };
}

/** The request of a stored interaction, checked anew: the client may have been changed meanwhile. */
export async function restoreRequest(app: App, interaction: Interaction): Promise<AuthorizeRequest> {
  const parameters = readParameters(interaction.query);
  return validate(parameters, await identify(parameters, app));
}
