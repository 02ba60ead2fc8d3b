/** Device codes (RFC 8628 §3.2): the secret of the device, which it polls with. */
import { randomBytes } from "node:crypto";
import { appIdFromShort, shortAppId } from "../../ids";

const CODE = /^fd_([0-9a-z]{5,24})_[\w-]{43}$/;

export function newDeviceCode(appId: string): string {
  return `fd_${shortAppId(appId)}_${randomBytes(32).toString("base64url")}`;
}

/** The app ID in a device code, or null if the code is malformed. */
export function appOfDeviceCode(code: string): string | null {
  const [, short] = CODE.exec(code) ?? [];
  return short ? appIdFromShort(short) : null;
}
