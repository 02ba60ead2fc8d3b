import { describe, expect, it } from "vitest";
import { readInput } from "@/lib/input";
import { ProfileForm } from "./inputs";

const read = (fields: Record<string, string>) => readInput(ProfileForm, { user_id: "usr_1", ...fields });

describe("the profile form", () => {
  it("has the parts of the address as fields", () => {
    expect(read({ locality: "Berlin", street_address: "1 Main St\nApt 2" })).toMatchObject({
      data: { address: { locality: "Berlin", street_address: "1 Main St\nApt 2" }, phone_number: null },
    });
  });

  it("removes the address and the phone number if their fields are empty", () => {
    expect(read({ phone_number_verified: "on" })).toMatchObject({
      data: { address: null, phone_number: null, phone_number_verified: false, name: null },
    });
  });

  it.each([
    ["on", true],
    [undefined, false],
  ])("with the switch %s sets phone_number_verified to %s", (sent, phone_number_verified) => {
    const fields = { phone_number: "+1 202-555-0123", ...(sent && { phone_number_verified: sent }) };
    expect(read(fields)).toMatchObject({ data: { phone_number: "+12025550123", phone_number_verified } });
  });

  it("names the invalid field", () => {
    expect(read({ phone_number: "0171 1", postal_code: "1".repeat(201), birthdate: "2023-02-30" })).toEqual({
      fields: {
        phone_number: expect.stringContaining("international"),
        postal_code: expect.stringContaining("at most 200"),
        birthdate: expect.stringContaining("day that exists"),
      },
    });
  });
});
