/**
 * A refresh token is `version.family.counter.MAC`, and no row of its own: the family is a Session, the MAC is keyed per App and
 * covers a salt in the Session's row, so replacing the salt ends every token of the family.
 */
import { equalBytes, hmacSha256 } from "../crypto/hash";
import { currentKeyVersion, deriveKey } from "../crypto/master-key";
import { appIdFromShort, shortAppId } from "../ids";

const FORMAT = "fr1";

export interface RefreshFamily {
  appId: string;
  /** The Session (or Grant) that all tokens of the family belong to. */
  familyId: string;
  /** The OAuth client, or the App itself for direct sessions. */
  clientId: string;
  salt: Uint8Array;
}

export interface ParsedRefreshToken {
  appId: string;
  familyId: string;
  counter: number;
  keyVersion: number;
  mac: Buffer;
}

function macOf(family: RefreshFamily, counter: number, keyVersion: number): Buffer {
  const key = deriveKey("refresh", family.appId, keyVersion);
  const salt = Buffer.from(family.salt).toString("base64url");
  return hmacSha256(key, [FORMAT, family.familyId, counter, family.clientId, salt].join("\0"));
}

/** → `fr1-<key version>.<app>.<family>.<counter>.<MAC>` */
export function writeRefreshToken(family: RefreshFamily, counter: number): string {
  const version = currentKeyVersion();
  const mac = macOf(family, counter, version).toString("base64url");
  return [`${FORMAT}-${version}`, shortAppId(family.appId), family.familyId, counter, mac].join(".");
}

// One spelling only: no leading zeros, and of the last character of 32 bytes in base64url only four bits count.
const SHAPE =
  /^fr1-(0|[1-9]\d{0,5})\.([0-9a-z]{5,24})\.([a-z]{3}_[0-9a-z]{26})\.(0|[1-9]\d{0,8})\.([\w-]{42}[AEIMQUYcgkosw048])$/;

/** The parts of a well-formed token, or null. Proves nothing: see isGenuine. */
export function parseRefreshToken(token: string): ParsedRefreshToken | null {
  const [, keyVersion, short = "", familyId, counter, mac] = SHAPE.exec(token) ?? [];
  const appId = appIdFromShort(short);
  if (!appId || !familyId || !mac) return null;
  return {
    appId,
    familyId,
    counter: Number(counter),
    keyVersion: Number(keyVersion),
    mac: Buffer.from(mac, "base64url"),
  };
}

/** Whether we made this very token for this family, as its row is now. */
export function isGenuine(token: ParsedRefreshToken, family: RefreshFamily): boolean {
  if (token.appId !== family.appId || token.familyId !== family.familyId) return false;
  try {
    return equalBytes(token.mac, macOf(family, token.counter, token.keyVersion));
  } catch {
    return false; // made under a master key that is gone
  }
}
