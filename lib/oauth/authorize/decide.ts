/** Next-step decision for an authorization request (OIDC Core §3.1.2), without I/O or clock. */
import { isContestedTarget } from "../clients/redirect-uris";
import type { OAuthCode } from "../errors";
import type { AuthorizeRequest, Prompt } from "./request";

export interface SessionFacts {
  userId: string;
  authTime: Date;
}

export interface ConsentFacts {
  scopes: string[];
  declinedScopes: string[];
}

/** What has already happened for this request in this browser. */
export interface Progress {
  /** When the request arrived. A sign-in since then counts as fresh. */
  since: Date;
  promptsDone: Prompt[];
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
  | { type: "consent" }
  | { type: "issue" }
  | { type: "fail"; code: OAuthCode; description: string };

const LOGIN_REQUIRED: Decision = {
  type: "fail",
  code: "login_required",
  description: "The user must sign in. Send the request without prompt=none",
};
const WRONG_USER: Decision = {
  type: "fail",
  code: "login_required",
  description: "The user who signed in is not the one that the request expects",
};
const CONSENT_REQUIRED: Decision = {
  type: "fail",
  code: "consent_required",
  description: "The user has not consented to these scopes. Send the request without prompt=none",
};

function isFresh(session: SessionFacts | null, progress: Progress): boolean {
  return session !== null && session.authTime.getTime() >= progress.since.getTime();
}

/** Whether the user must sign in again (OIDC Core §3.1.2.1: prompt, max_age, id_token_hint). */
function mustSignIn({ request, progress, now }: DecisionFacts, session: SessionFacts): boolean {
  if (isFresh(session, progress)) return false;
  if (request.expectedUserId && request.expectedUserId !== session.userId) return true;
  if (request.prompts.includes("login")) return true;
  return request.maxAgeSeconds !== null && now.getTime() - session.authTime.getTime() > request.maxAgeSeconds * 1000;
}

function mustConsent({ request, consent, progress }: DecisionFacts): boolean {
  // Without a stored consent of this user, the answer may have come from another user.
  if (consent && progress.promptsDone.includes("consent")) return false;
  if (request.prompts.includes("consent")) return true;
  if (request.client.first_party) return false;
  // Another application can listen at a loopback address or register the same custom scheme, so the
  // user confirms each request (RFC 8252 §8.6).
  if (!consent || isContestedTarget(request.redirectUri)) return true;
  const answered = [...consent.scopes, ...consent.declinedScopes];
  return !request.consentScopes.every((scope) => answered.includes(scope));
}

export function decide(facts: DecisionFacts): Decision {
  const { request, session, progress } = facts;
  const silent = request.prompts.includes("none");
  const isPending = (prompt: Prompt) =>
    request.prompts.includes(prompt) && !progress.promptsDone.includes(prompt) && !isFresh(session, progress);
  if (isPending("create")) return { type: "sign_up" };
  if (!session || mustSignIn(facts, session)) return silent ? LOGIN_REQUIRED : { type: "sign_in" };
  if (request.expectedUserId && request.expectedUserId !== session.userId) return WRONG_USER;
  if (isPending("select_account")) return { type: "select_account" };
  if (mustConsent(facts)) return silent ? CONSENT_REQUIRED : { type: "consent" };
  return { type: "issue" };
}
