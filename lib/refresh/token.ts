/**
 * A refresh token is `version.family.counter.salt.MAC`, and no row of its own: the family is a Session or a Grant, the MAC is keyed per App,
 * and the salt is the family's as its row has it, so replacing that ends every token of the family. Since the token carries it, a forged one
 * is told from a genuine one before the database is asked, and the statement that moves the family on only compares.
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
  salt: Buffer;
  keyVersion: number;
  mac: Buffer;
}

function macOf(family: RefreshFamily, counter: number, keyVersion: number): Buffer {
  const key = deriveKey("refresh", family.appId, keyVersion);
  const salt = Buffer.from(family.salt).toString("base64url");
  return hmacSha256(key, [FORMAT, family.familyId, counter, family.clientId, salt].join("\0"));
}

/** → `fr1-<key version>.<app>.<family>.<counter>.<salt>.<MAC>` */
export function writeRefreshToken(family: RefreshFamily, counter: number): string {
  const version = currentKeyVersion();
  const mac = macOf(family, counter, version).toString("base64url");
  const salt = Buffer.from(family.salt).toString("base64url");
  return [`${FORMAT}-${version}`, shortAppId(family.appId), family.familyId, counter, salt, mac].join(".");
}

/** Whether it is written as writeRefreshToken would write it today: the master key has had no newer version since. */
export function isCurrent(token: ParsedRefreshToken): boolean {
  return token.keyVersion === currentKeyVersion();
}

// One spelling only: no leading zeros; of the last character of 16 bytes in base64url only two bits count, of 32 bytes four.
const SHAPE =
  /^fr1-(0|[1-9]\d{0,5})\.([0-9a-z]{5,24})\.([a-z]{3}_[0-9a-z]{26})\.(0|[1-9]\d{0,8})\.([\w-]{21}[AQgw])\.([\w-]{42}[AEIMQUYcgkosw048])$/;

/** The parts of a well-formed token, or null. Proves nothing: see isGenuine. */
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

/** Whether we made this very token for this App and client. Whether its family lives, with this salt, is the row's to say. */
export function isGenuine(
  token: ParsedRefreshToken,
  { appId, clientId }: { appId: string; clientId: string },
): boolean {
  if (token.appId !== appId) return false;
  try {
    const { familyId, salt, counter, keyVersion } = token;
    return equalBytes(token.mac, macOf({ appId, familyId, clientId, salt }, counter, keyVersion));
  } catch {
    return false; // made under a master key that is gone
  }
}
