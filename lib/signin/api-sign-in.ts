/**
 * What a sign-in or sign-up with a password through the API writes, in one statement: with a
 * transaction of Prisma's it took seven round trips and four times the processor time. The other
 * sign-ins write the same rows in complete.ts.
 */
import type { App } from "../apps/apps";
import { eventRow } from "../audit/events";
import { isUniqueViolation, type Prisma, prepared } from "../database/client";
import { insertOf, type RowsOf, rowsAsJson } from "../database/insert-rows";
import type { AppError } from "../errors";
import { type Assessment, assess } from "../factors/policy";
import type { AttemptKey } from "../limits/attempts";
import { metrics } from "../metrics";
import { newApiSessionRow } from "../sessions/sessions";
import { type IdentifiedUser, pendingEvent, type SignIn, signInEvent } from "./complete";
import { newPending, secondFactorError } from "./pending";
import { type SessionResponse, sessionResponse } from "./session-response";

type ApiSession = ReturnType<typeof newApiSessionRow>;
type Known = Omit<SignIn<ApiSession>, "session">;

/** The response to a new session, which is counted. */
export function respond(app: App, session: ApiSession, { user, method }: IdentifiedUser): Promise<SessionResponse> {
  metrics().signIns.inc({ method });
  return sessionResponse(app, { ...session, counter: 0 }, user);
}

export function rowsOfSignIn(app: App, known: Known) {
  const session = newApiSessionRow(app, known.user.id, known.amr);
  return { session, event: eventRow(app.id, signInEvent({ ...known, session })) };
}

/**
 * Signs the user in and deletes the count of attempts. null if the user was disabled or deleted, or
 * got another password or other factors, since the password was checked.
 */
export async function completeApiSignIn(
  app: App,
  known: Known,
  passwordHash: string,
  [, kind, keyHash]: AttemptKey,
): Promise<SessionResponse | null> {
  const { session, event } = rowsOfSignIn(app, known);
  const sessions: RowsOf = { table: "Session", rows: [session] };
  const events: RowsOf = { table: "AuditEvent", rows: [event] };
  const text = `
    WITH "admitted" AS (
      UPDATE "User" SET "lastSignInAt" = $4
      WHERE "appId" = $1 AND "id" = $2 AND "passwordHash" = $3 AND "factors" = $9 AND "disabledAt" IS NULL RETURNING "id"),
    "session" AS (${insertOf(sessions, "$5", "admitted")}),
    "event" AS (${insertOf(events, "$6", "admitted")}),
    "cleared" AS (DELETE FROM "AttemptCounter" c USING "admitted" WHERE c."appId" = $1 AND c."kind" = $7 AND c."keyHash" = $8)
    SELECT "id" FROM "admitted"`;
  const values = [
    app.id,
    known.user.id,
    passwordHash,
    session.createdAt,
    rowsAsJson(sessions),
    rowsAsJson(events),
    kind,
    keyHash,
    known.user.factors,
  ];
  const [admitted] = await prepared("api-sign-in", text, values);
  return admitted ? respond(app, session, known) : null;
}

type Need = Exclude<Assessment, { type: "admit" }>;

/** What this sign-in needs beside its first step, or null. */
export function needOf(app: App, identified: IdentifiedUser): Need | null {
  const needs = assess(app.settings, identified.user, identified);
  return needs.type === "admit" ? null : needs;
}

/** The rows of a sign-in that waits for its second factor, and the secret of its caller. */
export function pendingRows(app: App, known: Known, needs: Need) {
  const { row: token, secret } = newPending(app, { ...known, browser: null }, needs);
  return { token, event: eventRow(app.id, pendingEvent(known, known.by, needs)), secret };
}

/**
 * Lets the sign-in wait for its second factor, and deletes the count of attempts. → the 403. null as
 * in `completeApiSignIn`
 */
export async function holdApiSignIn(
  app: App,
  known: Known,
  needs: Need,
  passwordHash: string,
  [, kind, keyHash]: AttemptKey,
): Promise<AppError | null> {
  const { token, event, secret } = pendingRows(app, known, needs);
  const tokens: RowsOf = { table: "OneTimeToken", rows: [token] };
  const events: RowsOf = { table: "AuditEvent", rows: [event] };
  const text = `
    WITH "held" AS (
      SELECT "id" FROM "User"
      WHERE "appId" = $1 AND "id" = $2 AND "passwordHash" = $3 AND "factors" = $8 AND "disabledAt" IS NULL FOR SHARE),
    "token" AS (${insertOf(tokens, "$4", "held")}),
    "event" AS (${insertOf(events, "$5", "held")}),
    "cleared" AS (DELETE FROM "AttemptCounter" c USING "held" WHERE c."appId" = $1 AND c."kind" = $6 AND c."keyHash" = $7)
    SELECT "id" FROM "held"`;
  const rows = [rowsAsJson(tokens), rowsAsJson(events)];
  const values = [app.id, known.user.id, passwordHash, ...rows, kind, keyHash, known.user.factors];
  const [held] = await prepared("api-sign-in-held", text, values);
  return held ? secondFactorError(needs, secret) : null;
}

export interface NewUserRows {
  user: Prisma.UserCreateManyInput;
  event: object;
  verification: { token: Prisma.OneTimeTokenCreateManyInput; email: Prisma.MailCreateManyInput } | null;
  /** Of a sign-up that waits for its second factor. */
  pending: { token: Prisma.OneTimeTokenCreateManyInput; event: object } | null;
}

/**
 * Creates the user, with a session unless `signIn` is false. "taken" if another user has the email
 * address.
 */
export async function completeApiSignUp(
  app: App,
  known: Known,
  { user, event, verification, pending }: NewUserRows,
  signIn: boolean,
): Promise<SessionResponse | "taken" | null> {
  const entry = signIn ? rowsOfSignIn(app, known) : null;
  const tokens = [verification, pending].flatMap((part) => (part ? [part.token] : []));
  const parts: RowsOf[] = [
    { table: "User", rows: [{ ...user, ...(entry && { lastSignInAt: entry.session.createdAt }) }] },
    { table: "AuditEvent", rows: [event, ...(entry ? [entry.event] : []), ...(pending ? [pending.event] : [])] },
    ...(entry ? [{ table: "Session", rows: [entry.session] } as const] : []),
    ...(tokens.length > 0 ? [{ table: "OneTimeToken", rows: tokens } as const] : []),
    ...(verification ? [{ table: "Mail", rows: [verification.email] } as const] : []),
  ];
  const inserts = parts.map((part, index) => `"${part.table}_rows" AS (${insertOf(part, `$${index + 1}`)})`);
  const text = `WITH ${inserts.join(",\n")} SELECT 1`;
  // The statement differs by its parts.
  const name = `api-sign-up${entry ? "/session" : ""}${verification ? "/email" : ""}${tokens.length > 0 ? "/token" : ""}`;
  try {
    await prepared(name, text, parts.map(rowsAsJson));
  } catch (error) {
    if (isUniqueViolation(error)) return "taken";
    throw error;
  }
  return entry && respond(app, entry.session, known);
}
