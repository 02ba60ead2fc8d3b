/**
 * The second step with an authenticator app through the API in three statements: it reads the
 * pending sign-in with its user and factor, counts the attempt, and admits the user. With a
 * transaction of Prisma's, which the other factors use, it takes seventeen round trips.
 */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER } from "../audit/events";
import { now } from "../clock";
import { sha256 } from "../crypto/hash";
import { inApp, rowByKey } from "../database/by-key";
import { prepared } from "../database/client";
import { insertOf, type RowsOf, rowsAsJson } from "../database/insert-rows";
import { TOTP_AMR } from "../factors/totp/factor";
import type { AttemptKey } from "../limits/attempts";
import { withFactor } from "../sessions/acr";
import { USER_FIELDS, type UserSummary } from "../users/user-views";
import { respond, rowsOfSignIn } from "./api-sign-in";
import { type Pending, type PendingRow, toPending } from "./pending";
import type { SessionResponse } from "./session-response";

const USER_COLUMNS = Object.keys(USER_FIELDS) as (keyof UserSummary)[];

const FIND = `
  SELECT t."id" AS "pendingId", t."payload", t."createdAt" AS "pendingSince", t."expiresAt",
    ${USER_COLUMNS.map((column) => `u."${column}"`).join(", ")}, u."passwordChangedAt", u."factorsChangedAt",
    f."id" AS "factorId", f."secret", f."lastStep"
  FROM "OneTimeToken" t JOIN ${rowByKey("User", "u", `u."id" = t."userId"`)} ON true
  LEFT JOIN LATERAL (SELECT * FROM "Factor" f
    WHERE f."appId" = $1 AND f."userId" = t."userId" AND f."type" = 'totp' LIMIT 1) f ON true
  WHERE ${inApp("t")} AND t."secretHash" = $2 AND t."purpose" = 'pending_sign_in'
    AND t."consumedAt" IS NULL AND t."expiresAt" > $3`;

type FoundRow = PendingRow["user"] &
  Pick<PendingRow, "payload" | "expiresAt"> & { pendingId: string; pendingSince: Date } & {
    factorId: string | null;
    secret: string | null;
    lastStep: number | null;
  };

export interface TotpOfPending {
  id: string;
  secret: string;
  lastStep: number | null;
}

/** The pending sign-in of a program, and the authenticator app of its user. null as in `findPending` */
export async function findPendingWithTotp(
  app: App,
  token: string,
): Promise<{ pending: Pending; totp: TotpOfPending | null } | null> {
  const [row] = await prepared<FoundRow>("pending-with-totp", FIND, [app.id, sha256(token), now()]);
  if (!row) return null;
  const { pendingId: id, payload, pendingSince: createdAt, expiresAt, factorId, secret, lastStep, ...user } = row;
  const pending = toPending({ token }, { id, payload, createdAt, expiresAt, user });
  return pending && { pending, totp: factorId && secret ? { id: factorId, secret, lastStep } : null };
}

/**
 * Locks user, factor and pending sign-in in the order of all changes, then changes them only if all
 * three are still as they were read: a code that another request used first uses nothing up.
 */
const ADMIT = (sessions: RowsOf, events: RowsOf) => `
  WITH "locked" AS MATERIALIZED (
    SELECT u."id" FROM "User" u WHERE u."appId" = $1 AND u."id" = $2 AND u."disabledAt" IS NULL
      AND coalesce(greatest(u."passwordChangedAt", u."factorsChangedAt") <= $3, true) FOR NO KEY UPDATE),
  "free" AS MATERIALIZED (
    SELECT f."id" FROM "Factor" f, "locked" WHERE f."appId" = $1 AND f."id" = $4
      AND (f."lastStep" IS NULL OR f."lastStep" < $5::int) FOR NO KEY UPDATE OF f),
  "open" AS MATERIALIZED (
    SELECT t."id" FROM "OneTimeToken" t, "free" WHERE t."appId" = $1 AND t."id" = $6
      AND t."consumedAt" IS NULL AND t."expiresAt" > $7 FOR NO KEY UPDATE OF t),
  "used" AS (UPDATE "Factor" f SET "lastStep" = $5::int, "lastUsedAt" = $7 FROM "open" WHERE f."appId" = $1 AND f."id" = $4),
  "consumed" AS (UPDATE "OneTimeToken" t SET "consumedAt" = $7 FROM "open" WHERE t."appId" = $1 AND t."id" = $6),
  "admitted" AS (UPDATE "User" u SET "lastSignInAt" = $7 FROM "open" WHERE u."appId" = $1 AND u."id" = $2 RETURNING u."id"),
  "session" AS (${insertOf(sessions, "$8", "admitted")}),
  "event" AS (${insertOf(events, "$9", "admitted")}),
  "cleared" AS (DELETE FROM "AttemptCounter" c USING "admitted" WHERE c."appId" = $1 AND c."kind" = $10 AND c."keyHash" = $11)
  SELECT "id" FROM "admitted"`;

/**
 * Uses the step and the pending sign-in up, admits the user, and deletes the count of attempts. null
 * if another request used one of them first, or the account has changed since.
 */
export async function admitWithTotp(
  app: App,
  { id, user, method, amr, createdAt }: Pending,
  { factorId, step }: { factorId: string; step: number },
  [, kind, keyHash]: AttemptKey,
): Promise<SessionResponse | null> {
  const known = { by: ANONYMOUS_USER, user, method, amr: withFactor(amr, TOTP_AMR) };
  const { session, event } = rowsOfSignIn(app, known);
  const sessions: RowsOf = { table: "Session", rows: [session] };
  const events: RowsOf = { table: "AuditEvent", rows: [event] };
  const values = [
    ...[app.id, user.id, createdAt, factorId, step, id, session.createdAt],
    ...[rowsAsJson(sessions), rowsAsJson(events), kind, keyHash],
  ];
  const [admitted] = await prepared("totp-sign-in", ADMIT(sessions, events), values);
  return admitted ? respond(app, session, known) : null;
}
