/**
 * Registration of a passkey through the API: by a signed-in user, or by a sign-in that needs a second
 * factor and whose user has none.
 */
import type { App } from "../apps/apps";
import { type Actor, ANONYMOUS_USER } from "../audit/events";
import { isUniqueViolation } from "../database/client";
import { requireStrongSession } from "../factors/fresh";
import { actorOf, completeEnrollment } from "../factors/own-factors";
import type { RegistrationAnswer } from "../factors/passkey/inputs";
import {
  creationOptions,
  failExists,
  type ProvedRegistration,
  proveRegistration,
  type RegisteringUser,
  registrationBy,
} from "../factors/passkey/registration";
import { failDisabled, failPasskey, isRejected, requirePasskeysEnabled } from "../factors/passkey/rejection";
import { wakeOutbox } from "../mail/outbox";
import { completeSignIn } from "./complete";
import { getPending, methodsOf, type Pending, secondFactorError } from "./pending";
import { proofOfBoth } from "./second-factor";
import type { SessionResponse } from "./session-response";

/** A signed-in user. */
export interface CurrentUser {
  user: RegisteringUser;
  sessionId: string;
}

export interface Registration {
  response: RegistrationAnswer;
  name?: string;
}

/** @throws 401 `invalid_token`; 403, also if the user has a factor already */
async function getEnrolling(app: App, token: string): Promise<Pending> {
  const pending = await getPending(app, { token });
  const methods = methodsOf(app, pending);
  if (!pending.enroll) throw secondFactorError({ type: "use", methods }, token);
  return methods.includes("passkey") ? pending : failDisabled();
}

/** Creation options for a signed-in user. @throws 403 */
export async function ownCreationOptions(app: App, { user, sessionId }: CurrentUser) {
  requirePasskeysEnabled(app);
  await requireStrongSession(app, { userId: user.id, sessionId });
  return creationOptions(app, user, registrationBy(user.id, sessionId));
}

/** Creation options during a sign-in. @throws 401, 403 */
export async function pendingCreationOptions(app: App, token: string) {
  const { id, user } = await getEnrolling(app, token);
  return creationOptions(app, user, registrationBy(user.id, id));
}

/** `place` is the session or the pending sign-in. @throws 400 `invalid_passkey`; 409 */
export async function verifyRegistration(
  app: App,
  { userId, place, by }: { userId: string; place: string; by: Actor },
  registration: Registration,
): Promise<ProvedRegistration> {
  const proved = await proveRegistration(app, { userId, by }, registrationBy(userId, place), registration);
  return isRejected(proved) ? failPasskey(proved, 400) : proved;
}

/** Two registrations of one passkey at once. */
function asExisting(error: unknown): never {
  if (isUniqueViolation(error)) failExists();
  throw error;
}

function view({ added }: ProvedRegistration) {
  const { id, name, createdAt, recoveryCodes } = added();
  return { id, name, created_at: createdAt.toISOString(), ...(recoveryCodes && { recovery_codes: recoveryCodes }) };
}

export type AddedPasskey = ReturnType<typeof view>;

/** Adds a passkey to a signed-in user. @throws 400 `invalid_passkey`; 403; 409 */
export async function registerOwnPasskey(
  app: App,
  { user, sessionId }: CurrentUser,
  registration: Registration,
): Promise<AddedPasskey> {
  requirePasskeysEnabled(app);
  const session = { userId: user.id, sessionId };
  let proved: ProvedRegistration | null = null;
  await completeEnrollment(app, session, async () => {
    proved = await verifyRegistration(app, { userId: user.id, place: sessionId, by: actorOf(session) }, registration);
    return proved;
  }).catch(asExisting);
  return view(proved ?? failExists());
}

/** Adds the passkey and completes the sign-in. @throws 400 `invalid_passkey`; 401; 403; 409 */
export async function registerPendingPasskey(
  app: App,
  token: string,
  registration: Registration,
): Promise<SessionResponse & AddedPasskey> {
  const { id, user } = await getEnrolling(app, token);
  const owner = { userId: user.id, place: id, by: { type: "user", id: user.id } as const };
  const proved = await verifyRegistration(app, owner, registration);
  const proof = proofOfBoth(app, { token }, proved, ANONYMOUS_USER);
  const response = await completeSignIn(app, proof).catch(asExisting);
  wakeOutbox();
  return { ...response, ...view(proved) };
}
