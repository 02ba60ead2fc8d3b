/**
 * Next step of an authorization request: a page, or the response to the client (RFC 6749 §4.1.2).
 */
import type { App } from "../../apps/apps";
import { now } from "../../clock";
import type { HostedSession } from "../../sessions/cookie";
import { limitClaims } from "../claims";
import { originsOf } from "../clients/origins";
import { issueCode } from "../codes";
import type { Consent } from "../consent";
import { OAuthError } from "../errors";
import { parseParameters } from "../parameters";
import { subjectFor } from "../subjects";
import { decide, type SessionFacts } from "./decide";
import { identify } from "./identify";
import { consumeRequest, type Interaction } from "./interaction";
import { protectResponse } from "./jarm";
import { recipientOf } from "./read-parameters";
import { type AuthorizeRequest, isRejected, type Recipient, type RejectedRequest, type ResponsePlace } from "./request";
import { acrOfResponse, isStrongEnough, stepUpOf } from "./step-up";
import { readRequest } from "./validate";

/** The response to the client (RFC 6749 §4.1.2, RFC 9207). */
export interface ClientResponse {
  app: App;
  redirectUri: string;
  place: ResponsePlace;
  parameters: Record<string, string>;
  /** Origins that may embed the page of form_post: the client's with prompt=none, otherwise none. */
  frameAncestors: string[];
}

export type Screen = "signin" | "signup" | "select-account" | "step-up" | "consent";

export type Step =
  | { type: "screen"; screen: Screen }
  | { type: "respond"; response: ClientResponse; error?: OAuthError };

async function responseTo(request: Recipient, result: Record<string, string>): Promise<ClientResponse> {
  const { app, client, redirectUri, state, prompts } = request;
  const { place, parameters } = await protectResponse(request, {
    ...result,
    ...(state !== null && { state }),
    iss: app.issuer,
  });
  // A client checks with prompt=none in a hidden frame whether the user is still signed in. Its page
  // may then embed ours, which shows nothing to click.
  const embeds = place === "form_post" && prompts.includes("none");
  const frameAncestors = embeds ? [...originsOf([redirectUri, ...client.redirect_uris])] : [];
  return { app, redirectUri, place, parameters, frameAncestors };
}

export function errorResponse(request: Recipient, error: OAuthError): Promise<ClientResponse> {
  return responseTo(request, { error: error.code, error_description: error.description });
}

const SCREENS = {
  sign_in: "signin",
  sign_up: "signup",
  select_account: "select-account",
  step_up: "step-up",
  consent: "consent",
} as const;

async function issue(request: AuthorizeRequest, session: HostedSession, allowed: string[]): Promise<ClientResponse> {
  const { app, client, redirectUriSent, codeChallenge, dpopJkt, nonce, resources } = request;
  const scopes = request.scopes.filter((scope) => allowed.includes(scope));
  const claims = limitClaims(request.claims, allowed);
  const { id: sessionId, userId, authTime, amr } = session;
  const code = await issueCode({
    appId: app.id,
    clientId: client.id,
    userId,
    subject: await subjectFor(app, client, userId),
    sessionId,
    authTime,
    acr: acrOfResponse(request.acr, session),
    amr,
    redirectUri: redirectUriSent,
    codeChallenge,
    dpopJkt,
    resources,
    scopes,
    claims,
    nonce,
  });
  return responseTo(request, { code });
}

async function sessionFacts(
  { app, client, expectedSubject, acr }: AuthorizeRequest,
  session: HostedSession,
): Promise<SessionFacts> {
  const { userId, authTime } = session;
  const isExpected = expectedSubject === null || expectedSubject === (await subjectFor(app, client, userId));
  const stepUp = acr && stepUpOf(acr, session, app.settings);
  return { authTime, isExpected, isStrongEnough: isStrongEnough(acr, session), stepUp };
}

/** The requested scopes that the user has allowed. A first-party client needs no consent. */
function allowedScopes({ client, consentScopes }: AuthorizeRequest, consent: Consent | null): string[] {
  if (client.first_party) return consentScopes.filter((scope) => !consent?.declinedScopes.includes(scope));
  return consentScopes.filter((scope) => consent?.scopes.includes(scope));
}

/**
 * RFC 9700 §4.11.2, OIDC Core §3.1.2.6: without a session, the user signs in before the error goes to
 * the client, so that Foyer is not an open redirector.
 */
async function answerRejected(
  { recipient, error }: RejectedRequest,
  session: HostedSession | null,
  interaction: Interaction | null,
): Promise<Step> {
  if (!session && !recipient.prompts.includes("none")) return { type: "screen", screen: "signin" };
  await consumeRequest(recipient.app.id, recipient.origin, interaction);
  return { type: "respond", response: await errorResponse(recipient, error), error };
}

interface Situation {
  request: AuthorizeRequest | RejectedRequest;
  session: HostedSession | null;
  /** What the session's user allowed the client. */
  consent: Consent | null;
  /** null on the first step of a request. */
  interaction: Interaction | null;
}

export async function proceed({ request, session, consent, interaction }: Situation): Promise<Step> {
  if (isRejected(request)) return answerRejected(request, session, interaction);
  const at = now();
  const progress = { since: interaction?.createdAt ?? at, promptsDone: interaction?.promptsDone ?? [] };
  const facts = session && (await sessionFacts(request, session));
  const decision = decide({ request, session: facts, consent, progress, now: at });
  const reject = async (error: OAuthError): Promise<Step> => {
    if (request.origin.pushed) await consumeRequest(request.app.id, request.origin, interaction);
    return { type: "respond", response: await errorResponse(request, error), error };
  };
  if (decision.type === "fail")
    return reject(new OAuthError(decision.code, decision.description, { section: decision.section }));
  if (decision.type !== "issue") return { type: "screen", screen: SCREENS[decision.type] };
  if (!session) return { type: "screen", screen: "signin" };
  const allowed = allowedScopes(request, consent);
  if (request.scopes.length > 0 && !request.scopes.some((scope) => allowed.includes(scope)))
    return reject(new OAuthError("access_denied", "The user allowed none of the requested scopes"));
  await consumeRequest(request.app.id, request.origin, interaction);
  return { type: "respond", response: await issue(request, session, allowed) };
}

/** Validates the request of a stored interaction again, because the client may have changed. */
export async function restoreRequest(app: App, interaction: Interaction): Promise<AuthorizeRequest | RejectedRequest> {
  const { query, origin, error } = interaction;
  const parameters = parseParameters(query);
  const identified = await identify(parameters, app);
  if (!error) return readRequest(parameters, identified, origin);
  const recipient = recipientOf(identified, parameters, origin);
  return { recipient, error: new OAuthError(error.code, error.description) };
}
