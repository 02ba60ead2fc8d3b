/** The form of the sign-in page that a script sends with the browser's answer about a passkey. */
import type { BrowserSignIn, PendingBrowserSignIn } from "../../signin/complete";
import { signInWithPasskey } from "../../signin/passkey-form";
import type { FormInput } from "../form-route";
import { continueSignedIn, interactionOf, showFormAgain } from "../interactions";
import { signingInFor } from "../signing-in";

export async function submitPasskeySignIn(input: FormInput): Promise<Response> {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  let signedIn: BrowserSignIn | PendingBrowserSignIn;
  try {
    signedIn = await signInWithPasskey(app, form.get("passkey"), signingInFor(request, app, interaction));
  } catch (thrown) {
    return showFormAgain(app, interaction, "signin", form, thrown);
  }
  return continueSignedIn(request, app, interaction, signedIn);
}
