/** What the consent page says about each scope that is asked for. Pure. */
import type { Consent } from "@/lib/oauth/consent";
import { type Scope, USER_SCOPES } from "@/lib/oauth/scopes/scopes";

export interface RequestedScope extends Scope {
  /** Given before, by this user to this client. */
  allowed: boolean;
  /** Optional ones: whether the box starts ticked. */
  ticked: boolean;
}

export interface RequestedScopes {
  aboutYou: RequestedScope[];
  access: RequestedScope[];
  /** The client stays connected while the user is away. */
  offlineAccess: boolean;
}

export function groupRequestedScopes(
  names: string[],
  known: Map<string, Scope>,
  consent: Consent | null,
): RequestedScopes {
  const asked = names.flatMap((name): RequestedScope[] => {
    const scope = known.get(name);
    if (!scope) return [];
    const allowed = consent?.scopes.includes(name) ?? false;
    return [{ ...scope, allowed, ticked: !consent?.declinedScopes.includes(name) }];
  });
  // Said with how long the access lasts, not among what it reaches.
  const shown = asked.filter(({ name }) => name !== "offline_access");
  return {
    aboutYou: shown.filter(({ name }) => USER_SCOPES.has(name)),
    access: shown.filter(({ name }) => !USER_SCOPES.has(name)),
    offlineAccess: names.includes("offline_access"),
  };
}
