/** The inputs of the account's endpoints and forms. */
import { z } from "zod";
import { text } from "../input";
import { LinkToken } from "../signin/inputs";
import { Email, Password } from "../users/inputs";

export const EmailBody = z.object({ email: Email });

export const ResetBody = LinkToken.extend({ password: Password });

const CurrentPassword = text(1024).describe(
  "The current password. Leave it out for a user without a password, who must have signed in within the last five minutes.",
);

export const ChangePasswordBody = z.object({ current_password: CurrentPassword.optional(), new_password: Password });

export const ChangeEmailBody = z.object({ email: Email, password: CurrentPassword.optional() });

export const DeleteAccountBody = z.object({ password: CurrentPassword.optional() });

export const InvitationBody = z.object({
  email: Email,
  redirect_uri: text(2000)
    .describe("One of the app's return URLs: where Foyer redirects the user after the invitation is accepted.")
    .optional(),
});

/**
 * The form of the invitation page. A user who wants to sign in by email sends no password.
 */
export const AcceptanceForm = LinkToken.extend({ name: text(200).nullable(), password: Password.optional() });
