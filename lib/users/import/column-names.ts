/** How other systems call what an import takes, so that their files can be sent as they are. */

/** Our name → how others spell it, without case, spaces, dashes and underscores. Of several with a value the first counts. */
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
  external_id: ["externalid", "id", "userid", "uid", "sub"],
  disabled: ["disabled", "blocked", "banned", "banneduntil"],
  created_at: ["createdat", "created", "createdtimestamp"],
  metadata: ["metadata", "appmetadata", "privatemetadata", "rawappmetadata"],
  public_metadata: ["publicmetadata", "usermetadata", "rawusermetadata"],
};

/** Said the other way round, or in a list. */
const ENABLED = "enabled";
const VERIFIED_ADDRESSES = "verifiedemailaddresses";

/** What every export has, and nobody needs. */
const DROPPED = ["updatedat", "lastsigninat"];

const KNOWN = new Set([...Object.values(NAMES).flat(), ENABLED, VERIFIED_ADDRESSES, ...DROPPED]);

function spelling(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

/** `\N` is how databases write NULL. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== "\\N";
}

interface Given {
  /** What the file calls it. */
  name: string;
  value: unknown;
}

export interface RenamedRow {
  /** By our names, without what is empty. */
  row: Record<string, unknown>;
  /** Our name → the file's, for errors that people find in it. */
  names: Record<string, string>;
  /** Names that mean nothing here. */
  ignored: string[];
}

const OPPOSITES: Record<string, boolean> = { true: false, false: true, "1": false, "0": true };

/** Keycloak says who may come in, and not who may not. */
function disabledBy(enabled: Given | undefined): Given | undefined {
  return enabled && { ...enabled, value: OPPOSITES[String(enabled.value).toLowerCase()] ?? enabled.value };
}

/** Clerk lists the addresses that are verified. */
function verifiedBy(list: Given | undefined, email: unknown): Given | undefined {
  const addresses = String(list?.value ?? "")
    .toLowerCase()
    .split(/[\s,;|]+/);
  return list && { ...list, value: addresses.includes(String(email).trim().toLowerCase()) };
}

/** A column that is called `password` may well hold hashes. */
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
  ];
  for (const [field, one] of derived) if (one && !found.has(field)) found.set(field, one);
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
