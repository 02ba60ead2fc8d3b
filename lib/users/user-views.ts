/** The JSON representations of a user, and the columns that each one needs. */
import type { User } from "../database/client";
import { CONTACT_COLUMNS, contactClaims } from "./contact";
import { PROFILE_COLUMNS, profileClaims } from "./profile";

/** For sign-in. */
export const USER_FIELDS = {
  id: true,
  email: true,
  emailVerifiedAt: true,
  name: true,
  createdAt: true,
  disabledAt: true,
  factors: true,
} as const;

export type UserSummary = Pick<User, keyof typeof USER_FIELDS>;

/** The user in a sign-in response. */
export function userView(user: UserSummary) {
  return {
    id: user.id,
    email: user.email,
    email_verified: user.emailVerifiedAt !== null,
    name: user.name,
    created_at: user.createdAt.toISOString(),
  };
}

/** All columns except the password's. */
export const FULL_USER_FIELDS = {
  ...USER_FIELDS,
  ...PROFILE_COLUMNS,
  ...CONTACT_COLUMNS,
  metadata: true,
  publicMetadata: true,
  externalId: true,
  updatedAt: true,
  lastSignInAt: true,
} as const;

export type FullUser = Pick<User, keyof typeof FULL_USER_FIELDS>;

/** The columns of the standard claims (OIDC Core §5.1). */
const OIDC_USER_FIELDS = {
  id: true,
  email: true,
  emailVerifiedAt: true,
  ...PROFILE_COLUMNS,
  ...CONTACT_COLUMNS,
  updatedAt: true,
} as const;

export type OidcUser = Pick<User, keyof typeof OIDC_USER_FIELDS>;

function columnsOf(fields: Record<string, true>): string {
  return Object.keys(fields)
    .map((column) => `u."${column}"`)
    .join(", ");
}

/** For prepared statements, where "User" is `u`. */
export const OIDC_USER_COLUMNS = columnsOf(OIDC_USER_FIELDS);

/** For a user's own token (`/api/me`). */
export function ownUserView(user: FullUser) {
  return {
    id: user.id,
    sub: user.id,
    email: user.email,
    email_verified: user.emailVerifiedAt !== null,
    name: user.name,
    ...profileClaims(user),
    ...contactClaims(user),
    public_metadata: user.publicMetadata,
    created_at: user.createdAt.toISOString(),
    updated_at: Math.floor(user.updatedAt.getTime() / 1000), // OIDC Core §5.1: seconds
  };
}

/** For the app's backend (`/api/v1`). */
export function managedUserView(user: FullUser) {
  return {
    ...userView(user),
    ...profileClaims(user),
    ...contactClaims(user),
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
