/** Next-step decision for an authorization request (OIDC Core §3.1.2), without I/O or clock. */
import { isContestedTarget } from "../clients/redirect-uris";
import type { OAuthCode } from "../errors";
import type { AuthorizeRequest, Prompt } from "./request";
import type { StepUp } from "./step-up";

export interface SessionFacts {
  /** Whether it is the session of the user that the request expects, if it expects one. */
  isExpected: boolean;
  authTime: Date;
  /** Whether it has the `acr` that the request asks for. */
  isStrongEnough: boolean;
  /** How the user can reach it; null if there is no way. */
  stepUp: StepUp | null;
}

export interface ConsentFacts {
  scopes: string[];
  declinedScopes: string[];
}

/** What has already happened for this request in this browser. */
export interface Progress {
  /** When the request arrived. A sign-in since then counts as fresh. */
  since: Date;
  promptsDone: (Prompt | "enroll")[];
}

export interface DecisionFacts {
  request: AuthorizeRequest;
  session: SessionFacts | null;
  consent: ConsentFacts | null;
  progress: Progress;
  now: Date;
}

export type Decision =
  | { type: "sign_in" }
  | { type: "sign_up" }
  | { type: "select_account" }
  | { type: "step_up" }
  | { type: "consent" }
  | { type: "issue" }
  | { type: "fail"; code: OAuthCode; description: string; section: string };

function fail(code: OAuthCode, description: string, section = "OIDC Core §3.1.2.6"): Decision {
  return { type: "fail", code, description, section };
}

const WRONG_USER = "The user who signed in is not the one that the request expects";

const SEND_WITHOUT = "Send the request without prompt=none";

function isFresh(session: SessionFacts | null, progress: Progress): boolean {
  return session !== null && session.authTime.getTime() >= progress.since.getTime();
}

/**
 * Why the user must sign in (OIDC Core §3.1.2.1: prompt, max_age, id_token_hint), or null. A session
 * that is fresh suffices, so that a sign-in isn't asked for twice.
 */
function signInReason({ request, progress, now }: DecisionFacts, session: SessionFacts): string | null {
  if (isFresh(session, progress)) return null;
  if (!session.isExpected) return WRONG_USER;
  if (request.prompts.includes("login")) return "The request has prompt=login";
  const expired =
    request.maxAgeSeconds !== null && now.getTime() - session.authTime.getTime() > request.maxAgeSeconds * 1000;
  return expired ? "The last sign-in of the user is older than max_age" : null;
}

const UNMET = "The user can't reach the acr that the request requires";

/**
 * Asks for the missing factor and nothing else. A wish (`acr_values`) that can't be met is dropped,
 * a requirement ends the request.
 */
function decideStepUp({ request, progress }: DecisionFacts, session: SessionFacts): Decision | null {
  if (session.isStrongEnough) return null;
  const isWish = !request.acr?.essential;
  const declined = session.stepUp?.needs.type === "enroll" && progress.promptsDone.includes("enroll");
  if (!session.stepUp || declined)
    return isWish ? null : fail("unmet_authentication_requirements", UNMET, "OIDC Core §5.5.1.1");
  if (!request.prompts.includes("none")) return { type: "step_up" };
  const description = `The request requires another factor. ${SEND_WITHOUT}`;
  return isWish ? null : fail("interaction_required", description, "RFC 9470 §3");
}

/** Why the user must consent, or null. */
function consentReason({ request, consent, progress }: DecisionFacts): string | null {
  const { client, redirectUri, prompts, consentScopes } = request;
  // Without a stored consent of this user, the answer may have come from another user.
  if (consent && progress.promptsDone.includes("consent")) return null;
  if (prompts.includes("consent")) return "The request has prompt=consent";
  if (client.first_party) return null;
  if (!consent) return "The user has not consented to this client";
  // Another application can listen at a loopback address or register the same custom scheme, so the
  // user confirms each request (RFC 8252 §8.6). A secret tells the client apart from it.
  if (client.public && isContestedTarget(redirectUri))
    return "A public client with a loopback or custom-scheme redirect URI needs the user's consent for each request";
  const answered = [...consent.scopes, ...consent.declinedScopes];
  const added = consentScopes.filter((scope) => !answered.includes(scope));
  return added.length > 0 ? `The user has not consented to ${added.join(", ")}` : null;
}

export function decide(facts: DecisionFacts): Decision {
  const { request, session, progress } = facts;
  const silent = request.prompts.includes("none");
  const isPending = (prompt: Prompt) =>
    request.prompts.includes(prompt) && !progress.promptsDone.includes(prompt) && !isFresh(session, progress);
  if (isPending("create")) return { type: "sign_up" };
  const signIn = session
    ? signInReason(facts, session)
    : "No user is signed in in this browser, or it blocks cookies of embedded pages";
  if (!session || signIn) return silent ? fail("login_required", `${signIn}. ${SEND_WITHOUT}`) : { type: "sign_in" };
  if (!session.isExpected) return fail("login_required", WRONG_USER);
  if (isPending("select_account")) return { type: "select_account" };
  const stepUp = decideStepUp(facts, session);
  if (stepUp) return stepUp;
  const consent = consentReason(facts);
  if (consent) return silent ? fail("consent_required", `${consent}. ${SEND_WITHOUT}`) : { type: "consent" };
  return { type: "issue" };
}
