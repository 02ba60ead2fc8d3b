/** The claims that describe a person (OIDC Core §5.1): their wire names, their columns, and what each may hold. */
import type { z } from "zod";
import type { User } from "../db";
import { text } from "../input";

const short = text(200).nullable();
const url = text(2000)
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), "must be an http or https URL")
  .nullable();

/** Everything that the `profile` scope covers, in the order of the standard. */
export const PROFILE_CLAIMS = {
  name: { column: "name", schema: short },
  given_name: { column: "givenName", schema: short },
  family_name: { column: "familyName", schema: short },
  middle_name: { column: "middleName", schema: short },
  nickname: { column: "nickname", schema: short },
  preferred_username: { column: "preferredUsername", schema: short },
  profile: { column: "profile", schema: url },
  picture: { column: "picture", schema: url },
  website: { column: "website", schema: url },
  gender: { column: "gender", schema: short },
  birthdate: {
    column: "birthdate",
    schema: text(10)
      .regex(/^(\d{4}|\d{4}-\d{2}-\d{2})$/, "must be YYYY-MM-DD or YYYY")
      .nullable(),
  },
  zoneinfo: { column: "zoneinfo", schema: short },
  locale: { column: "locale", schema: short },
} as const;

export type ProfileClaim = keyof typeof PROFILE_CLAIMS;
type ProfileColumn = (typeof PROFILE_CLAIMS)[ProfileClaim]["column"];
export type ProfileColumns = Partial<Pick<User, ProfileColumn>>;

const claims = Object.entries(PROFILE_CLAIMS) as [ProfileClaim, (typeof PROFILE_CLAIMS)[ProfileClaim]][];

/** For `select`: every profile column. */
export const PROFILE_COLUMNS = Object.fromEntries(claims.map(([, { column }]) => [column, true])) as Record<
  ProfileColumn,
  true
>;

/** For input schemas: every claim, optional. */
export const PROFILE_INPUT = Object.fromEntries(claims.map(([claim, { schema }]) => [claim, schema.optional()])) as {
  [Claim in ProfileClaim]: z.ZodOptional<(typeof PROFILE_CLAIMS)[Claim]["schema"]>;
};

/** Claims as given → columns to write; what was not said stays as it is. */
export function profileColumns(input: Partial<Record<ProfileClaim, string | null>>): ProfileColumns {
  const given = claims.filter(([claim]) => input[claim] !== undefined);
  return Object.fromEntries(given.map(([claim, { column }]) => [column, input[claim]]));
}

/** The claims that have a value. */
export function profileClaims(user: ProfileColumns): Partial<Record<ProfileClaim, string>> {
  const present = claims.filter(([, { column }]) => user[column] !== null && user[column] !== undefined);
  return Object.fromEntries(present.map(([claim, { column }]) => [claim, user[column]]));
}
