/** Which claims about a user a client gets: by scope (OIDC Core §5.4) and by the claims parameter (§5.5). */
import { ACR } from "../sessions/sessions";
import { PROFILE_CLAIMS, type ProfileClaim } from "../users/profile";
import type { OidcUser } from "../users/user-views";

/** The part of the claims parameter that is honoured: what is wanted where. Values asked for are read as wishes. */
export interface ClaimsRequest {
  userinfo?: Record<string, unknown>;
  id_token?: Record<string, unknown>;
}

const BY_SCOPE: Record<string, string[]> = {
  profile: [...Object.keys(PROFILE_CLAIMS), "updated_at"],
  email: ["email", "email_verified"],
};

export const SUPPORTED_CLAIMS = ["sub", ...Object.keys(PROFILE_CLAIMS), "updated_at", "email", "email_verified"];

/** null when it is not what OIDC Core §5.5 describes. */
export function parseClaimsRequest(text: string): ClaimsRequest | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return null;
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

/** The scopes that the claims asked for one by one belong to: whoever asks for a part must be allowed it, as for the whole. */
export function scopesOfClaims(request: ClaimsRequest | null): string[] {
  const names = [...Object.keys(request?.userinfo ?? {}), ...Object.keys(request?.id_token ?? {})];
  return Object.keys(BY_SCOPE).filter((scope) => names.some((name) => BY_SCOPE[scope]?.includes(name)));
}

/** Without the claims about the user that none of these scopes covers. */
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

/**
 * Whether the request insists on ways of signing in that there are none of (OIDC Core §5.5.1.1: then the authentication has failed). As a
 * wish, `acr` is only answered by what was done.
 */
export function requiresUnsupportedAcr(request: ClaimsRequest | null): boolean {
  const wanted = request?.id_token?.acr;
  if (!isObject(wanted) || wanted.essential !== true) return false;
  const values = [wanted.value, ...(Array.isArray(wanted.values) ? wanted.values : [])].filter(
    (value) => value !== undefined,
  );
  return values.length > 0 && !values.includes(ACR);
}

/** The one user whom the request is about, if it says so by value (OIDC Core §3.1.2.2, §5.5.1). */
export function requestedSubject(request: ClaimsRequest | null): string | null {
  const wanted = request?.id_token?.sub;
  return isObject(wanted) && typeof wanted.value === "string" ? wanted.value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is known of the user under the name of a claim; null where nothing is. */
function claimOf(user: OidcUser, name: string): unknown {
  if (name === "updated_at") return Math.floor(user.updatedAt.getTime() / 1000);
  if (name === "email") return user.email;
  if (name === "email_verified") return user.email === null ? null : user.emailVerifiedAt !== null;
  return Object.hasOwn(PROFILE_CLAIMS, name) ? user[PROFILE_CLAIMS[name as ProfileClaim].column] : null;
}

/** The claims of the granted scopes and those asked for one by one; `sub` is the caller's to add. */
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
