/** The sign-in methods of a user, of which at least one must remain. */
import type { App } from "../apps/apps";
import { hasEmailMethod } from "../apps/sign-in-methods";
import { db, type Tx } from "../database/client";
import { fail, failNotFound } from "../errors";
import { TENANT_ZERO } from "../ids";

/** What is about to be removed. */
export type WayIn = { password: true } | { passkey: string } | { identity: string };

/** What the user can sign in with under the app's current settings. */
export interface WaysIn {
  password: boolean;
  /** Whether a magic link or a code can be sent to a verified email address. */
  email: boolean;
  /** The IDs of the passkeys. */
  passkeys: string[];
  /** The IDs of the linked accounts whose connection is enabled. */
  identities: string[];
}

/** Developers sign in on the dashboard, which sends no links or codes. */
function signsInByEmail({ id, settings }: App): boolean {
  return id !== TENANT_ZERO && hasEmailMethod(settings);
}

/** @throws 404 */
export async function listWaysIn(app: App, userId: string, tx: Tx = db()): Promise<WaysIn> {
  const [user] = await tx.$queryRaw<WaysIn[]>`
    SELECT u."passwordHash" IS NOT NULL AS "password",
      u."email" IS NOT NULL AND u."emailVerifiedAt" IS NOT NULL AS "email",
      ARRAY(SELECT f."id" FROM "Factor" f
        WHERE f."appId" = u."appId" AND f."userId" = u."id" AND f."type" = 'passkey') AS "passkeys",
      ARRAY(SELECT i."id" FROM "Identity" i JOIN "OAuthConfig" c USING ("appId", "connection")
        WHERE i."appId" = u."appId" AND i."userId" = u."id" AND c."enabled") AS "identities"
    FROM "User" u WHERE u."appId" = ${app.id} AND u."id" = ${userId}`;
  if (!user) failNotFound("The user");
  return {
    password: app.settings.methods.password && user.password,
    email: signsInByEmail(app) && user.email,
    passkeys: app.settings.passkeys ? user.passkeys : [],
    identities: user.identities,
  };
}

/** Whether the user can still sign in without it. */
export function hasAnotherWayIn({ password, email, passkeys, identities }: WaysIn, without: WayIn): boolean {
  if (email || (password && !("password" in without))) return true;
  return [...passkeys, ...identities].some(
    (id) => !("passkey" in without && id === without.passkey) && !("identity" in without && id === without.identity),
  );
}

/**
 * Call it in the transaction that removes the method, before any other row is locked: it locks the
 * user until the transaction ends, so that two removals at once can't both pass.
 * @throws 404; 409 `last_way_in`
 */
export async function requireAnotherWayIn(tx: Tx, app: App, userId: string, without: WayIn): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "appId" = ${app.id} AND "id" = ${userId} FOR NO KEY UPDATE`;
  // A statement of its own: only then does it see what the other transaction changed.
  if (hasAnotherWayIn(await listWaysIn(app, userId, tx), without)) return;
  fail(
    409,
    "last_way_in",
    "This is your only sign-in method. Add another one first, for example a password or passkey.",
  );
}
