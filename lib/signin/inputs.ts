/** The inputs of the sign-in endpoints and forms. */
import { z } from "zod";
import { text } from "../input";
import { SixDigits } from "../one-time/inputs";
import { Email, Password } from "../users/inputs";

export const SignUpBody = z.object({
  email: Email,
  password: Password,
  name: text(200)
    .describe("The full display name.")
    .nullish()
    .transform((name) => name ?? null),
});

export const SignInBody = z.object({ email: Email, password: Password });

/** Not validated further: a malformed token is rejected as an unknown one. */
export const RefreshBody = z.object({ refresh_token: text(500).describe("The newest refresh token of the session.") });

export const ExchangeBody = z.object({ code: text(100).describe("The code that the return URL received.") });

export const MagicLinkBody = z.object({
  email: Email,
  redirect_uri: text(2000)
    .describe("One of the app's return URLs. Without it, the user stays on Foyer's pages.")
    .optional(),
  state: text(1000).describe("Returned unchanged to the return URL.").optional(),
});

export const EmailCodeBody = z.object({ email: Email });

/** The token of an emailed link. */
export const LinkToken = z.object({ token: text(1024).describe("The token in the link.") });

/** The code of an email, with the recipient's email address. */
export const EmailedCode = z.object({
  email: Email,
  code: SixDigits.describe("The 6 digits in the email."),
});
