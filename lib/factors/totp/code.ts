/** Time-based one-time passwords (RFC 6238): secret, codes and the `otpauth` URI. Without I/O. */
import { Secret, TOTP } from "otpauth";

/** 160 bits, as RFC 4226 §4 recommends (R6). */
const SECRET_BYTES = 20;
/** One step either way: clocks differ, and typing takes time (RFC 6238 §5.2). */
const WINDOW = 1;

/** SHA-1, 6 digits and 30 seconds: what every authenticator app supports. */
const PARAMETERS = { algorithm: "SHA1", digits: 6, period: 30 } as const;

/** A new secret in base 32, as users can type it. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/**
 * The time step whose code this is, or null. `code` is what `readDigits` returned; `lastStep` and
 * earlier steps are used up (RFC 6238 §5.2).
 */
export function matchingStep(secret: string, code: string, atMs: number, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const totp = new TOTP({ ...PARAMETERS, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token: code, timestamp: atMs, window: WINDOW });
  if (delta === null) return null;
  const step = totp.counter({ timestamp: atMs }) + delta;
  return lastStep === null || step > lastStep ? step : null;
}

/** A colon separates the issuer from the account in the label, so neither may contain one. */
function withoutColons(text: string): string {
  return text.replaceAll(/\s*:\s*/g, " ").trim();
}

/** `otpauth://totp/Blog:bob%40example.com?…`, which authenticator apps read from the QR code. */
export function otpauthUri(secret: string, issuer: string, account: string): string {
  const names = { issuer: withoutColons(issuer), label: withoutColons(account) };
  return new TOTP({ ...PARAMETERS, ...names, secret: Secret.fromBase32(secret) }).toString();
}
