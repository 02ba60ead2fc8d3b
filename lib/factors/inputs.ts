/** The inputs of the endpoints of second factors. */
import { z } from "zod";
import { text } from "../input";
import { SixDigits } from "../one-time/inputs";

const MfaToken = text(100).describe("The `mfa_token` of the sign-in.");

/** An answer of the browser (WebAuthn). lib/factors/passkey validates it. */
const PasskeyResponse = z.record(text(100), z.unknown()).describe("The browser's answer to the request options.");

export const ChallengeBody = z.object({
  mfa_token: MfaToken,
  method: z.enum(["email", "passkey"]).describe("`email` sends a code, `passkey` returns request options."),
});

/** Which of the three is present decides the check. */
export const VerifyBody = z
  .object({
    mfa_token: MfaToken,
    code: SixDigits.describe("The 6 digits of the authenticator app or of the email.").optional(),
    recovery_code: text(100).describe("A recovery code. Case, spaces and hyphens don't matter.").optional(),
    passkey: PasskeyResponse.optional(),
  })
  .refine(
    ({ code, recovery_code, passkey }) =>
      [code, recovery_code, passkey].filter((answer) => answer !== undefined).length === 1,
    { error: "needs either code, recovery_code or passkey", path: ["code"] },
  );

export const CodeBody = z.object({ code: SixDigits.describe("The 6 digits of the email.") });

const EnrollmentToken = MfaToken.describe(
  "The `mfa_token` of a sign-in that answered `mfa_enrollment_required`, in place of the user's token.",
).optional();

export const EnrollBody = z.object({ mfa_token: EnrollmentToken });

export const ConfirmBody = z.object({
  mfa_token: EnrollmentToken,
  code: SixDigits.describe("The 6 digits that the authenticator app shows."),
});
