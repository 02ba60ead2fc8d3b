/** The requested scopes as the consent page groups them. lib/oauth/scopes has their descriptions. */
import type { Consent } from "@/lib/oauth/consent";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { USER_SCOPES } from "@/lib/oauth/scopes/scopes";

export interface RequestedScope extends Scope {
  /** The user allowed it to this client before. */
  allowed: boolean;
  /** For an optional scope: whether its checkbox starts checked. */
  ticked: boolean;
}

export interface RequestedScopes {
  aboutYou: RequestedScope[];
  access: RequestedScope[];
  /** The client keeps its access after the session has ended (offline_access). */
  offlineAccess: boolean;
}

export function groupRequestedScopes(
  names: string[],
  known: Map<string, Scope>,
  consent: Consent | null,
): RequestedScopes {
  const requested = names.flatMap((name): RequestedScope[] => {
    const scope = known.get(name);
    if (!scope) return [];
    const allowed = consent?.scopes.includes(name) ?? false;
    return [{ ...scope, allowed, ticked: !consent?.declinedScopes.includes(name) }];
  });
  // offline_access is shown as the access duration, not in the list.
  const shown = requested.filter(({ name }) => name !== "offline_access");
  return {
    aboutYou: shown.filter(({ name }) => USER_SCOPES.has(name)),
    access: shown.filter(({ name }) => !USER_SCOPES.has(name)),
    offlineAccess: names.includes("offline_access"),
  };
}
