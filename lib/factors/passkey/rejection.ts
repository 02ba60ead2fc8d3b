/** Why an answer of a browser was rejected: one sentence each, also for the event. */
import type { App } from "../../apps/apps";
import { type AppError, fail } from "../../errors";

const TEXTS = {
  malformed: "The answer isn't a valid WebAuthn answer. Send it as the browser returned it.",
  type: "The answer is for another operation. Sign-in needs navigator.credentials.get(), registration needs create().",
  challenge: "The challenge is unknown, expired or for something else. Request new options and try again.",
  repeated: "The challenge was already used. Request new options and try again.",
  origin: "The page that used the passkey isn't one of this app's. Add its origin to the setting passkey_origins.",
  rp_id: "The passkey is for another domain (RP ID) than this app's.",
  unverified: "The device didn't verify its user. Use a screen lock, PIN or biometrics with the passkey.",
  another_app: "This passkey belongs to another app. Choose a passkey that you added to this app.",
  unknown: "This passkey isn't registered, or it was removed. Choose another one, or sign in with another method.",
  signature: "The signature of the passkey is wrong.",
  counter: "The passkey's counter went back, so it may have been copied. Sign in with another method.",
  algorithm: "The key of the passkey isn't supported. ES256, EdDSA and RS256 (2048 to 4096 bits) are.",
  attestation: "The answer has an attestation, which the options didn't ask for.",
} as const;

export type RejectionReason = keyof typeof TEXTS;

export interface RejectedPasskey {
  rejected: RejectionReason;
  /** The owner of the passkey, if it is known. */
  userId?: string;
  passkey?: string;
}

export function textOf({ rejected }: RejectedPasskey): string {
  return TEXTS[rejected];
}

export function isRejected(result: object): result is RejectedPasskey {
  return "rejected" in result;
}

/** @throws 400 for a registration, 401 for a sign-in */
export function failPasskey(rejected: RejectedPasskey, status: 400 | 401): never {
  fail(status, "invalid_passkey", textOf(rejected), { detail: rejected.rejected });
}

/** What users of Foyer's pages can act on. */
const FOR_USERS: ReadonlySet<string> = new Set(["unverified", "another_app", "unknown", "counter"]);

/** The text of a rejection on a page. */
export function forUsers(error?: AppError): string {
  if (error && FOR_USERS.has(error.options.detail ?? "")) return error.description;
  return "The passkey couldn’t be used. Try again, or sign in another way.";
}

export function failDisabled(): never {
  fail(403, "method_disabled", "This app has disabled passkeys. Use another method.");
}

/** @throws 403 `method_disabled` */
export function requirePasskeysEnabled(app: App): void {
  if (!app.settings.passkeys) failDisabled();
}
