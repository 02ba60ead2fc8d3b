/** Identifiers: a prefix that says what it is, then Crockford base 32 that sorts by time. Never reused, never secret. */
import { nowMs } from "./clock";
import { pooledRandomBytes } from "./crypto/random";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export type IdPrefix = "usr" | "key" | "ses" | "grn" | "evt" | "mail" | "ott" | "sec" | "idn" | "req" | "jti";

function encodeTime(value: number, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text;
  return text;
}

function random(length: number): string {
  let text = "";
  for (const byte of pooledRandomBytes(length)) text += ALPHABET[byte % 32];
  return text;
}

/** 48 bits of milliseconds and 80 random bits, e.g. `usr_01k8…` (30 characters). `at`: of something that is older than its row. */
export function newId(prefix: IdPrefix, at?: Date): string {
  return `${prefix}_${encodeTime(at?.getTime() ?? nowMs(), 10)}${random(16)}`;
}

/** What the ids of a moment begin with: all of them are greater, those of every moment before are smaller. */
export function firstIdAt(prefix: IdPrefix, at: Date): string {
  return `${prefix}_${encodeTime(Math.max(0, at.getTime()), 10)}`;
}

/** `cli_<app>_…`: a client id arrives alone, so it carries its App. */
export function newClientId(appId: string): string {
  return `cli_${shortAppId(appId)}_${encodeTime(nowMs(), 10)}${random(16)}`;
}

/** Shorter, since an App's id travels inside every credential: 7 characters of seconds, 7 random. */
export function newAppId(): string {
  return `app_${encodeTime(Math.floor(nowMs() / 1000), 7)}${random(7)}`;
}

export const TENANT_ZERO = "app_foyer";

const APP_ID = /^app_[0-9a-z]{5,24}$/;

export function isAppId(text: string): boolean {
  return APP_ID.test(text);
}

/** What stands for the App inside client ids, keys, codes and cookies. */
export function shortAppId(appId: string): string {
  return appId.slice("app_".length);
}

export function appIdFromShort(short: string): string | null {
  const id = `app_${short}`;
  return isAppId(id) ? id : null;
}
