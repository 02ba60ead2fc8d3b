import bcrypt from "bcrypt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freezeClock } from "../../clock";
import { readRow } from "./row";

const NOW = "2026-03-10T12:00:00Z";
beforeEach(() => freezeClock(new Date(NOW)));
afterEach(() => freezeClock(null));

const HASH = "$2b$04$xN4mZhHrhqBiuRBGDPfQVeDl1wWQ7r/GHZeMk9WmtHuoRTzRCmBfq";
const read = (row: Record<string, unknown>) => readRow({ email: "bob@example.com", ...row });
const input = (row: Record<string, unknown>) => {
  const { input, fields } = read(row);
  expect(fields).toBeUndefined();
  return input;
};
const problem = (row: Record<string, unknown>) => {
  const { input, fields = {} } = read(row);
  expect(input).toBeUndefined();
  return fields;
};

describe("a row", () => {
  it("needs an address, and nothing else", () => {
    expect(readRow({ email: " Bob@Example.com " }).input).toEqual({
      email: { email: "bob@example.com", canonical: "bob@example.com" },
    });
    expect(readRow({ name: "Bob" }).fields).toEqual({ email: "is missing" });
    expect(readRow({ email: "bob" }).fields).toEqual({ email: "must be one e-mail address, like bob@example.com" });
  });

  it("is read the same from text and from JSON", () => {
    const expected = {
      email_verified: true,
      disabled: false,
      external_id: "42",
      metadata: { plan: "pro" },
      created_at: new Date("2023-04-01T10:00:00Z"),
    };
    const json = { email_verified: true, disabled: false, external_id: 42, metadata: { plan: "pro" } };
    const text = { email_verified: "TRUE", disabled: "0", external_id: "42", metadata: '{"plan":"pro"}' };
    expect(input({ ...json, created_at: "2023-04-01T10:00:00Z" })).toMatchObject(expected);
    expect(input({ ...text, created_at: "1680343200" })).toMatchObject(expected);
  });

  it("leaves out what is empty, and says what means nothing", () => {
    const { input, ignored } = read({ name: "", nickname: null, picture: "\\N", instance_id: "x", updated_at: "y" });
    expect(Object.keys(input ?? {})).toEqual(["email"]);
    expect(ignored).toEqual(["instance_id"]);
  });
});

describe("names of other systems", () => {
  it.each([
    [
      "Auth0",
      { user_id: "auth0|1", blocked: true, user_metadata: { a: 1 }, app_metadata: { b: 2 } },
      { external_id: "auth0|1", disabled: true, public_metadata: { a: 1 }, metadata: { b: 2 } },
    ],
    [
      "Auth0, with hashes",
      { _id: { $oid: "5dea9f9c" }, passwordHash: HASH },
      { external_id: "5dea9f9c", password_hash: HASH },
    ],
    [
      "Clerk",
      {
        primary_email_address: "bob@example.com",
        verified_email_addresses: "eve@x.org|Bob@example.com",
        first_name: "Bob",
        password_digest: HASH,
      },
      { email_verified: true, given_name: "Bob", password_hash: HASH },
    ],
    [
      "Supabase",
      {
        encrypted_password: HASH,
        email_confirmed_at: "2023-04-01 10:00:00.123+00",
        raw_user_meta_data: '{"a":1}',
        banned_until: "2023-01-01 00:00:00+00",
      },
      { password_hash: HASH, email_verified: true, public_metadata: { a: 1 }, disabled: false },
    ],
    [
      "Keycloak",
      { emailVerified: true, enabled: false, firstName: "Bob", lastName: "B", createdTimestamp: 1680343200123 },
      {
        email_verified: true,
        disabled: true,
        given_name: "Bob",
        family_name: "B",
        created_at: new Date("2023-04-01T10:00:00.123Z"),
      },
    ],
    [
      "Laravel",
      { password: HASH.replace("$2b$", "$2y$"), email_verified_at: "2023-04-01 10:00:00" },
      { password_hash: HASH, email_verified: true },
    ],
    ["a spreadsheet", { "First Name": "Bob", "E-Mail Verified": "yes" }, { given_name: "Bob", email_verified: true }],
  ])("%s", (_, row, expected) => expect(input(row)).toMatchObject(expected));

  it("ours come first", () => {
    expect(input({ id: "usr_1", external_id: "42", first_name: "Robert", given_name: "Bob" })).toMatchObject({
      external_id: "42",
      given_name: "Bob",
    });
  });

  it("errors are named as in the file", () => {
    expect(Object.keys(problem({ encrypted_password: "x", "First Name": "a\0b" }))).toEqual([
      "First Name",
      "encrypted_password",
    ]);
  });

  it("an address that is not among the verified ones is not verified", () => {
    expect(input({ verified_email_addresses: "eve@x.org" })).toMatchObject({ email_verified: false });
  });

  it("somebody is banned until then", () => {
    expect(input({ banned_until: "2026-03-11T00:00:00Z" })).toMatchObject({ disabled: true });
    expect(input({ banned_until: "none" })).toMatchObject({ disabled: false });
  });
});

describe("a password hash", () => {
  it.each(["$2a$", "$2b$", "$2y$"])("of %s lets the old password in", async (version) => {
    const hash = (await bcrypt.hash("old password", 4)).replace("$2b$", version);
    const stored = input({ password_hash: ` ${hash}` })?.password_hash ?? "";
    expect(await bcrypt.compare("old password", stored)).toBe(true);
    expect(await bcrypt.compare("another password", stored)).toBe(false);
  });

  it.each([
    ["salt", 28],
    ["hash", 59],
  ])("whose %s was padded by an old library lets the old password in", async (_, at) => {
    const hash = await bcrypt.hash("old password", 4);
    const next = String.fromCharCode(hash.charCodeAt(at) + 1);
    const padded = hash.slice(0, at) + next + hash.slice(at + 1);
    expect(await bcrypt.compare("old password", padded)).toBe(false);
    const stored = input({ password_hash: padded })?.password_hash ?? "";
    expect(await bcrypt.compare("old password", stored)).toBe(true);
  });

  it("of Foyer's own for long passwords is taken", () => {
    expect(input({ password_hash: `sha256:${HASH}` })).toMatchObject({ password_hash: `sha256:${HASH}` });
  });

  it.each([
    ["too short", HASH.slice(0, -1)],
    ["too long", `${HASH}x`],
    ["of another alphabet", HASH.replace("x", "!")],
    ["of a broken version", HASH.replace("$2b$", "$2x$")],
    ["argon2", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"],
    ["PBKDF2 of Django", "pbkdf2_sha256$600000$salt$hash"],
    ["with NUL", `${HASH.slice(0, -1)}\0`],
    ["a number", 42],
    ["endless", "$2b$".repeat(1000)],
  ])("that is %s is refused, with what to do", (_, password_hash) => {
    expect(problem({ password_hash }).password_hash).toMatch(/^must /);
  });

  it.each(["00", "03", "16", "31", "99"])("of cost %s is refused", (cost) => {
    expect(problem({ password_hash: HASH.replace("$04$", `$${cost}$`) })).toEqual({
      password_hash: expect.stringContaining("must have a cost of 4 to 15"),
    });
  });

  it("is not the password itself", () => {
    expect(problem({ password: "correct horse" })).toEqual({
      password: "is refused: send its bcrypt hash as password_hash, or leave it out",
    });
  });
});

describe("every wrong field is named", () => {
  it.each([
    [{ email_verified: "perhaps" }, { email_verified: "must be true or false, or since when" }],
    [{ disabled: {} }, { disabled: "must be true or false, or until when" }],
    [{ created_at: "yesterday" }, { created_at: "must be a time, like 2026-01-31T12:00:00Z" }],
    [{ created_at: "2026-03-10T12:00:01Z" }, { created_at: "must be in the past, and not before 1990" }],
    [{ created_at: "1989-12-31" }, { created_at: "must be in the past, and not before 1990" }],
    [{ external_id: {} }, { external_id: "must be a text or a number" }],
    [{ external_id: "x".repeat(201) }, { external_id: "must have at most 200 characters" }],
    [{ name: "a\0b" }, { name: "must not contain NUL or malformed Unicode" }],
    [{ name: 42 }, { name: "must be a string" }],
    [{ picture: "javascript:alert(1)" }, { picture: "must be an http or https URL" }],
    [{ metadata: "not json" }, { metadata: "must be a JSON object" }],
    [{ metadata: [] }, { metadata: "must be a JSON object" }],
    [{ metadata: { a: "x".repeat(17_000) } }, { metadata: "must have at most 16 KiB" }],
    [{ metadata: "[".repeat(5000) }, { metadata: "must be a JSON object" }],
    [
      { name: "x".repeat(201), birthdate: "soon" },
      { name: "must have at most 200 characters", birthdate: "must be YYYY-MM-DD or YYYY" },
    ],
  ])("%j", (row, fields) => expect(problem(row)).toEqual(fields));
});
