/** What the sign-in endpoints and forms accept. */
import { z } from "zod";
import { text } from "../input";
import { Email, Password } from "../users/inputs";

export const SignUpBody = z.object({
  email: Email,
  password: Password,
  name: text(200)
    .describe("The full name, as it is shown.")
    .nullish()
    .transform((name) => name ?? null),
});

export const SignInBody = z.object({ email: Email, password: Password });

/** Shape only: what does not look like one of ours is refused as an unknown one. */
export const RefreshBody = z.object({ refresh_token: text(500).describe("The newest one of the session.") });

/** The code that a return URL was given. */
export const ExchangeBody = z.object({ code: text(100).describe("As it came to the return URL.") });

export const MagicLinkBody = z.object({
  email: Email,
  redirect_uri: text(2000).describe("One of the App's return URLs; without it the user stays at Foyer.").optional(),
  state: text(1000).describe("Given back with the answer.").optional(),
});

/** The token of a mailed link … */
export const LinkToken = z.object({ token: text(1024).describe("As it stands in the link.") });

/** … or the code of the same mail, with the address that it was sent to. */
export const EmailedCode = z.object({
  email: Email,
  // People type it as they read it: 123 456.
  code: text(20)
    .describe("The 6 digits of the mail.")
    .transform((code) => code.replace(/[\s-]/g, "")),
});
