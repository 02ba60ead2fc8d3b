/**
 * Identifiers: a prefix for the kind of object, then Crockford base 32 that sorts by time. IDs are
 * not secret.
 */
import { nowMs } from "./clock";
import { pooledRandomBytes } from "./crypto/random";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export type IdPrefix =
  | "usr"
  | "key"
  | "ses"
  | "grn"
  | "evt"
  | "mail"
  | "ott"
  | "sec"
  | "idn"
  | "int"
  | "jti"
  | "rgt"
  | "res"
  | "clm"
  | "fac"
  | "dev";

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

/**
 * 48 bits of milliseconds and 80 random bits, e.g. `usr_01k8…` (30 characters). `at` is for objects
 * older than their row.
 */
export function newId(prefix: IdPrefix, at?: Date): string {
  return `${prefix}_${encodeTime(at?.getTime() ?? nowMs(), 10)}${random(16)}`;
}

/** The smallest ID of a moment: IDs created before it are smaller, later ones are greater. */
export function firstIdAt(prefix: IdPrefix, at: Date): string {
  return `${prefix}_${encodeTime(Math.max(0, at.getTime()), 10)}`;
}

/** `cli_<app>_…`: a client ID contains its app, because requests may send it without the app. */
export function newClientId(appId: string): string {
  return `cli_${shortAppId(appId)}_${encodeTime(nowMs(), 10)}${random(16)}`;
}

/** 7 characters of seconds and 7 random ones. Short, because every credential contains it. */
export function newAppId(): string {
  return `app_${encodeTime(Math.floor(nowMs() / 1000), 7)}${random(7)}`;
}

export const TENANT_ZERO = "app_foyer";

const APP_ID = /^app_[0-9a-z]{5,24}$/;

export function isAppId(text: string): boolean {
  return APP_ID.test(text);
}

/** The app ID without its prefix, as client IDs, keys, codes and cookies contain it. */
export function shortAppId(appId: string): string {
  return appId.slice("app_".length);
}

export function appIdFromShort(short: string): string | null {
  const id = `app_${short}`;
  return isAppId(id) ? id : null;
}
