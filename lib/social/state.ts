/**
 * The `state` of a social sign-in (RFC 6749 §10.12, RFC 9700 §4.7): random, single-use, and bound
 * to the browser, the connection and the app. PKCE verifier and nonce are derived from it, so the
 * database contains no secret of a pending sign-in.
 */
import type { App } from "../apps/apps";
import { equalText, hmacSha256, sha256 } from "../crypto/hash";
import { currentKeyVersion, deriveKey } from "../crypto/master-key";
import { db } from "../database/client";
import { fail } from "../errors";
import type { OneTime } from "../one-time/fields";
import { type Consumed, consumeOneTime, issueOneTime, peekOneTime } from "../one-time/one-time";
import type { SocialGoal } from "../one-time/payloads";

/** Long enough to enter a password and a second factor. */
const STATE_SECONDS = 15 * 60;

export interface StateSecrets {
  state: string;
  /** RFC 7636 §4.1 */
  codeVerifier: string;
  /** OIDC Core §3.1.2.1 */
  nonce: string;
}

function secretsOf(appId: string, state: string, keyVersion: number): StateSecrets {
  const derive = (purpose: string) =>
    hmacSha256(deriveKey(`social-${purpose}`, appId, keyVersion), state).toString("base64url");
  return { state, codeVerifier: derive("pkce"), nonce: derive("nonce") };
}

export interface NewState {
  connection: string;
  /** The cookie that binds the sign-in to this browser. */
  browserSecret: string;
  goal: SocialGoal;
  /** The signed-in user who links an account. The state is deleted with the user. */
  userId?: string;
}

export async function issueState(appId: string, { connection, browserSecret, goal, userId }: NewState) {
  const keyVersion = currentKeyVersion();
  const { secret } = await issueOneTime(appId, {
    purpose: "social_state",
    payload: { connection, browser: sha256(browserSecret).toString("base64url"), keyVersion, goal },
    ttlSeconds: STATE_SECONDS,
    userId,
  });
  return secretsOf(appId, secret, keyVersion);
}

export interface ClaimedState {
  secrets: StateSecrets;
  goal: SocialGoal;
  userId: string | null;
}

const MESSAGES: Record<Exclude<Consumed<"social_state">["status"], "ok">, string> = {
  reused: "This sign-in is already complete.",
  expired: "This sign-in took too long.",
  unknown: "This sign-in is unknown, or was started in another browser.",
};

/** @throws 400 without redirecting */
export function failState(reason: string, sentence = MESSAGES.unknown): never {
  fail(400, reason, `${sentence} Go back to the app and start again.`);
}

function requireBound(token: OneTime<"social_state">, connection: string, browserSecret: string | undefined): void {
  const { payload } = token;
  if (payload.connection !== connection) failState("state_of_another_connection");
  const browser = sha256(browserSecret ?? "").toString("base64url");
  if (!browserSecret || !equalText(browser, payload.browser)) failState("state_of_another_browser");
}

/**
 * Consumes a state that belongs to this browser and connection. A state of another browser is not
 * consumed.
 */
export async function claimState(
  app: App,
  connection: string,
  state: string | undefined,
  browserSecret: string | undefined,
): Promise<ClaimedState> {
  if (!state) failState("state_missing", "The response of the provider has no state.");
  const found = state.length <= 100 ? await peekOneTime(app.id, "social_state", state) : { status: "unknown" as const };
  if (found.status !== "ok") failState(`state_${found.status}`, MESSAGES[found.status]);
  requireBound(found.token, connection, browserSecret);
  // In its own transaction, because the requests to the provider follow and no transaction may wait
  // for them.
  const used = await consumeOneTime(db(), app.id, "social_state", state);
  if (used.status !== "ok") failState(`state_${used.status}`, MESSAGES[used.status]);
  const { goal, keyVersion } = used.token.payload;
  return { secrets: secretsOf(app.id, state, keyVersion), goal, userId: used.token.userId };
}
