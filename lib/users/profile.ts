/** The profile claims of a user (OIDC Core §5.1): their names, columns and schemas. */
import type { z } from "zod";
import type { User } from "../database/client";
import { text } from "../input";
import { isCalendarDay } from "../text/calendar";

const short = text(200).nullable();
const url = text(2000)
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), "must be an http or https URL")
  .nullable();

/** All claims of the `profile` scope (OIDC Core §5.4), in the order of the standard. */
export const PROFILE_CLAIMS = {
  name: { column: "name", schema: short.describe("The full display name.") },
  given_name: { column: "givenName", schema: short.describe("Given names.") },
  family_name: { column: "familyName", schema: short.describe("Surnames.") },
  middle_name: { column: "middleName", schema: short.describe("Middle names.") },
  nickname: { column: "nickname", schema: short.describe("A casual name.") },
  preferred_username: {
    column: "preferredUsername",
    schema: short.describe("The preferred username. It is not unique."),
  },
  profile: { column: "profile", schema: url.describe("URL of the profile page.") },
  picture: { column: "picture", schema: url.describe("URL of the profile picture.") },
  website: { column: "website", schema: url.describe("URL of the website.") },
  gender: { column: "gender", schema: short.describe("The gender, in any words.") },
  birthdate: {
    column: "birthdate",
    schema: text(10)
      .regex(/^(\d{4}|\d{4}-\d{2}-\d{2})$/, "must be YYYY-MM-DD or YYYY")
      // OIDC Core §5.1: the year may be left out as 0000. It is a leap year.
      .refine((value) => value.length === 4 || isCalendarDay(value), "must be a day that exists, as YYYY-MM-DD")
      .nullable()
      .describe("YYYY-MM-DD or YYYY."),
  },
  zoneinfo: { column: "zoneinfo", schema: short.describe("The time zone, like Europe/Paris.") },
  locale: { column: "locale", schema: short.describe("The language, like en-US (BCP 47).") },
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

/** Claims → columns to write. A claim that is left out keeps its value. */
export function profileColumns(input: Partial<Record<ProfileClaim, string | null>>): ProfileColumns {
  const given = claims.filter(([claim]) => input[claim] !== undefined);
  return Object.fromEntries(given.map(([claim, { column }]) => [column, input[claim]]));
}

/** The claims that have a value. */
export function profileClaims(user: ProfileColumns): Partial<Record<ProfileClaim, string>> {
  const present = claims.filter(([, { column }]) => user[column] !== null && user[column] !== undefined);
  return Object.fromEntries(present.map(([claim, { column }]) => [claim, user[column]]));
}
