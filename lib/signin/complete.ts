/**
 * The funnel: a method proves who somebody is, and only here they are let in. Whatever must happen at every sign-in happens in
 * this place, so that a new method cannot forget it.
 */
import type { App } from "../apps/apps";
import { type Actor, eventRow } from "../audit/events";
import { now } from "../clock";
import { db, isUniqueViolation, type Prisma, type Tx, transaction } from "../database/client";
import { fail } from "../errors";
import { wakeOutbox } from "../mail/outbox";
import { metrics } from "../metrics";
import { issueOneTime } from "../one-time/one-time";
import { type NewSession, newApiSessionRow, newBrowserSession } from "../sessions/sessions";
import type { UserSummary } from "../users/user-views";
import { newDeviceEmail } from "./new-device-email";
import { type SessionResponse, sessionResponse } from "./session-response";

/** What a method has found out. */
export interface Proof {
  /**
   * Who it is. A method that must first write under a condition (use a link up, make or take over a user) says how to find out: within the
   * transaction that lets them in, so that who is refused after all has used nothing up.
   */
  user: UserSummary | ((tx: Tx) => Promise<UserSummary>);
  /** The method's name in the audit trail: password, magic_link, … */
  method: string;
  /** RFC 8176 */
  amr: string[];
  by: Actor;
  /** Writes of the method itself that stand or fall with the sign-in: the new user of a sign-up, and the mail to them. */
  first?: Prisma.PrismaPromise<unknown>[];
  /** What it means when one of them finds its place taken. */
  failTaken?: (cause: unknown) => never;
}

function mustVerifyFirst(app: App, user: UserSummary): boolean {
  return app.settings.require_verified_email && !user.emailVerifiedAt;
}

/** 403 when the user is known, and proved it, but may not come in. */
function requireAdmitted(app: App, user: UserSummary): void {
  if (user.disabledAt)
    fail(403, "user_disabled", "This user is disabled. The owner of the App can enable the user again.");
  if (mustVerifyFirst(app, user)) {
    fail(
      403,
      "email_not_verified",
      "The e-mail address is not verified yet. Verify it by the link that was mailed, then sign in again.",
    );
  }
}

interface Admitted<Row> {
  user: UserSummary;
  session: Row;
}

/** What is written whenever somebody comes in, whatever the method. */
async function admission(app: App, proof: Proof, user: UserSummary, session: NewSession, client: Tx) {
  const event = eventRow(app.id, {
    type: "user.signed_in",
    // Somebody who came by themselves is somebody now.
    actor: proof.by.type === "user" ? { type: "user", id: user.id } : proof.by,
    userId: user.id,
    sessionId: session.id,
    explanation: { method: proof.method },
  });
  // Who has just signed up has no device that could be another one.
  const told = session.kind === "browser" && !proof.first;
  const mail = told ? await newDeviceEmail(app, user, session, proof.method, client) : null;
  const writes = [
    client.session.create({ data: session, select: { id: true } }),
    client.user.update({
      where: { appId_id: { appId: app.id, id: user.id } },
      data: { lastSignInAt: now() },
      select: { id: true },
    }),
    client.auditEvent.create({ data: event, select: { id: true } }),
    ...(mail ? [client.mail.create({ data: mail, select: { id: true } })] : []),
  ];
  return { writes, hasMail: mail !== null };
}

/** Lets in who is found out, and perhaps made, within the transaction. */
async function admitInTransaction<Row extends NewSession>(
  app: App,
  proof: Proof,
  who: (tx: Tx) => Promise<UserSummary>,
  newSession: (userId: string) => Row,
): Promise<Admitted<Row>> {
  const { hasMail, ...admitted } = await transaction(async (tx) => {
    const user = await who(tx);
    requireAdmitted(app, user);
    const session = newSession(user.id);
    const { writes, hasMail } = await admission(app, proof, user, session, tx);
    for (const write of writes) await write;
    return { user, session, hasMail };
  });
  if (hasMail) wakeOutbox();
  return admitted;
}

async function write(proof: Proof, writes: Prisma.PrismaPromise<unknown>[]): Promise<void> {
  try {
    await db().$transaction(writes);
  } catch (error) {
    if (proof.failTaken && isUniqueViolation(error)) proof.failTaken(error);
    throw error;
  }
}

/** Session, audit event, last sign-in, and what the method adds: one transaction. */
async function admit<Row extends NewSession>(
  app: App,
  proof: Proof,
  newSession: (userId: string) => Row,
): Promise<Admitted<Row>> {
  const { user: who, first = [] } = proof;
  if (typeof who === "function") return admitInTransaction(app, proof, who, newSession);
  // Who signs up where only verified addresses come in is a user from now on, and opens the mail first.
  const waits = first.length > 0 && mustVerifyFirst(app, who);
  if (waits) {
    await write(proof, first);
    wakeOutbox();
  }
  requireAdmitted(app, who);
  const session = newSession(who.id);
  const { writes, hasMail } = await admission(app, proof, who, session, db());
  await write(proof, [...first, ...writes]);
  if (hasMail || first.length > 0) wakeOutbox();
  return { user: who, session };
}

/** Lets a user in for the App's backend. */
export async function completeSignIn(
  app: App,
  proof: Proof,
  options: { tokenTtlSeconds?: number } = {},
): Promise<SessionResponse> {
  const { user, session } = await admit(app, proof, (userId) => newApiSessionRow(app, userId, proof.amr));
  metrics().signIns.inc({ method: proof.method });
  return sessionResponse(app, { ...session, counter: 0 }, user, options.tokenTtlSeconds);
}

const HAND_OVER_SECONDS = 60;

/** Finds out who it is, and leaves the letting in to whoever redeems the code: the App's backend (lib/signin/delivery.ts). */
export function issueExchangeCode(app: App, proof: Proof): Promise<string> {
  const { user: who, method, amr } = proof;
  return transaction(async (tx) => {
    const user = typeof who === "function" ? await who(tx) : who;
    requireAdmitted(app, user);
    const issue = { purpose: "exchange_code", payload: { method, amr }, ttlSeconds: HAND_OVER_SECONDS } as const;
    return (await issueOneTime(app.id, { ...issue, userId: user.id }, tx)).secret;
  });
}

export interface BrowserSignIn {
  sessionId: string;
  userId: string;
  expiresAt: Date;
  /** For the cookie of the App's hosted pages. */
  cookieSecret: string;
}

/** Lets a user in for a browser; the caller sets the cookie. */
export async function completeBrowserSignIn(app: App, proof: Proof): Promise<BrowserSignIn> {
  let cookieSecret = "";
  const { user, session } = await admit(app, proof, (userId) => {
    const { row, secret } = newBrowserSession(app, userId, proof.amr);
    cookieSecret = secret;
    return row;
  });
  metrics().signIns.inc({ method: proof.method });
  return { sessionId: session.id, userId: user.id, expiresAt: session.expiresAt, cookieSecret };
}
