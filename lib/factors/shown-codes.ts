/**
 * Recovery codes between their creation and the moment when the user has saved them: sealed, so that
 * the page that shows them can be loaded again.
 */
import { seal, unseal } from "../crypto/seal";

const LOCATION = "RecoveryCodes";

export function sealCodes(appId: string, userId: string, codes: string[]): string {
  return seal(codes.join(" "), { appId, location: `${LOCATION}/${userId}` });
}

/** null if the master key was removed meanwhile. */
export function unsealCodes(appId: string, userId: string, sealed: string): string[] | null {
  try {
    return unseal(sealed, { appId, location: `${LOCATION}/${userId}` }).split(" ");
  } catch {
    return null;
  }
}

/** The file that the user downloads. */
export function codesAsText(appName: string, account: string | null, codes: string[]): string {
  const title = `Recovery codes for ${appName}${account ? ` (${account})` : ""}`;
  return `${title}\r\n\r\n${codes.join("\r\n")}\r\n\r\nEach code works once, in place of your second factor.\r\n`;
}
