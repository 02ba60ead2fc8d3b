/** The inputs of a user's endpoints and forms. */
import { z } from "zod";
import { isStorable, MAX_JSON_LEVELS, STORABLE_JSON, text } from "../input";
import { CONTACT_INPUT } from "./contact";
import { type EmailAddress, parseEmail } from "./email";
import { MAX_PASSWORD_BYTES } from "./password-policy";
import { PROFILE_INPUT } from "./profile";

export const Email = text(320)
  .transform((value, context): EmailAddress => {
    const email = parseEmail(value);
    if (email) return email;
    context.addIssue({ code: "custom", message: "must be one email address, like bob@example.com" });
    return z.NEVER;
  })
  .meta({ description: "The email address. It is not case-sensitive.", format: "email" });

/** Any password that a user may try. Rules for new ones: password-policy.ts. */
export const Password = text(MAX_PASSWORD_BYTES)
  .refine((value) => Buffer.byteLength(value) <= MAX_PASSWORD_BYTES, `must have at most ${MAX_PASSWORD_BYTES} bytes`)
  .describe(
    `The password, up to ${MAX_PASSWORD_BYTES} bytes. A new password needs at least the app's minimum length (8 characters by default). It must not be a common password, the email address or the app's name.`,
  );

const METADATA_BYTES = 16 * 1024;

export const Metadata = z
  // Its values come from JSON.parse. The depth is checked first: the later checks recurse, and
  // thousands of levels would exhaust the stack.
  .record(z.string(), z.custom<z.core.util.JSONType>(), { error: "must be a JSON object" })
  .refine((value) => isStorable(value), { error: STORABLE_JSON, abort: true })
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= METADATA_BYTES, "must have at most 16 KiB")
  .describe(`Your own JSON object, up to 16 KiB and ${MAX_JSON_LEVELS} levels. An update replaces the whole object.`);

const emailVerified = z
  .boolean({ error: "must be true or false" })
  .describe("Whether the email address is verified. A new address is unverified unless you set this to true.")
  .optional();

const shared = {
  ...PROFILE_INPUT,
  ...CONTACT_INPUT,
  external_id: text(200)
    .nullable()
    .describe("The user's ID in your own system. It is unique within the app.")
    .optional(),
  metadata: Metadata.optional(),
  public_metadata: Metadata.optional(),
  disabled: z
    .boolean({ error: "must be true or false" })
    .describe("A disabled user can't sign in. Disabling a user revokes all sessions and grants.")
    .optional(),
};

export const CreateUserBody = z.object({
  email: Email,
  email_verified: emailVerified,
  password: Password.optional(),
  ...shared,
});
export const UpdateUserBody = z.object({
  email: Email.optional(),
  email_verified: emailVerified,
  password: Password.nullable()
    .describe("A new password, or null to remove the password. Both revoke all sessions.")
    .optional(),
  ...shared,
});

export type CreateUserInput = z.output<typeof CreateUserBody>;
export type UpdateUserInput = z.output<typeof UpdateUserBody>;
