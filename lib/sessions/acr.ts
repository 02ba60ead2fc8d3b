/** What a sign-in is worth: `acr` and `amr` (OIDC Core §2, RFC 8176). */

/** Authentication method references of a sign-in, for example `["pwd"]`. */
export type AuthenticationMethods = string[];

/**
 * The authentication context classes, weakest first: one factor, two factors, and a passkey with
 * user verification, which is resistant to phishing. Each satisfies those before it.
 */
export const ACR_VALUES = ["1", "2", "phr"] as const;

export type Acr = (typeof ACR_VALUES)[number];

export function isAcr(value: unknown): value is Acr {
  return ACR_VALUES.includes(value as Acr);
}

/** A passkey proves the device (`hwk` or `swk`) and its user. */
export function usedPasskey(amr: AuthenticationMethods): boolean {
  return amr.includes("user") && (amr.includes("hwk") || amr.includes("swk"));
}

export function acrOf(amr: AuthenticationMethods): Acr {
  if (usedPasskey(amr)) return "phr";
  return amr.includes("mfa") ? "2" : "1";
}

/** Whether a sign-in of class `reached` satisfies a request for `wanted`. An unknown class is never satisfied. */
export function satisfies(reached: string | null, wanted: string): boolean {
  const level = ACR_VALUES.indexOf(wanted as Acr);
  // Sessions from before there were classes had one factor.
  return level >= 0 && ACR_VALUES.indexOf((reached ?? "1") as Acr) >= level;
}

/** The methods of both steps. With a second one, the sign-in has two factors. */
export function withFactor(first: AuthenticationMethods, second: AuthenticationMethods): AuthenticationMethods {
  return [...new Set([...first, ...second, "mfa"])];
}
