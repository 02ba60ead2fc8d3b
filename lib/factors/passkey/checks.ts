/**
 * The checks that registrations and sign-ins have in common (WebAuthn §7.1, §7.2), each with a reason
 * of its own. The library repeats them with the signature.
 */
import { decodeClientDataJSON, parseAuthenticatorData } from "@simplewebauthn/server/helpers";
import type { App } from "../../apps/apps";
import { equalBytes, sha256 } from "../../crypto/hash";
import { type Challenge, type ChallengeUse, readChallenge } from "./challenge";
import type { RejectionReason } from "./rejection";
import { expectedOrigins, rpIdOf } from "./site";

type ClientDataType = "webauthn.create" | "webauthn.get";

/** What the browser says about the page: which operation, challenge and origin. */
export function checkClientData(
  app: App,
  use: ChallengeUse,
  type: ClientDataType,
  encoded: string,
): Challenge | RejectionReason {
  const data = attempt(() => decodeClientDataJSON(encoded));
  if (typeof data !== "object" || data === null || typeof data.challenge !== "string") return "malformed";
  if (data.type !== type) return "type";
  // A page in a frame of another site could make a user sign in unknowingly.
  if (!expectedOrigins(app.settings).includes(data.origin) || data.crossOrigin) return "origin";
  return readChallenge(app.id, use, data.challenge) ?? "challenge";
}

/** What the authenticator says: for which domain, and whether it verified its user. */
export function checkAuthenticatorData(app: App, bytes: Uint8Array<ArrayBuffer>): RejectionReason | null {
  const data = attempt(() => parseAuthenticatorData(bytes));
  if (!data) return "malformed";
  if (!equalBytes(data.rpIdHash, sha256(rpIdOf(app.settings)))) return "rp_id";
  return data.flags.up && data.flags.uv ? null : "unverified";
}

/** null for what the library rejects. */
export function attempt<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}

/** RFC 8176 §2: a key in software leaves its device, by the cloud of its owner. Both verify the user. */
export function amrOf(synced: boolean): string[] {
  return [synced ? "swk" : "hwk", "user"];
}
