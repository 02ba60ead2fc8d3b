/** Input schemas of the user forms. Their output is the input of lib/users. */
import { z } from "zod";
import { text } from "@/lib/input";
import { ADDRESS_PARTS, addressOf } from "@/lib/users/contact";
import { CreateUserBody, Metadata, Password, UpdateUserBody } from "@/lib/users/inputs";
import { PROFILE_CLAIMS, type ProfileClaim } from "@/lib/users/profile";
import { checkbox } from "../on-off";

export const UserId = text(64);

export const AddUserForm = CreateUserBody.pick({ email: true, name: true, password: true }).extend({
  email_verified: checkbox,
});

const claims = Object.keys(PROFILE_CLAIMS) as ProfileClaim[];

function nullable<Claim extends ProfileClaim>(claim: Claim) {
  return UpdateUserBody.shape[claim].transform((value) => value ?? null);
}

const profile = Object.fromEntries(claims.map((claim) => [claim, nullable(claim)])) as {
  [Claim in ProfileClaim]: ReturnType<typeof nullable<Claim>>;
};

/** The parts of the address are fields of their own. An empty form removes the number and address. */
export const ProfileForm = z
  .object({
    ...profile,
    ...ADDRESS_PARTS,
    user_id: UserId,
    email: UpdateUserBody.shape.email,
    email_verified: checkbox,
    phone_number: UpdateUserBody.shape.phone_number.transform((value) => value ?? null),
    phone_number_verified: checkbox,
    external_id: UpdateUserBody.shape.external_id.transform((value) => value ?? null),
  })
  .transform(({ formatted, street_address, locality, region, postal_code, country, ...fields }) => ({
    ...fields,
    phone_number_verified: fields.phone_number !== null && fields.phone_number_verified,
    address: addressOf({ formatted, street_address, locality, region, postal_code, country }),
  }));

export const PasswordForm = z.object({ user_id: UserId, password: Password });

const MAX_JSON_LENGTH = 40_000;

/** A JSON object as text. An error within it is an error of the whole field. */
const json = text(MAX_JSON_LENGTH)
  .optional()
  .transform((value = "{}", context) => {
    const parsed = Metadata.safeParse(parseJson(value));
    if (parsed.success) return parsed.data;
    context.addIssue({
      code: "custom",
      message: jsonProblem(value) ?? parsed.error.issues[0]?.message ?? "is invalid",
    });
    return z.NEVER;
  });

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function jsonProblem(value: string): string | null {
  try {
    JSON.parse(value);
    return null;
  } catch (error) {
    // V8's message repeats the input: `Unexpected token '}', "{"a": }" is not valid JSON`.
    const reason = (error as Error).message.replace(/, (\.\.\.)?".* is not valid JSON$/s, "");
    return `is not valid JSON: ${reason}`;
  }
}

export const MetadataForm = z.object({ user_id: UserId, metadata: json, public_metadata: json });
