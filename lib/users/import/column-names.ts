/**
 * Column names of other systems (Auth0, Clerk, Firebase, Keycloak …), so that their export files
 * can be imported unchanged.
 */

/**
 * Foyer's name → other names, in lower case without spaces, dashes and underscores. The first one
 * with a value counts.
 */
const NAMES: Record<string, string[]> = {
  email: ["email", "emailaddress", "primaryemailaddress", "mail"],
  email_verified: ["emailverified", "emailconfirmed", "verified", "emailverifiedat", "emailconfirmedat", "confirmedat"],
  password_hash: ["passwordhash", "passworddigest", "encryptedpassword", "hashedpassword"],
  password: ["password"],
  name: ["name", "fullname", "displayname"],
  given_name: ["givenname", "firstname"],
  family_name: ["familyname", "lastname", "surname"],
  middle_name: ["middlename"],
  nickname: ["nickname"],
  preferred_username: ["preferredusername", "username"],
  profile: ["profile", "profileurl"],
  picture: ["picture", "photourl", "avatar", "avatarurl", "imageurl", "image"],
  website: ["website"],
  gender: ["gender"],
  birthdate: ["birthdate", "birthday", "dateofbirth"],
  zoneinfo: ["zoneinfo", "timezone"],
  locale: ["locale", "language"],
  phone_number: ["phonenumber", "phone", "primaryphonenumber", "mobilephone", "mobile"],
  phone_number_verified: ["phonenumberverified", "phoneverified", "phoneconfirmedat", "phoneverifiedat"],
  address: ["address"],
  external_id: ["externalid", "id", "userid", "uid", "sub"],
  disabled: ["disabled", "blocked", "banned", "banneduntil"],
  created_at: ["createdat", "created", "createdtimestamp"],
  metadata: ["metadata", "appmetadata", "privatemetadata", "rawappmetadata"],
  public_metadata: ["publicmetadata", "usermetadata", "rawusermetadata"],
};

/** Columns with another meaning: the opposite of `disabled`, and lists of what is verified. */
const ENABLED = "enabled";
const VERIFIED_ADDRESSES = "verifiedemailaddresses";
const VERIFIED_NUMBERS = "verifiedphonenumbers";

/** Columns that most exports have and the import doesn't need. */
const DROPPED = ["updatedat", "lastsigninat"];

const KNOWN = new Set([...Object.values(NAMES).flat(), ENABLED, VERIFIED_ADDRESSES, VERIFIED_NUMBERS, ...DROPPED]);

function spelling(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

/** `\N` is NULL in database exports. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== "\\N";
}

interface Given {
  /** The name in the file. */
  name: string;
  value: unknown;
}

export interface RenamedRow {
  /** By Foyer's names, without empty values. */
  row: Record<string, unknown>;
  /** Foyer's name → the name in the file, for the errors. */
  names: Record<string, string>;
  /** Unknown names. */
  ignored: string[];
}

const OPPOSITES: Record<string, boolean> = { true: false, false: true, "1": false, "0": true };

/** Keycloak has `enabled` instead of `disabled`. */
function disabledBy(enabled: Given | undefined): Given | undefined {
  return enabled && { ...enabled, value: OPPOSITES[String(enabled.value).toLowerCase()] ?? enabled.value };
}

/** Clerk has lists of verified email addresses and phone numbers. */
function verifiedBy(list: Given | undefined, one: unknown): Given | undefined {
  const verified = String(list?.value ?? "")
    .toLowerCase()
    .split(/[\s,;|]+/);
  return list && { ...list, value: verified.includes(String(one).trim().toLowerCase()) };
}

/** Supabase leaves out the plus sign. Its column `phone_confirmed_at` tells it apart from others. */
function withPlus(phone: Given | undefined, columns: string[]): Given | undefined {
  const isSupabase = columns.some((name) => spelling(name) === "phoneconfirmedat");
  const isBare = isSupabase && /^[1-9]\d{6,14}$/.test(String(phone?.value));
  return phone && isBare ? { ...phone, value: `+${phone.value}` } : phone;
}

/** A column named `password` may contain hashes. */
function isBcrypt(given: Given | undefined): boolean {
  return /^\$2[abxy]\$\d\d\$/.test(String(given?.value));
}

export function renameColumns(sent: Record<string, unknown>): RenamedRow {
  const given = new Map<string, Given>();
  for (const [name, value] of Object.entries(sent)) {
    const key = spelling(name);
    if (isGiven(value) && !given.has(key)) given.set(key, { name, value });
  }
  const found = new Map<string, Given>();
  for (const [field, spellings] of Object.entries(NAMES)) {
    const one = spellings.map((key) => given.get(key)).find((candidate) => candidate !== undefined);
    if (one) found.set(field, one);
  }
  const derived: [string, Given | undefined][] = [
    ["disabled", disabledBy(given.get(ENABLED))],
    ["email_verified", verifiedBy(given.get(VERIFIED_ADDRESSES), found.get("email")?.value)],
    ["phone_number_verified", verifiedBy(given.get(VERIFIED_NUMBERS), found.get("phone_number")?.value)],
  ];
  for (const [field, one] of derived) if (one && !found.has(field)) found.set(field, one);
  const phone = withPlus(found.get("phone_number"), Object.keys(sent));
  if (phone) found.set("phone_number", phone);
  const password = found.get("password");
  if (password && isBcrypt(password)) {
    found.delete("password");
    if (!found.has("password_hash")) found.set("password_hash", password);
  }
  return {
    row: Object.fromEntries([...found].map(([field, { value }]) => [field, value])),
    names: Object.fromEntries([...found].map(([field, { name }]) => [field, name])),
    ignored: Object.keys(sent).filter((name) => !KNOWN.has(spelling(name))),
  };
}
