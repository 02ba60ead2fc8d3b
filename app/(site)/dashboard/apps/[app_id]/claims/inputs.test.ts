import { describe, expect, it } from "vitest";
import { ClaimForm } from "./inputs";
import { sourceFields } from "./sources";

const SENT = { name: " plan ", source_kind: "public_metadata", source_value: " plan ", "targets:id_token": "on" };

describe("the claim form", () => {
  it("reads name, source, scope and targets", () => {
    expect(ClaimForm.parse(SENT)).toEqual({
      name: "plan",
      source: { public_metadata: "plan" },
      scope: null,
      targets: ["id_token"],
    });
  });

  it.each([
    ["42", 42],
    ['{"a":[1]}', { a: [1] }],
    ["gold", "gold"],
    ['"42"', "42"],
  ])("reads the constant %s as JSON, or else as a text", (value, constant) => {
    const { source } = ClaimForm.parse({ ...SENT, source_kind: "constant", source_value: value });
    expect(source).toEqual({ constant });
    expect(
      ClaimForm.parse({ ...SENT, source_kind: "constant", source_value: sourceFields({ constant }).value }),
    ).toMatchObject({ source });
  });

  it("rejects an unknown source", () => {
    expect(ClaimForm.safeParse({ ...SENT, source_kind: "secret" }).success).toBe(false);
  });
});
