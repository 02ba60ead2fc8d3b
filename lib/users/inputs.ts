/** What people and backends may send about a user. */
import { z } from "zod";
import { text } from "../input";
import { type EmailAddress, parseEmail } from "./email";
import { MAX_PASSWORD_BYTES } from "./password-policy";
import { PROFILE_INPUT } from "./profile";

export const Email = text(320)
  .transform((value, context): EmailAddress => {
    const email = parseEmail(value);
    if (email) return email;
    context.addIssue({ code: "custom", message: "must be one e-mail address, like bob@example.com" });
    return z.NEVER;
  })
  .meta({ description: "The e-mail address. Upper and lower case are the same.", format: "email" });

/** Any password somebody may try; what a new one must be is passwordProblem's. */
export const Password = text(MAX_PASSWORD_BYTES)
  .refine((value) => Buffer.byteLength(value) <= MAX_PASSWORD_BYTES, `must have at most ${MAX_PASSWORD_BYTES} bytes`)
  .describe(
    `The password, up to ${MAX_PASSWORD_BYTES} bytes. A new one needs at least as many as the App demands (8 by default) and is none of the common ones.`,
  );

const METADATA_BYTES = 16 * 1024;
const METADATA_DEPTH = 10;

function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return !value.includes("\0") && value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  if (depth >= METADATA_DEPTH) return false;
  return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item, depth + 1));
}

/** A JSON object of the App's own: 16 KiB, ten levels deep. */
export const Metadata = z
  // Whatever was parsed from JSON is JSON. How deep it is comes first: thousands of levels would
  // exhaust the stack of all that follows.
  .record(z.string(), z.custom<z.core.util.JSONType>(), { error: "must be a JSON object" })
  .refine((value) => isStorable(value), {
    error: `must hold no NUL or broken Unicode, and at most ${METADATA_DEPTH} levels`,
    abort: true,
  })
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= METADATA_BYTES, "must have at most 16 KiB")
  .describe(`A JSON object of your own: 16 KiB, ${METADATA_DEPTH} levels deep. It is replaced as a whole.`);

const emailVerified = z
  .boolean({ error: "must be true or false" })
  .describe("You vouch that the address is theirs. A changed address is unverified unless you say so.")
  .optional();

const shared = {
  ...PROFILE_INPUT,
  external_id: text(200).nullable().describe("Their id in your own system; unique within the App.").optional(),
  metadata: Metadata.optional(),
  public_metadata: Metadata.optional(),
  disabled: z
    .boolean({ error: "must be true or false" })
    .describe("Nobody disabled can sign in; disabling ends every session and grant.")
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
  password: Password.nullable().describe("A new password; null takes it away. Ends every session.").optional(),
  ...shared,
});

export type CreateUserInput = z.output<typeof CreateUserBody>;
export type UpdateUserInput = z.output<typeof UpdateUserBody>;
