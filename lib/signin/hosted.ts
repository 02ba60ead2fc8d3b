/** Sign-up and sign-in of a person at one of Foyer's own pages: the same proofs, counted by the person's address, into a browser session. */
import type { App } from "../apps/apps";
import type { EmailAddress } from "../users/email";
import { completeBrowserSignIn } from "./complete";
import { provePassword, proveSignUp, type SignUpInput } from "./password";

/** The user that is about to act is not known yet. */
const SOMEBODY = { type: "user" } as const;

export async function signUpWithBrowser(app: App, input: SignUpInput) {
  return completeBrowserSignIn(app, await proveSignUp(app, input, SOMEBODY));
}

export async function signInWithBrowser(app: App, input: { email: EmailAddress; password: string }) {
  return completeBrowserSignIn(app, await provePassword(app, input, SOMEBODY));
}
