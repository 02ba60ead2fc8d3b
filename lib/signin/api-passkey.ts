/**
 * What a sign-in with a passkey through the API writes, in one statement: with a transaction of
 * Prisma's it took twice the processor time. The other sign-ins write the same rows in complete.ts.
 */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER, eventRow } from "../audit/events";
import { now } from "../clock";
import { prepared } from "../database/client";
import { insertOf, type RowsOf, rowsAsJson } from "../database/insert-rows";
import type { VerifiedPasskey } from "../factors/passkey/authentication";
import type { AuthenticationAnswer } from "../factors/passkey/inputs";
import { hashOfUse } from "../one-time/used-tokens";
import { newApiSessionRow } from "../sessions/sessions";
import { USER_FIELDS, type UserSummary } from "../users/user-views";
import { respond } from "./api-sign-in";
import { completeSignIn, signInEvent } from "./complete";
import { PASSKEY_METHOD, proofOf, verifySignIn } from "./passkey";
import type { SessionResponse } from "./session-response";

const COLUMNS = Object.keys(USER_FIELDS)
  .map((column) => `u."${column}"`)
  .join(", ");

/** The user is locked first, as in lib/factors/passkey/consume.ts. */
const USE = `
  "owner" AS (
    SELECT ${COLUMNS} FROM "User" u
    WHERE u."appId" = $1 AND u."id" = $2 AND u."disabledAt" IS NULL
      AND (u."emailVerifiedAt" IS NOT NULL OR NOT $3::boolean) FOR NO KEY UPDATE),
  "passkey" AS (
    UPDATE "Factor" f SET "counter" = $5::bigint, "synced" = $6, "lastUsedAt" = $7
    FROM "owner" WHERE f."appId" = $1 AND f."id" = $4 AND f."userId" = $2
      AND (f."counter" < $5::bigint OR (f."counter" = 0 AND $5::bigint = 0)) RETURNING f."id"),
  "challenge" AS (
    INSERT INTO "UsedToken" ("appId", "hash", "expiresAt") SELECT $1, $8, $9 FROM "passkey"
    ON CONFLICT DO NOTHING RETURNING "hash"),
  "admitted" AS (
    UPDATE "User" u SET "lastSignInAt" = $7 FROM "challenge" WHERE u."appId" = $1 AND u."id" = $2 RETURNING u."id")`;

/** null if the user may not sign in, or another request was first: the caller finds out which. */
async function admit(app: App, passkey: VerifiedPasskey): Promise<SessionResponse | null> {
  const { id, userId, counter, synced, challenge } = passkey;
  const amr = [...passkey.amr, "mfa"];
  const session = newApiSessionRow(app, userId, amr);
  const known = { by: ANONYMOUS_USER, method: PASSKEY_METHOD, amr };
  const event = eventRow(app.id, signInEvent({ ...known, user: { id: userId } as UserSummary, session }));
  const sessions: RowsOf = { table: "Session", rows: [session] };
  const events: RowsOf = { table: "AuditEvent", rows: [event] };
  const text = `
    WITH ${USE},
    "session" AS (${insertOf(sessions, "$10", "admitted")}),
    "event" AS (${insertOf(events, "$11", "admitted")})
    SELECT "owner".* FROM "owner" JOIN "admitted" USING ("id")`;
  const use = [counter, synced, now(), hashOfUse("passkey", challenge.text), challenge.expiresAt];
  const rows = [rowsAsJson(sessions), rowsAsJson(events)];
  const values = [app.id, userId, app.settings.require_verified_email, id, ...use, ...rows];
  const [user] = await prepared<UserSummary>("api-passkey", text, values);
  return user ? respond(app, session, { ...known, user }) : null;
}

/** Signs a user in through the API. @throws 401 `invalid_passkey`; 403; 429 */
export async function signInByPasskey(app: App, answer: AuthenticationAnswer): Promise<SessionResponse> {
  const verified = await verifySignIn(app, answer);
  return (await admit(app, verified)) ?? completeSignIn(app, proofOf(app, verified));
}
