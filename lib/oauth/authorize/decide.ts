/** What happens next with an authorization request: facts in, one of a few outcomes out. No I/O, no clock. */
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

/** What has already happened about this request in this browser. */
export interface Progress {
  /** When the request arrived: a sign-in after it is a fresh one. */
  since: Date;
  promptsDone: Prompt[];
}

export type Decision =
  | { type: "sign_in" }
  | { type: "sign_up" }
  | { type: "select_account" }
  | { type: "consent"; scopes: string[] }
  | { type: "issue" }
  | { type: "fail"; code: OAuthCode; description: string };

const LOGIN_REQUIRED: Decision = {
  type: "fail",
  code: "login_required",
  description: "Nobody is signed in who may answer without being asked",
};
const CONSENT_REQUIRED: Decision = {
  type: "fail",
  code: "consent_required",
  description: "The user has not consented to this yet",
};

/** Whether the user must prove anew who they are (OIDC Core §3.1.2.1: prompt, max_age, id_token_hint). */
function mustSignIn(request: AuthorizeRequest, session: SessionFacts, progress: Progress, now: Date): boolean {
  const fresh = session.authTime.getTime() >= progress.since.getTime();
  if (fresh) return false;
  if (request.expectedUserId && request.expectedUserId !== session.userId) return true;
  if (request.prompts.includes("login")) return true;
  return request.maxAgeSeconds !== null && now.getTime() - session.authTime.getTime() > request.maxAgeSeconds * 1000;
}

/** Which scopes the consent page must show, or null when it need not be shown. */
function scopesToAsk(request: AuthorizeRequest, consent: ConsentFacts | null, progress: Progress): string[] | null {
  // Answered in this very request; without a consent of this user it was somebody else's answer.
  if (consent && progress.promptsDone.includes("consent")) return null;
  if (request.prompts.includes("consent")) return request.consentScopes;
  if (request.client.first_party) return null;
  // Another application may be listening at a loopback address or behind a scheme, so the user sees who asks, each time.
  if (!consent || isContestedTarget(request.redirectUri)) return request.consentScopes;
  const known = [...consent.scopes, ...consent.declinedScopes];
  return request.consentScopes.every((scope) => known.includes(scope)) ? null : request.consentScopes;
}

export function decide(
  request: AuthorizeRequest,
  session: SessionFacts | null,
  consent: ConsentFacts | null,
  progress: Progress,
  now: Date,
): Decision {
  const silent = request.prompts.includes("none");
  const pending = (prompt: Prompt) => request.prompts.includes(prompt) && !progress.promptsDone.includes(prompt);
  if (pending("create") && !(session && session.authTime.getTime() >= progress.since.getTime()))
    return { type: "sign_up" };
  if (!session || mustSignIn(request, session, progress, now)) return silent ? LOGIN_REQUIRED : { type: "sign_in" };
  // Signed in anew, and still not as the one the client expects.
  if (request.expectedUserId && request.expectedUserId !== session.userId) return LOGIN_REQUIRED;
  if (pending("select_account") && session.authTime.getTime() < progress.since.getTime())
    return { type: "select_account" };
  const scopes = scopesToAsk(request, consent, progress);
  if (scopes) return silent ? CONSENT_REQUIRED : { type: "consent", scopes };
  return { type: "issue" };
}
