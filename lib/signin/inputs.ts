/** What the sign-in endpoints and forms accept. */
import { z } from "zod";
import { text } from "../input";
import { type EmailAddress, parseEmail } from "../users/email";
import { MAX_PASSWORD_BYTES } from "../users/password-policy";

export const Email = text(320).transform((value, context): EmailAddress => {
  const email = parseEmail(value);
  if (email) return email;
  context.addIssue({ code: "custom", message: "must be one e-mail address, like bob@example.com" });
  return z.NEVER;
});

/** Any password somebody may try; what a new one must be is passwordProblem's. */
export const Password = text(MAX_PASSWORD_BYTES).refine(
  (value) => Buffer.byteLength(value) <= MAX_PASSWORD_BYTES,
  `must have at most ${MAX_PASSWORD_BYTES} bytes`,
);

export const PersonName = text(200);

export const SignUpBody = z.object({
  email: Email,
  password: Password,
  name: PersonName.nullish().transform((name) => name ?? null),
});

export const SignInBody = z.object({ email: Email, password: Password });
