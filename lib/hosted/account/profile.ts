/** Forms of the account page: name, email address and password. */
import { z } from "zod";
import { requestEmailChange } from "../../account/change-email";
import { changePassword } from "../../account/change-password";
import { ChangeEmailBody, ChangePasswordBody } from "../../account/inputs";
import { requestVerification } from "../../account/send-verification";
import { parseInput, text } from "../../input";
import { parseEmail } from "../../users/email";
import { updateUser } from "../../users/update-user";
import { type AccountInput, actorOf } from "./account-form";

const Profile = z.object({ name: text(200).nullable() });

export async function submitProfile({ app, form, session }: AccountInput): Promise<string> {
  await updateUser(app, session.userId, parseInput(Profile, { name: form.get("name") ?? null }), actorOf(session));
  return "Your name was saved.";
}

export async function submitEmailChange({ app, form, session }: AccountInput): Promise<string> {
  const { email, password } = parseInput(ChangeEmailBody, {
    email: form.get("email") ?? "",
    password: form.get("password") || undefined,
  });
  await requestEmailChange(app, { userId: session.userId, sessionId: session.id, email, password });
  return "We’ve sent a link to the new email address. Open it to confirm the change.";
}

/** Sends the verification email again. */
export async function submitEmailVerification({ app, session }: AccountInput): Promise<string> {
  const email = parseEmail(session.email ?? "");
  if (email) await requestVerification(app, email, actorOf(session));
  return "We’ve sent you a link. Open it to verify your email address.";
}

export async function submitPassword({ app, form, session }: AccountInput): Promise<string> {
  const input = parseInput(ChangePasswordBody, {
    // The form has no such field for a user without a password.
    current_password: form.get("current_password") || undefined,
    new_password: form.get("new_password") ?? "",
  });
  await changePassword(app, {
    userId: session.userId,
    sessionId: session.id,
    currentPassword: input.current_password,
    newPassword: input.new_password,
  });
  return "Your password was changed. You are signed out on all other devices.";
}
