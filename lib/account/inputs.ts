/** What the endpoints and forms of an account's life accept. */
import { z } from "zod";
import { text } from "../input";
import { LinkToken } from "../signin/inputs";
import { Email, Password } from "../users/inputs";

export const EmailBody = z.object({ email: Email });

export const ResetBody = LinkToken.extend({ password: Password });

const PresentPassword = text(1024).describe(
  "The present one. Who has none leaves it out, and has signed in within the last five minutes.",
);

export const ChangePasswordBody = z.object({ current_password: PresentPassword.optional(), new_password: Password });

export const ChangeEmailBody = z.object({ email: Email, password: PresentPassword.optional() });

export const DeleteAccountBody = z.object({ password: PresentPassword.optional() });

export const InvitationBody = z.object({
  email: Email,
  redirect_uri: text(2000).describe("One of the App's return URLs: where they go once they have accepted.").optional(),
});

/** The form of an invitation's page; the password stays away where somebody wants to sign in by mail. */
export const AcceptanceForm = LinkToken.extend({ name: text(200).nullable(), password: Password.optional() });
