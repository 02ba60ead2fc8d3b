/** Users: the residents of an App, as sign-in sees them. Managing them is ./manage.ts. */
import type { User } from "../database/client";
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
export function userView(user: UserSummary) {
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

export type OidcUser = Pick<User, keyof typeof PERSON_FIELDS>;

function columnsOf(fields: Record<string, true>): string {
  return Object.keys(fields)
    .map((column) => `u."${column}"`)
    .join(", ");
}

/** For prepared statements, where "User" is `u`. */
export const OIDC_USER_COLUMNS = columnsOf(PERSON_FIELDS);

/** The user as the person's own token sees it (`/api/me`). */
export function ownUserView(user: FullUser) {
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
export function managedUserView(user: FullUser) {
  return {
    ...userView(user),
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
