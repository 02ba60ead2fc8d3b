/**
 * Whether a sign-in needs a second factor, by the app's settings and the user's factors. Without
 * I/O, so that every sign-in decides alike.
 */
import type { AppSettings, FactorType } from "../apps/settings";
import type { AuthenticationMethods } from "../sessions/acr";

export interface FactorFacts {
  /** `User.factors` */
  factors: string[];
  email: string | null;
  emailVerifiedAt: Date | null;
}

/** What the user has proved. */
export interface FirstStep {
  /** The method's name in the audit trail. */
  method: string;
  amr: AuthenticationMethods;
  /** The user chose earlier to skip the second factor in this browser. */
  remembered?: boolean;
}

export type Assessment =
  | { type: "admit" }
  /** The user must use one of these factors. */
  | { type: "use"; methods: FactorType[] }
  /** The user must add one of these factors. */
  | { type: "enroll"; methods: FactorType[] };

type Policy = Pick<AppSettings, "mfa" | "mfa_methods" | "passkeys">;

/** A link, a code or an invitation was emailed: one mailbox is one factor. */
function provedMailbox({ amr }: FirstStep): boolean {
  return amr.includes("otp");
}

function offered({ mfa_methods, passkeys }: Policy): FactorType[] {
  return mfa_methods.filter((type) => type !== "passkey" || passkeys);
}

/** The second factors that this user can use now. */
export function usableFactors(policy: Policy, user: FactorFacts, first: FirstStep): FactorType[] {
  return offered(policy).filter((type) => {
    if (type !== "email") return user.factors.includes(type);
    if (provedMailbox(first) || !user.emailVerifiedAt || !user.email) return false;
    return policy.mfa === "required" || user.factors.includes("email");
  });
}

/**
 * What can confirm a signed-in user: also a passkey where the app doesn't count it as a second
 * factor, since it signs in by itself.
 */
export function strongFactors(policy: Policy, user: FactorFacts, first: FirstStep): FactorType[] {
  const usable = policy.mfa === "off" ? [] : usableFactors(policy, user, first);
  const passkey = policy.passkeys && user.factors.includes("passkey") ? (["passkey"] as const) : [];
  return [...new Set([...usable, ...passkey])];
}

/** The second factors that this user can add. The code of an email address verifies it too. */
export function addableFactors(policy: Policy, user: FactorFacts, first: FirstStep): FactorType[] {
  return offered(policy).filter((type) => type !== "email" || (user.email !== null && !provedMailbox(first)));
}

export function assess(policy: Policy, user: FactorFacts, first: FirstStep): Assessment {
  if (policy.mfa === "off" || first.amr.includes("mfa") || first.remembered) return { type: "admit" };
  const usable = usableFactors(policy, user, first);
  if (policy.mfa === "optional") {
    // A passkey alone is a way to sign in. It makes a password ask for no more.
    return usable.some((type) => type !== "passkey") ? { type: "use", methods: usable } : { type: "admit" };
  }
  if (usable.length > 0) return { type: "use", methods: usable };
  return { type: "enroll", methods: addableFactors(policy, user, first) };
}
