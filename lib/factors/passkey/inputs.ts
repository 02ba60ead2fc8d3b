/** The browser's answers (WebAuthn §5.1, in the JSON form of `toJSON()`), and the inputs of the endpoints. */
import { z } from "zod";
import { text } from "../../input";

function base64url(maximum: number) {
  return text(maximum).regex(/^[A-Za-z0-9_-]+$/, "must be base64url without padding");
}

/** Browsers may send further members, such as the results of extensions. */
const CREDENTIAL = {
  id: base64url(1400).describe("The credential ID."),
  rawId: base64url(1400).describe("The same ID."),
  type: z.literal("public-key"),
  clientExtensionResults: z.record(z.string(), z.unknown()).describe("Results of extensions. Not used.").optional(),
  authenticatorAttachment: z.string().describe("`platform` or `cross-platform`. Not used.").nullish(),
};

export const AuthenticationAnswer = z.looseObject({
  ...CREDENTIAL,
  response: z.looseObject({
    clientDataJSON: base64url(8000).describe("What the browser says: challenge, origin and type."),
    authenticatorData: base64url(8000).describe("What the authenticator says."),
    signature: base64url(2000).describe("The signature by the passkey."),
    userHandle: base64url(100).describe("The user handle. A sign-in needs it.").nullish(),
  }),
});

export type AuthenticationAnswer = z.output<typeof AuthenticationAnswer>;

export const RegistrationAnswer = z.looseObject({
  ...CREDENTIAL,
  response: z.looseObject({
    clientDataJSON: base64url(8000).describe("What the browser says: challenge, origin and type."),
    attestationObject: base64url(16_000).describe("The new key, with what the authenticator says."),
    transports: z.array(z.string().max(30)).max(10).describe("How the browser reaches the passkey.").optional(),
  }),
});

export type RegistrationAnswer = z.output<typeof RegistrationAnswer>;

const Name = text(100)
  .transform((name) => name.trim())
  .refine((name) => name !== "", "must not be empty");

const EnrollmentToken = text(100)
  .describe("The `mfa_token` of a sign-in that answered `mfa_enrollment_required`, in place of the user's token.")
  .optional();

export const RegisterOptionsBody = z.object({ mfa_token: EnrollmentToken });

export const RegisterBody = z.object({
  mfa_token: EnrollmentToken,
  response: RegistrationAnswer.describe("The browser's answer to the creation options."),
  name: Name.describe("The passkey's name. Without it, the password manager or device.").optional(),
});

export const PasskeySignInBody = z.object({
  response: AuthenticationAnswer.describe("The browser's answer to the request options."),
});

export const RenamePasskeyBody = z.object({ name: Name.describe("The new name.") });
