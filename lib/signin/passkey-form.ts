/** Sign-in with a passkey by a form of Foyer's own pages, whose script sends the browser's answer as JSON. */
import type { App } from "../apps/apps";
import { fail, isAppError } from "../errors";
import { AuthenticationAnswer } from "../factors/passkey/inputs";
import { forUsers } from "../factors/passkey/rejection";
import { jsonOrText } from "../input";
import {
  type BrowserSignIn,
  completeBrowserSignIn,
  type PendingBrowserSignIn,
  type SigningInBrowser,
} from "./complete";
import { proveByPasskey } from "./passkey";

/** The page is for users, who can't do anything about a wrong origin. */
function failForUsers(error: unknown): never {
  if (isAppError(error) && error.code === "invalid_passkey") fail(error.status, error.code, forUsers(error));
  throw error;
}

/** @throws 401 `invalid_passkey` with a text for users; 403; 429 */
export async function signInWithPasskey(
  app: App,
  sent: string | undefined,
  browser: SigningInBrowser,
): Promise<BrowserSignIn | PendingBrowserSignIn> {
  const answer = AuthenticationAnswer.safeParse(jsonOrText(sent));
  if (!answer.success) fail(401, "invalid_passkey", forUsers());
  try {
    return await completeBrowserSignIn(app, await proveByPasskey(app, answer.data), browser);
  } catch (error) {
    return failForUsers(error);
  }
}
