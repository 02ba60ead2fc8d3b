/** What each kind of second factor provides: ./list.ts has them all. */
import type { App } from "../apps/apps";
import type { FactorType } from "../apps/settings";
import type { Tx } from "../database/client";
import type { AuthenticationMethods } from "../sessions/acr";

/** What the user presents, as the API and the pages call it. One member is present. */
export interface FactorAnswer {
  /** From an authenticator app or an email. */
  code?: string;
  recovery_code?: string;
  /** The browser's answer to the request options (WebAuthn). */
  passkey?: unknown;
}

export interface FactorOwner {
  userId: string;
  email: string | null;
  factors: string[];
  /** The pending sign-in that the factor completes. */
  pendingId: string;
}

/** An answer that is right. */
export interface ProvedFactor {
  /** How events call it. */
  factor: FactorType | "recovery_code";
  /** What it adds to the sign-in's methods, without `mfa`. */
  amr: AuthenticationMethods;
  /**
   * Uses it up, in the transaction of the sign-in. false if another request was first: the answer is
   * then as wrong as any other.
   */
  use: (tx: Tx) => Promise<boolean>;
}

export interface FactorHandler {
  factor: ProvedFactor["factor"];
  /** null if the answer is for another kind of factor, or wrong. */
  verify: (app: App, owner: FactorOwner, answer: FactorAnswer) => Promise<ProvedFactor | null>;
}
