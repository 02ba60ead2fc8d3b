/** User claims by scope (OIDC Core §5.4) and by the claims parameter (§5.5). */
import { isStorable } from "../input";
import { isAcr } from "../sessions/acr";
import { type ContactClaim, contactClaims } from "../users/contact";
import { PROFILE_CLAIMS, type ProfileClaim } from "../users/profile";
import type { OidcUser } from "../users/user-views";

/** The supported part of the claims parameter: requested claims of userinfo and the ID token. */
export interface ClaimsRequest {
  userinfo?: Record<string, unknown>;
  id_token?: Record<string, unknown>;
}

const BY_SCOPE: Record<string, string[]> = {
  profile: [...Object.keys(PROFILE_CLAIMS), "updated_at"],
  email: ["email", "email_verified"],
  phone: ["phone_number", "phone_number_verified"],
  address: ["address"],
};

export const SUPPORTED_CLAIMS = ["sub", ...Object.values(BY_SCOPE).flat()];

/** Parses the claims parameter. null if it isn't valid by OIDC Core §5.5. */
export function parseClaimsRequest(text: string): ClaimsRequest | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || !isStorable(value)) return null;
    const request: ClaimsRequest = {};
    for (const part of ["userinfo", "id_token"] as const) {
      if (value[part] === undefined) continue;
      if (!isObject(value[part])) return null;
      request[part] = Object.fromEntries(
        Object.entries(value[part]).filter(
          ([name]) => SUPPORTED_CLAIMS.includes(name) || name === "acr" || name === "auth_time",
        ),
      );
    }
    return request;
  } catch {
    return null;
  }
}

/** The scopes of individually requested claims. A client needs the scope to request its claims. */
export function scopesOfClaims(request: ClaimsRequest | null): string[] {
  const names = [...Object.keys(request?.userinfo ?? {}), ...Object.keys(request?.id_token ?? {})];
  return Object.keys(BY_SCOPE).filter((scope) => names.some((name) => BY_SCOPE[scope]?.includes(name)));
}

/** Removes the user claims that these scopes don't cover. */
export function limitClaims(request: ClaimsRequest | null, scopes: string[]): ClaimsRequest | null {
  if (!request) return null;
  const isCovered = (name: string) =>
    Object.keys(BY_SCOPE).every((s) => scopes.includes(s) || !BY_SCOPE[s]?.includes(name));
  const limit = (part: Record<string, unknown> = {}) =>
    Object.fromEntries(Object.entries(part).filter(([name]) => isCovered(name)));
  return {
    ...(request.userinfo && { userinfo: limit(request.userinfo) }),
    ...(request.id_token && { id_token: limit(request.id_token) }),
  };
}

/** The `acr` values of a request. Unknown ones are ignored if another is known. */
export interface AcrRequest {
  values: string[];
  /** The response must have one of them (OIDC Core §5.5.1.1). Otherwise they are a wish. */
  essential: boolean;
}

/** The `acr` that the claims parameter requests for the ID token, or null. */
export function requestedAcr(request: ClaimsRequest | null): AcrRequest | null {
  const wanted = request?.id_token?.acr;
  if (!isObject(wanted)) return null;
  const sent = [wanted.value, ...(Array.isArray(wanted.values) ? wanted.values : [])];
  const values = sent.filter((value) => typeof value === "string");
  return values.length > 0 ? { values, essential: wanted.essential === true } : null;
}

/** Whether the request requires an `acr` and Foyer knows none of its values (OIDC Core §5.5.1.1). */
export function requiresUnsupportedAcr(request: ClaimsRequest | null): boolean {
  const { values = [], essential = false } = requestedAcr(request) ?? {};
  return essential && !values.some(isAcr);
}

/** The user ID that the request requires as `sub`, or null (OIDC Core §3.1.2.2, §5.5.1). */
export function requestedSubject(request: ClaimsRequest | null): string | null {
  const wanted = request?.id_token?.sub;
  return isObject(wanted) && typeof wanted.value === "string" ? wanted.value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a claim; null if the user has none. */
function claimOf(user: OidcUser, name: string): unknown {
  if (name === "updated_at") return Math.floor(user.updatedAt.getTime() / 1000);
  if (name === "email") return user.email;
  if (name === "email_verified") return user.email === null ? null : user.emailVerifiedAt !== null;
  if (Object.hasOwn(PROFILE_CLAIMS, name)) return user[PROFILE_CLAIMS[name as ProfileClaim].column];
  return contactClaims(user)[name as ContactClaim] ?? null;
}

/** Claims of the granted scopes and individually requested claims. The caller adds `sub`. */
export function userClaims(
  user: OidcUser,
  scopes: string[],
  wanted: Record<string, unknown> = {},
): Record<string, unknown> {
  const claims: Record<string, unknown> = {};
  const add = (name: string) => {
    const known = claimOf(user, name);
    if (known !== null) claims[name] = known;
  };
  for (const scope of scopes) BY_SCOPE[scope]?.forEach(add);
  Object.keys(wanted).forEach(add);
  return claims;
}
