/** The claims of the scopes `phone` and `address` (OIDC Core §5.1, §5.4): schemas, columns, values. */
import { z } from "zod";
import type { User } from "../database/client";
import { failInput } from "../errors";
import { jsonOrText, text } from "../input";

/** OIDC Core §5.1: E.164, and an extension as in RFC 3966. */
const PHONE_NUMBER = /^\+[1-9]\d{6,14}(;ext=\d{1,15})?$/;

const PhoneNumber = text(60)
  .transform((value) => value.replace(/(?<!;ext.*)[\s().\-\u2010-\u2015]/g, ""))
  .refine((value) => PHONE_NUMBER.test(value), "must be an international phone number, like +12025550123");

const part = (description: string, length = 200) => text(length).nullable().optional().describe(description);

/** OIDC Core §5.1.1 */
export const ADDRESS_PARTS = {
  formatted: part("The full address, for display. It can have several lines.", 1000),
  street_address: part("Street, house number and other details. It can have several lines.", 500),
  locality: part("City."),
  region: part("State, province or region."),
  postal_code: part("Postal code."),
  country: part("Country."),
};

export type Address = { [Part in keyof typeof ADDRESS_PARTS]?: string };

/** Without absent parts; null if none is left. */
export function addressOf(parts: Partial<Record<keyof Address, unknown>>): Address | null {
  const given = Object.entries(parts).filter(([, value]) => typeof value === "string");
  return given.length > 0 ? (Object.fromEntries(given) as Address) : null;
}

const Address = z
  .object(ADDRESS_PARTS, { error: 'must be an object, like {"locality": "Berlin"}' })
  .transform(addressOf);

/** For input schemas. An absent value stays as it is; null removes it. */
export const CONTACT_INPUT = {
  phone_number: PhoneNumber.nullable()
    .describe("The phone number, like +12025550123 (E.164). Spaces, dashes, dots and parentheses are removed.")
    .optional(),
  phone_number_verified: z
    .boolean({ error: "must be true or false" })
    .describe("Whether the phone number is verified. A new number is unverified unless you set this to true.")
    .optional(),
  address: Address.nullable()
    .describe("The postal address (OIDC Core §5.1.1). An update replaces the whole address.")
    .optional(),
};

/** For CSV files and commands: also the JSON text of an address, or the full address as plain text. */
export const AddressText = z.preprocess((value) => {
  const read = jsonOrText(value);
  return typeof read === "string" || typeof read === "number" ? { formatted: String(value) } : read;
}, CONTACT_INPUT.address);

export const CONTACT_CLAIMS = ["phone_number", "phone_number_verified", "address"] as const;
export type ContactClaim = (typeof CONTACT_CLAIMS)[number];

/** For `select`. */
export const CONTACT_COLUMNS = { phoneNumber: true, phoneNumberVerified: true, address: true } as const;
export type ContactColumns = Pick<User, keyof typeof CONTACT_COLUMNS>;

interface ContactInput {
  phone_number?: string | null;
  phone_number_verified?: boolean;
  address?: Address | null;
}

/**
 * Columns to write. A new number is unverified unless the input says otherwise.
 * @throws 400 for a verified number that doesn't exist
 */
export function contactColumns(input: ContactInput, before: { phoneNumber: string | null } = { phoneNumber: null }) {
  const { phone_number: given, phone_number_verified: verified, address } = input;
  const phoneNumber = given === undefined ? before.phoneNumber : given;
  if (verified && phoneNumber === null) failInput({ phone_number_verified: "must be false without a phone_number" });
  const isNew = phoneNumber !== before.phoneNumber;
  return {
    ...(isNew && { phoneNumber }),
    ...((isNew || verified !== undefined) && { phoneNumberVerified: verified ?? false }),
    ...(address !== undefined && { address }),
  };
}

/** The claims that have a value. */
export function contactClaims({ phoneNumber, phoneNumberVerified, address }: ContactColumns) {
  return {
    ...(phoneNumber !== null && { phone_number: phoneNumber, phone_number_verified: phoneNumberVerified }),
    ...(address !== null && { address: address as Address }),
  };
}
