/**
 * API keys, client secrets and registration tokens: `foyer_sk_<app>_<43 random><6 checksum>`. A double click selects all
 * of it. The CRC-32 lets Foyer and secret scanners reject a mistyped one without a lookup.
 */
import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import { appIdFromShort, shortAppId } from "../ids";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH = 43; // 62^43 > 2^256
const CHECKSUM_LENGTH = 6;

function base62(value: number, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / 62)) text = BASE62[rest % 62] + text;
  return text;
}

function checksum(body: string): string {
  return base62(crc32(body), CHECKSUM_LENGTH);
}

/** API key, client secret, registration access token (RFC 7592), initial access token (RFC 7591 §3). */
export type SecretKind = "foyer_sk" | "foyer_cs" | "foyer_rat" | "foyer_iat";

export function newSecretToken(kind: SecretKind, appId: string): string {
  let body = `${kind}_${shortAppId(appId)}_`;
  for (let i = 0; i < RANDOM_LENGTH; i++) body += BASE62[randomInt(62)];
  return body + checksum(body);
}

/**
 * Returns the app ID in a well-formed secret, or null. It doesn't tell whether the secret is valid.
 */
export function appIdOfSecretToken(kind: SecretKind, token: string): string | null {
  if (token.length > 128 || !token.startsWith(`${kind}_`)) return null;
  const [short, random, ...rest] = token.slice(kind.length + 1).split("_");
  if (!short || random?.length !== RANDOM_LENGTH + CHECKSUM_LENGTH || rest.length > 0) return null;
  const body = token.slice(0, -CHECKSUM_LENGTH);
  return checksum(body) === token.slice(-CHECKSUM_LENGTH) ? appIdFromShort(short) : null;
}

/** The part of a secret that may be shown again: kind, app and four characters. */
export function visiblePrefix(token: string): string {
  return token.slice(0, token.lastIndexOf("_") + 5);
}
