/** Users: the residents of an App, as sign-in sees them. Managing them is ./manage.ts. */
import { prepared, type User } from "../database/client";
import { PROFILE_COLUMNS, profileClaims } from "./profile";

/** What sign-in and answers need of a user; the password hash stays in lib/signin. */
export const USER_FIELDS = {
  id: true,
  email: true,
  emailVerifiedAt: true,
  name: true,
  createdAt: true,
  disabledAt: true,
} as const;

export type UserSummary = Pick<User, keyof typeof USER_FIELDS>;

/** The user as a session answer shows it. */
export function userAnswer(user: UserSummary) {
  return {
    id: user.id,
    email: user.email,
    email_verified: user.emailVerifiedAt !== null,
    name: user.name,
    created_at: user.createdAt.toISOString(),
  };
}

/** Everything about a user but the password. */
export const FULL_USER_FIELDS = {
  ...USER_FIELDS,
  ...PROFILE_COLUMNS,
  metadata: true,
  publicMetadata: true,
  externalId: true,
  updatedAt: true,
  lastSignInAt: true,
} as const;

export type FullUser = Pick<User, keyof typeof FULL_USER_FIELDS>;

/** What the claims of OpenID Connect are made of (OIDC Core §5.1). */
const PERSON_FIELDS = { id: true, email: true, emailVerifiedAt: true, ...PROFILE_COLUMNS, updatedAt: true } as const;

export type Person = Pick<User, keyof typeof PERSON_FIELDS>;

function columnsOf(fields: Record<string, true>): string {
  return Object.keys(fields)
    .map((column) => `u."${column}"`)
    .join(", ");
}

/** For prepared statements, where "User" is `u`. */
export const PERSON_COLUMNS = columnsOf(PERSON_FIELDS);

/** The user as the person's own token sees it (`/api/me`). */
export function selfAnswer(user: FullUser) {
  return {
    id: user.id,
    sub: user.id,
    email: user.email,
    email_verified: user.emailVerifiedAt !== null,
    name: user.name,
    ...profileClaims(user),
    public_metadata: user.publicMetadata,
    created_at: user.createdAt.toISOString(),
    updated_at: Math.floor(user.updatedAt.getTime() / 1000), // OIDC Core §5.1: seconds
  };
}

/** The user as the App's backend sees it (`/api/v1`). */
export function managedAnswer(user: FullUser) {
  return {
    ...userAnswer(user),
    ...profileClaims(user),
    external_id: user.externalId,
    metadata: user.metadata,
    public_metadata: user.publicMetadata,
    disabled: user.disabledAt !== null,
    updated_at: user.updatedAt.toISOString(),
    last_sign_in_at: user.lastSignInAt?.toISOString() ?? null,
  };
}

/** For prepared statements, where "User" is `u`. */
export const FULL_USER_COLUMNS = columnsOf(FULL_USER_FIELDS);

/**
 * The user of a direct token, when session and user still live and the token was not revoked on its own. One round trip: this is what
 * every page of an App's site asks.
 */
export async function findUserOfSession(facts: {
  app: { id: string };
  userId: string;
  sessionId: string;
  jti: string;
}): Promise<FullUser | null> {
  const [user] = await prepared<FullUser>(
    "user-of-session",
    `SELECT ${FULL_USER_COLUMNS} FROM "Session" s JOIN "User" u ON u."appId" = s."appId" AND u."id" = s."userId"
     WHERE s."appId" = $1 AND s."id" = $2 AND s."userId" = $3
       AND s."revokedAt" IS NULL AND s."expiresAt" > now() AND u."disabledAt" IS NULL
       AND NOT EXISTS (SELECT 1 FROM "RevokedToken" r WHERE r."appId" = $1 AND r."jti" = $4)`,
    [facts.app.id, facts.sessionId, facts.userId, facts.jti],
  );
  return user ?? null;
}
