/**
 * Enrollment of an authenticator app through the API: by a signed-in user, or by a sign-in that needs
 * a second factor and whose user has none.
 */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER } from "../audit/events";
import { fail } from "../errors";
import { requireStrongSession } from "../factors/fresh";
import { actorOf, completeEnrollment } from "../factors/own-factors";
import { proveTotpEnrollment, startTotpEnrollment, type TotpEnrollment } from "../factors/totp/enrollment";
import { failCode } from "../factors/wrong-code";
import { wakeOutbox } from "../mail/outbox";
import { completeSignIn } from "./complete";
import { getPending, methodsOf, type Pending, secondFactorError } from "./pending";
import { proofOfBoth } from "./second-factor";
import type { SessionResponse } from "./session-response";

/** A signed-in user. */
export interface CurrentUser {
  user: { id: string; email: string | null };
  sessionId: string;
}

function failDisabled(): never {
  fail(403, "method_disabled", "This app doesn't use authenticator apps. Choose another second factor.");
}

/** @throws 401 `invalid_token`; 403, also if the user has a factor already */
async function getEnrolling(app: App, token: string): Promise<Pending> {
  const pending = await getPending(app, { token });
  const methods = methodsOf(app, pending);
  if (!pending.enroll) throw secondFactorError({ type: "use", methods }, token);
  return methods.includes("totp") ? pending : failDisabled();
}

async function requireOwnEnrollment(app: App, { user, sessionId }: CurrentUser): Promise<void> {
  if (!app.settings.mfa_methods.includes("totp")) failDisabled();
  await requireStrongSession(app, { userId: user.id, sessionId });
}

/** A new secret for a signed-in user. @throws 403 */
export async function startOwnTotp(app: App, current: CurrentUser): Promise<TotpEnrollment> {
  await requireOwnEnrollment(app, current);
  return startTotpEnrollment(app, current.user);
}

/** A new secret during a sign-in. @throws 401, 403 */
export async function startPendingTotp(app: App, token: string): Promise<TotpEnrollment> {
  const { user } = await getEnrolling(app, token);
  return startTotpEnrollment(app, user);
}

/** → the recovery codes that come with the first factor. @throws 401 `invalid_code`; 403 */
export async function confirmOwnTotp(app: App, current: CurrentUser, code: string): Promise<string[] | null> {
  await requireOwnEnrollment(app, current);
  const session = { userId: current.user.id, sessionId: current.sessionId };
  return completeEnrollment(app, session, () => proveTotpEnrollment(app, session.userId, code, actorOf(session)));
}

/** Confirms the authenticator app and completes the sign-in. @throws 401, 403 */
export async function confirmPendingTotp(
  app: App,
  token: string,
  code: string,
): Promise<SessionResponse & { recovery_codes?: string[] }> {
  const { user } = await getEnrolling(app, token);
  const by = { type: "user", id: user.id } as const;
  const proved = (await proveTotpEnrollment(app, user.id, code, by)) ?? failCode();
  const response = await completeSignIn(app, proofOfBoth(app, { token }, proved, ANONYMOUS_USER));
  wakeOutbox();
  const codes = proved.recoveryCodes();
  return { ...response, ...(codes && { recovery_codes: codes }) };
}
