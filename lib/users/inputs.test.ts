import { describe, expect, it } from "vitest";
import { Metadata } from "./inputs";

function nested(levels: number): unknown {
  return JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
}

function problemOf(value: unknown): string | undefined {
  return Metadata.safeParse(value).error?.issues[0]?.message;
}

describe("Metadata", () => {
  it.each([[{}], [{ plan: "pro", seats: 3, beta: true, none: null, tags: ["a", { b: [] }] }], [{ a: nested(9) }]])(
    "accepts %j unchanged",
    (value) => expect(Metadata.parse(value)).toEqual(value),
  );

  it.each([["text"], [7], [[1]], [null], [undefined]])("rejects %j, which isn't an object", (value) =>
    expect(problemOf(value)).toBe("must be a JSON object"),
  );

  it.each([11, 1000, 30_000])("rejects %i levels without exhausting the stack", (levels) =>
    expect(problemOf({ a: nested(levels) })).toContain("more than 10 levels"),
  );

  it.each([[{ a: "b\0" }], [{ "a\0": 1 }], [{ a: ["\ud800"] }], [{ a: { "\udc00": 1 } }]])(
    "rejects %j, which PostgreSQL can't store",
    (value) => expect(problemOf(value)).toContain("NUL"),
  );

  it("rejects more than 16 KiB, counted in bytes", () => {
    expect(problemOf({ a: "x".repeat(16 * 1024 - 8) })).toBeUndefined();
    expect(problemOf({ a: "x".repeat(16 * 1024 - 7) })).toBe("must have at most 16 KiB");
    expect(problemOf({ a: "ä".repeat(9000) })).toBe("must have at most 16 KiB");
  });
});
