/**
 * Refresh-token format and MAC. A token has no row of its own: it names its family (a session or
 * grant) and contains the family's salt, so replacing the salt in the row revokes all tokens of the
 * family. The MAC, with a key per app, rejects a forged token without a database query.
 */
import { equalBytes, hmacSha256 } from "../crypto/hash";
import { currentKeyVersion, deriveKey } from "../crypto/master-key";
import { appIdFromShort, shortAppId } from "../ids";

const FORMAT = "fr1";

export interface RefreshFamily {
  appId: string;
  /** The ID of the session or grant. */
  familyId: string;
  /** The OAuth client, or the app itself for direct sessions. */
  clientId: string;
  salt: Uint8Array;
}

export interface ParsedRefreshToken {
  appId: string;
  familyId: string;
  counter: number;
  salt: Buffer;
  keyVersion: number;
  mac: Buffer;
}

function macOf(family: RefreshFamily, counter: number, keyVersion: number): Buffer {
  const key = deriveKey("refresh", family.appId, keyVersion);
  const salt = Buffer.from(family.salt).toString("base64url");
  return hmacSha256(key, [FORMAT, family.familyId, counter, family.clientId, salt].join("\0"));
}

/** Returns `fr1-<key version>.<app>.<family>.<counter>.<salt>.<MAC>`. */
export function writeRefreshToken(family: RefreshFamily, counter: number): string {
  const version = currentKeyVersion();
  const mac = macOf(family, counter, version).toString("base64url");
  const salt = Buffer.from(family.salt).toString("base64url");
  return [`${FORMAT}-${version}`, shortAppId(family.appId), family.familyId, counter, salt, mac].join(".");
}

/** Whether the token was issued under the current version of the master key. */
export function isCurrent(token: ParsedRefreshToken): boolean {
  return token.keyVersion === currentKeyVersion();
}

// Each token has one spelling: numbers have no leading zeros, and the unused bits in the last
// base64url character (16 bytes use two bits of it, 32 bytes four) are zero.
const SHAPE =
  /^fr1-(0|[1-9]\d{0,5})\.([0-9a-z]{5,24})\.([a-z]{3}_[0-9a-z]{26})\.(0|[1-9]\d{0,8})\.([\w-]{21}[AQgw])\.([\w-]{42}[AEIMQUYcgkosw048])$/;

/** Parses a well-formed token, or returns null. Doesn't verify the MAC: see isGenuine. */
export function parseRefreshToken(token: string): ParsedRefreshToken | null {
  const [, keyVersion, short = "", familyId, counter, salt, mac] = SHAPE.exec(token) ?? [];
  const appId = appIdFromShort(short);
  if (!appId || !familyId || !salt || !mac) return null;
  return {
    appId,
    familyId,
    counter: Number(counter),
    salt: Buffer.from(salt, "base64url"),
    keyVersion: Number(keyVersion),
    mac: Buffer.from(mac, "base64url"),
  };
}

/**
 * Whether Foyer issued this token for this app and client. Doesn't check that the family is active
 * and still has this salt.
 */
export function isGenuine(
  token: ParsedRefreshToken,
  { appId, clientId }: { appId: string; clientId: string },
): boolean {
  if (token.appId !== appId) return false;
  try {
    const { familyId, salt, counter, keyVersion } = token;
    return equalBytes(token.mac, macOf({ appId, familyId, clientId, salt }, counter, keyVersion));
  } catch {
    return false; // The version of the master key no longer exists.
  }
}
