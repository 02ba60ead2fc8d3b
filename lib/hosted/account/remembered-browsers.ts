/** The form of the account page that makes browsers ask for the second factor again. */
import { forgetAllDevices, forgetDevice } from "../../factors/remembered-devices";
import type { AccountInput } from "./account-form";

/** `device` is an ID, or `all`. It makes the account safer, so it requires no recent sign-in. */
export async function submitDeviceRemoval({ app, form, session }: AccountInput): Promise<string> {
  const id = form.get("device") ?? "";
  if (id === "all") {
    await forgetAllDevices(app, session.userId);
    return "Every browser asks for your second factor from now on.";
  }
  await forgetDevice(app, session.userId, id);
  return "The browser asks for your second factor from now on.";
}
