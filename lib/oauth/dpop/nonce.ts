/** DPoP nonces (RFC 9449 §8): derived from the time and a key of the app, so they need no rows. */
import { nowSeconds } from "../../clock";
import { equalText, hmacSha256 } from "../../crypto/hash";
import { deriveKey, keyVersions } from "../../crypto/master-key";

/** A nonce is issued for this long, and accepted for as long again. */
const WINDOW_SECONDS = 120;

function nonceOf(appId: string, window: number, version?: number): string {
  return hmacSha256(deriveKey("dpop-nonce", appId, version), String(window)).toString("base64url");
}

function currentWindow(): number {
  return Math.floor(nowSeconds() / WINDOW_SECONDS);
}

export function currentNonce(appId: string): string {
  return nonceOf(appId, currentWindow());
}

/** Of the current window, the one before, or the next: another process's clock may be ahead. */
export function isValidNonce(appId: string, nonce: string): boolean {
  const window = currentWindow();
  return keyVersions().some((version) =>
    [window, window - 1, window + 1].some((one) => equalText(nonce, nonceOf(appId, one, version))),
  );
}
