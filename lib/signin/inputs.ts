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
