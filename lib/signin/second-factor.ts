/**
 * The second step of a sign-in. It proves what is missing, and the sign-in then passes the funnel
 * like any other.
 */
import type { App } from "../apps/apps";
import { type Actor, recordEvent, recordRejection } from "../audit/events";
import { now } from "../clock";
import { type Tx, transaction } from "../database/client";
import { lockUser } from "../factors/factor";
import type { FactorAnswer, ProvedFactor } from "../factors/handler";
import { verifyFactor } from "../factors/list";
import { failCode } from "../factors/wrong-code";
import { limitAttempts, SECOND_FACTOR_ATTEMPTS } from "../limits/attempts";
import { acrOf, withFactor } from "../sessions/acr";
import { newCookieSecret } from "../sessions/cookie";
import type { BrowserSignIn, Proof } from "./complete";
import { consumePending, failPending, findPending, methodsOf, type Pending, type PendingReference } from "./pending";

export async function failAnswer(app: App, pending: Pending): Promise<never> {
  await recordFailure(app, pending);
  return failCode();
}

async function recordFailure(app: App, { user, method }: Pending): Promise<void> {
  const by: Actor = { type: "user", id: user.id };
  await recordRejection(app.id, {
    type: "user.second_factor_failed",
    outcome: "failure",
    actor: by,
    userId: user.id,
    reason: "wrong_code",
    explanation: { method },
  });
}

/**
 * Checks the answer. Failures count per account, whichever sign-in they belong to.
 * @throws 401 `invalid_code`; 429
 */
export async function checkAnswer(app: App, pending: Pending, answer: FactorAnswer): Promise<ProvedFactor> {
  const proved = await limitAttempts(app.id, SECOND_FACTOR_ATTEMPTS, pending.user.id, async () => {
    const value = await verifyAnswer(app, pending, answer);
    return { success: value !== null, value };
  });
  return proved ?? failAnswer(app, pending);
}

/** Checks the answer, whose attempt has been counted. */
export function verifyAnswer(app: App, pending: Pending, answer: FactorAnswer): Promise<ProvedFactor | null> {
  const { user, enroll } = pending;
  const owner = { userId: user.id, email: user.email, factors: user.factors, pendingId: pending.id };
  const methods = methodsOf(app, pending);
  // An emailed code proves the address that it adds. Other factors are added, not used.
  if (enroll)
    return verifyFactor(
      app,
      owner,
      answer,
      methods.filter((type) => type === "email"),
    );
  // A recovery code stands in for any factor, but not for a passkey that a client requires.
  const accepted = pending.acr === "phr" ? methods : [...methods, "recovery_code" as const];
  return verifyFactor(app, owner, answer, accepted);
}

/** Whether the session that asked for more hasn't ended. */
async function isActiveSession(tx: Tx, app: App, userId: string, id: string): Promise<boolean> {
  const where = { appId: app.id, id, userId, revokedAt: null, expiresAt: { gt: now() }, idleExpiresAt: { gt: now() } };
  return (await tx.session.count({ where })) > 0;
}

/**
 * Uses the pending sign-in and the answer up. The user is locked first, as by every change of
 * factors, so that none of them waits for another. @throws 401 or 400
 */
export async function useBoth(tx: Tx, app: App, reference: PendingReference, proved: Usable): Promise<Pending> {
  const found = (await findPending(app, reference, tx)) ?? failPending(reference);
  await lockUser(tx, app.id, found.user.id);
  const pending = (await consumePending(tx, app, reference)) ?? failPending(reference);
  if (pending.sessionId && !(await isActiveSession(tx, app, pending.user.id, pending.sessionId)))
    failPending(reference);
  if (!(await proved.use(tx))) failCode();
  // An emailed code has verified the address.
  const verified = proved.amr.includes("mca") && { emailVerifiedAt: pending.user.emailVerifiedAt ?? now() };
  return { ...pending, user: { ...pending.user, ...verified } };
}

type Usable = Pick<ProvedFactor, "amr" | "use">;

/**
 * The proof of both steps. It uses the pending sign-in and the answer up in the transaction that
 * admits the user, so that a rejected sign-in uses nothing up.
 */
export function proofOfBoth(app: App, reference: PendingReference, proved: Usable, by: Actor): Proof {
  return {
    by,
    identify: async (tx) => {
      const { user, method, amr } = await useBoth(tx, app, reference, proved);
      return { user, method, amr: withFactor(amr, proved.amr) };
    },
  };
}

/**
 * Raises the session that asked for a stronger sign-in. Its cookie changes, so that a stolen one
 * isn't raised with it. @throws 400 if the session has ended
 */
export function stepUp(app: App, reference: PendingReference, proved: Usable): Promise<BrowserSignIn> {
  return transaction(async (tx) => {
    const { user, amr, method, sessionId = "" } = await useBoth(tx, app, reference, proved);
    const raised = withFactor(amr, proved.amr);
    const { secret, cookieHash } = newCookieSecret();
    const [session] = await tx.session.updateManyAndReturn({
      where: { appId: app.id, id: sessionId, userId: user.id, revokedAt: null },
      data: { acr: acrOf(raised), amr: raised, factorAt: now(), cookieHash },
      select: { expiresAt: true },
    });
    if (!session) return failPending(reference);
    const by: Actor = { type: "user", id: user.id };
    const explanation = { method, amr: raised };
    await recordEvent(tx, app.id, { type: "session.stepped_up", actor: by, userId: user.id, sessionId, explanation });
    return { type: "signed_in", sessionId, userId: user.id, expiresAt: session.expiresAt, cookieSecret: secret };
  });
}
