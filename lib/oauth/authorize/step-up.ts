/**
 * Step-up: what a session lacks for the `acr` that a client requests (OIDC Core §5.5.1.1, RFC 9470),
 * without I/O.
 */
import type { AppSettings } from "../../apps/settings";
import { type Assessment, addableFactors, type FactorFacts, strongFactors } from "../../factors/policy";
import { ACR_VALUES, type Acr, type AuthenticationMethods, isAcr, satisfies } from "../../sessions/acr";
import type { AcrRequest } from "../claims";

export interface SignedInFacts extends FactorFacts {
  acr: string | null;
  amr: AuthenticationMethods;
}

export interface StepUp {
  /** The class to reach. */
  acr: Acr;
  needs: Exclude<Assessment, { type: "admit" }>;
}

/** The requested values that Foyer knows, weakest first. */
function known({ values }: AcrRequest): Acr[] {
  return ACR_VALUES.filter((value) => values.includes(value) && isAcr(value));
}

/** Whether the session has a requested class, or the request names none that Foyer knows. */
export function isStrongEnough(request: AcrRequest | null, { acr }: { acr: string | null }): boolean {
  const values = request ? known(request) : [];
  return values.length === 0 || values.some((value) => satisfies(acr, value));
}

/**
 * How the user can reach the weakest requested class: with a factor that the user has, or else with
 * a new one. null if the app's policy or the user's address allows neither.
 */
export function stepUpOf(request: AcrRequest, user: SignedInFacts, settings: AppSettings): StepUp | null {
  const [acr] = known(request);
  if (!acr || settings.mfa === "off") return null;
  const first = { method: "session", amr: user.amr };
  const reaches = (type: string) => acr !== "phr" || type === "passkey";
  const usable = strongFactors(settings, user, first).filter(reaches);
  if (usable.length > 0) return { acr, needs: { type: "use", methods: usable } };
  const addable = addableFactors(settings, user, first).filter(reaches);
  return addable.length > 0 ? { acr, needs: { type: "enroll", methods: addable } } : null;
}

/**
 * The `acr` of the response: one that the client requested as essential, otherwise the strongest
 * that the session has.
 */
export function acrOfResponse(request: AcrRequest | null, session: { acr: string | null }): string | null {
  if (!request?.essential) return session.acr;
  const met = known(request).filter((value) => satisfies(session.acr, value));
  return met.at(-1) ?? session.acr;
}
