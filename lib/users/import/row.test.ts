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
  it("requires an email address only", () => {
    expect(readRow({ email: " Bob@Example.com " }).input).toEqual({
      email: { email: "bob@example.com", canonical: "bob@example.com" },
    });
    expect(readRow({ name: "Bob" }).fields).toEqual({ email: "is missing" });
    expect(readRow({ email: "bob" }).fields).toEqual({ email: "must be one email address, like bob@example.com" });
  });

  it("reads the same values from CSV and from JSON", () => {
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

  it("leaves empty values out, and reports unknown columns", () => {
    const { input, ignored } = read({ name: "", nickname: null, picture: "\\N", instance_id: "x", updated_at: "y" });
    expect(Object.keys(input ?? {})).toEqual(["email"]);
    expect(ignored).toEqual(["instance_id"]);
  });
});

describe("a contact", () => {
  it.each([
    ['{"locality":"Berlin","country":null}', { locality: "Berlin" }],
    [{ locality: "Berlin" }, { locality: "Berlin" }],
    ["1 Main St, Springfield", { formatted: "1 Main St, Springfield" }],
    ["12345", { formatted: "12345" }],
    ["{}", null],
  ])("has the address %j as %j", (address, expected) =>
    expect(input({ address })).toMatchObject({ address: expected }),
  );

  it.each([
    [{ phone: "0171 1234567" }, "phone"],
    [{ phone: "12025550123" }, "phone"],
    [{ address: '["Berlin"]' }, "address"],
    [{ address: { locality: 7 } }, "address.locality"],
  ])("is rejected with %j", (row, field) => expect(Object.keys(problem(row))).toEqual([field]));
});

describe("a day that doesn't exist", () => {
  it.each([
    ["created_at", "2023-02-30"],
    ["created_at", "2023-02-30T10:00:00Z"],
    ["created_at", "2023-04-31 10:00"],
    ["email_verified", "2023-02-29"],
    ["disabled", "2026-02-30"],
    ["birthdate", "2023-02-30"],
    ["birthdate", "2023-13-01"],
  ])("is rejected as %s: %s", (field, value) => expect(Object.keys(problem({ [field]: value }))).toEqual([field]));

  it.each(["2024-02-29", "0000-02-29", "1990"])("is not %s", (birthdate) =>
    expect(input({ birthdate })).toMatchObject({ birthdate }),
  );
});

describe("the column names of", () => {
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
      "Supabase, with phone numbers",
      { phone: "12025550123", phone_confirmed_at: "2023-04-01 10:00:00.123+00" },
      { phone_number: "+12025550123", phone_number_verified: true },
    ],
    [
      "Clerk, with phone numbers",
      { primary_phone_number: "+12025550123", verified_phone_numbers: "+33123456789" },
      { phone_number: "+12025550123", phone_number_verified: false },
    ],
    ["Auth0, with phone numbers", { phone_number: "+1 (202) 555-0123" }, { phone_number: "+12025550123" }],
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
  ])("%s are understood", (_, row, expected) => expect(input(row)).toMatchObject(expected));

  it("Foyer take precedence", () => {
    expect(input({ id: "usr_1", external_id: "42", first_name: "Robert", given_name: "Bob" })).toMatchObject({
      external_id: "42",
      given_name: "Bob",
    });
  });

  it("the file are used in errors", () => {
    expect(Object.keys(problem({ encrypted_password: "x", "First Name": "a\0b" }))).toEqual([
      "First Name",
      "encrypted_password",
    ]);
  });

  it("Clerk mark an address outside verified_email_addresses as unverified", () => {
    expect(input({ verified_email_addresses: "eve@x.org" })).toMatchObject({ email_verified: false });
  });

  it("Supabase disable a user until the end of the ban", () => {
    expect(input({ banned_until: "2026-03-11T00:00:00Z" })).toMatchObject({ disabled: true });
    expect(input({ banned_until: "none" })).toMatchObject({ disabled: false });
  });
});

describe("a password hash", () => {
  it.each(["$2a$", "$2b$", "$2y$"])("of version %s accepts the old password", async (version) => {
    const hash = (await bcrypt.hash("old password", 4)).replace("$2b$", version);
    const stored = input({ password_hash: ` ${hash}` })?.password_hash ?? "";
    expect(await bcrypt.compare("old password", stored)).toBe(true);
    expect(await bcrypt.compare("another password", stored)).toBe(false);
  });

  it.each([
    ["salt", 28],
    ["hash", 59],
  ])("whose %s has unused bits set accepts the old password", async (_, at) => {
    const hash = await bcrypt.hash("old password", 4);
    const next = String.fromCharCode(hash.charCodeAt(at) + 1);
    const padded = hash.slice(0, at) + next + hash.slice(at + 1);
    expect(await bcrypt.compare("old password", padded)).toBe(false);
    const stored = input({ password_hash: padded })?.password_hash ?? "";
    expect(await bcrypt.compare("old password", stored)).toBe(true);
  });

  it("of Foyer's form for long passwords is accepted", () => {
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
    ["very long", "$2b$".repeat(1000)],
  ])("that is %s is rejected, with a remedy", (_, password_hash) => {
    expect(problem({ password_hash }).password_hash).toMatch(/^must /);
  });

  it.each(["00", "03", "16", "31", "99"])("with cost %s is rejected", (cost) => {
    expect(problem({ password_hash: HASH.replace("$04$", `$${cost}$`) })).toEqual({
      password_hash: expect.stringContaining("must have a cost of 4 to 15"),
    });
  });

  it("is required instead of the password itself", () => {
    expect(problem({ password: "correct horse" })).toEqual({
      password: "is not accepted; send its bcrypt hash as password_hash, or leave it out",
    });
  });
});

describe("an invalid row", () => {
  it.each([
    [{ email_verified: "perhaps" }, { email_verified: "must be true or false, or the time of the verification" }],
    [{ disabled: {} }, { disabled: "must be true or false, or the end of the ban" }],
    [{ created_at: "yesterday" }, { created_at: "must be a time, like 2026-01-31T12:00:00Z" }],
    [{ created_at: "2026-03-10T12:00:01Z" }, { created_at: "must be in the past and not before 1990" }],
    [{ created_at: "1989-12-31" }, { created_at: "must be in the past and not before 1990" }],
    [{ external_id: {} }, { external_id: "must be a string or a number" }],
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
  ])("%j names the fields", (row, fields) => expect(problem(row)).toEqual(fields));
});
