/** Forms of the account page: adding and renaming passkeys. */
import { RenamePasskeyBody } from "../../factors/passkey/inputs";
import { renamePasskey } from "../../factors/passkey/own-passkeys";
import { parseInput } from "../../input";
import { registerOwnPasskey } from "../../signin/enroll-passkey";
import { readNewPasskey } from "../second-factor/passkey";
import type { AccountInput } from "./account-form";
import { sessionOf, showAdded } from "./factors";

export async function submitOwnPasskey(input: AccountInput): Promise<Response> {
  const { app, form, session } = input;
  const user = { id: session.userId, email: session.email, name: session.name };
  const added = await registerOwnPasskey(app, { user, sessionId: session.id }, { response: readNewPasskey(form) });
  return showAdded(input, added.recovery_codes ?? null, "The passkey was added. You can sign in with it from now on.");
}

export async function submitPasskeyName(input: AccountInput): Promise<string> {
  const { app, form } = input;
  const { name } = parseInput(RenamePasskeyBody, { name: form.get("name") ?? "" });
  await renamePasskey(app, sessionOf(input), form.get("passkey") ?? "", name);
  return "The passkey was renamed.";
}
