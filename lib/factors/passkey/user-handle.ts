/**
 * User handles of passkeys (WebAuthn §5.4.3). All apps of a Foyer share its host and so one RP ID, so
 * the handle names the app: a browser may offer the passkey of another one.
 */
import { shortAppId } from "../../ids";

/** At most 64 bytes: 24 of the app, 30 of the user. */
export function userHandle(appId: string, userId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(`${shortAppId(appId)}.${userId}`));
}

/** The user of a handle. null if it belongs to another app. */
export function userOfHandle(appId: string, handle: string): string | null {
  const text = Buffer.from(handle, "base64url").toString("utf8");
  const prefix = `${shortAppId(appId)}.`;
  return text.startsWith(prefix) ? text.slice(prefix.length) : null;
}
