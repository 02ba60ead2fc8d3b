/** Values of custom claims, and the limit of 4 KB per token. */
import { contactClaims } from "../users/contact";
import { PROFILE_CLAIMS, type ProfileClaim } from "../users/profile";
import type { OidcUser } from "../users/user-views";
import type { ClaimSource, ClaimTarget, CustomClaim } from "./claim";

export const MAX_CLAIMS_BYTES = 4096;

/** What custom claims read of a user. */
export type ClaimUser = OidcUser & { metadata: unknown; publicMetadata: unknown };

/** The standard claims that a custom claim can repeat under its own name. */
export const PROFILE_SOURCES = [
  ...Object.keys(PROFILE_CLAIMS),
  ...["email", "email_verified", "phone_number", "phone_number_verified", "address"],
];

function memberOf(object: unknown, name: string): unknown {
  const isObject = typeof object === "object" && object !== null;
  return isObject && Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : null;
}

function profileValue(user: OidcUser, name: string): unknown {
  if (name === "email") return user.email;
  if (name === "email_verified") return user.email === null ? null : user.emailVerifiedAt !== null;
  if (Object.hasOwn(PROFILE_CLAIMS, name)) return user[PROFILE_CLAIMS[name as ProfileClaim].column];
  return memberOf(contactClaims(user), name);
}

/** null if the user has none. A token without a user has only constants. */
function claimValue(source: ClaimSource, user: ClaimUser | null): unknown {
  if ("constant" in source) return source.constant;
  if (!user) return null;
  if ("metadata" in source) return memberOf(user.metadata, source.metadata);
  if ("public_metadata" in source) return memberOf(user.publicMetadata, source.public_metadata);
  return profileValue(user, source.profile);
}

/** The bytes of a claim in a token, with its name and a comma. */
function sizeOf(name: string, value: unknown): number {
  return Buffer.byteLength(JSON.stringify({ [name]: value })) - 1;
}

/** The values of these claims. Claims that would exceed the limit are left out. */
export function claimValues(claims: CustomClaim[], user: ClaimUser | null): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  let size = 0;
  for (const { name, source } of claims) {
    const value = claimValue(source, user) ?? null;
    const bytes = value === null ? 0 : sizeOf(name, value);
    // Rejected when it is set (./fit.ts). This holds for users who were written at the same time.
    if (value === null || size + bytes > MAX_CLAIMS_BYTES) continue;
    size += bytes;
    values[name] = value;
  }
  return values;
}

/** The bytes that the claims of a user take in a target, whatever its scopes. */
export function claimBytes(claims: CustomClaim[], target: ClaimTarget, user: ClaimUser | null): number {
  const due = claims.filter(({ targets }) => targets.includes(target));
  const values = due.map(({ name, source }) => ({ name, value: claimValue(source, user) ?? null }));
  return values.reduce((sum, { name, value }) => sum + (value === null ? 0 : sizeOf(name, value)), 0);
}

export function needsUser({ source }: CustomClaim): boolean {
  return !("constant" in source);
}
