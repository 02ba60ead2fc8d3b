/** Sign-in with a passkey: two factors by itself, since the device verified its user. */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER } from "../audit/events";
import { requestOptions, type VerifiedPasskey, verifyPasskey } from "../factors/passkey/authentication";
import { SIGN_IN } from "../factors/passkey/challenge";
import { consumePasskey } from "../factors/passkey/consume";
import type { AuthenticationAnswer } from "../factors/passkey/inputs";
import { failPasskey, isRejected, type RejectedPasskey, requirePasskeysEnabled } from "../factors/passkey/rejection";
import { recordPasskeyRejection } from "../factors/passkey/rejection-event";
import { limitPasskeys } from "../limits/sign-in";
import type { Proof } from "./complete";

/** How the audit trail names it. */
export const PASSKEY_METHOD = "passkey";

/** @throws 403 `method_disabled` */
export function passkeySignInOptions(app: App) {
  requirePasskeysEnabled(app);
  return requestOptions(app, SIGN_IN);
}

function reject(app: App, rejected: RejectedPasskey): never {
  recordPasskeyRejection(app, "user.sign_in_failed", rejected);
  return failPasskey(rejected, 401);
}

/** @throws 401 `invalid_passkey`; 403 `method_disabled`; 429 */
export async function verifySignIn(app: App, answer: AuthenticationAnswer): Promise<VerifiedPasskey> {
  requirePasskeysEnabled(app);
  const verified = await limitPasskeys(app.id, async () => {
    const value = await verifyPasskey(app, SIGN_IN, answer);
    return { success: !isRejected(value), value };
  });
  return isRejected(verified) ? reject(app, verified) : verified;
}

export function proofOf(app: App, verified: VerifiedPasskey): Proof {
  return {
    by: ANONYMOUS_USER,
    identify: async (tx) => {
      const used = await consumePasskey(tx, app.id, verified);
      if (isRejected(used)) return reject(app, used);
      return { user: used, method: PASSKEY_METHOD, amr: [...verified.amr, "mfa"] };
    },
  };
}

/** @throws 401 `invalid_passkey`; 403 `method_disabled`; 429 */
export async function proveByPasskey(app: App, answer: AuthenticationAnswer): Promise<Proof> {
  return proofOf(app, await verifySignIn(app, answer));
}
