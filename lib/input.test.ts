import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type AppError, isAppError } from "./errors";
import { parseInput, text } from "./input";

const Body = z.object({ word: text(10, 2), more: text(5).optional() });

function failureOf(value: unknown, schema: z.ZodType = Body): AppError {
  try {
    parseInput(schema, value);
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  throw new Error("was accepted");
}

describe("text", () => {
  it.each([
    ["missing", {}, "is missing"],
    ["undefined", { word: undefined }, "is missing"],
    ["null", { word: null }, "must be a string"],
    ["a number", { word: 12345 }, "must be a string"],
    ["a boolean", { word: true }, "must be a string"],
    ["an array", { word: ["abc"] }, "must be a string"],
    ["an object (operator injection)", { word: { contains: "" } }, "must be a string"],
    ["empty", { word: "" }, "needs at least 2 characters"],
    ["too short", { word: "a" }, "needs at least 2 characters"],
    ["too long", { word: "a".repeat(11) }, "must have at most 10 characters"],
    ["contains NUL", { word: "ab\0cd" }, "must not contain NUL or malformed Unicode"],
    ["contains a lone high surrogate", { word: "ab\ud800" }, "must not contain NUL or malformed Unicode"],
    ["contains a lone low surrogate", { word: "\udc00ab" }, "must not contain NUL or malformed Unicode"],
    ["contains surrogates in the wrong order", { word: "\udc00\ud800" }, "must not contain NUL or malformed Unicode"],
  ])("rejects a value with 400 on its field: %s", (_, value, problem) => {
    const error = failureOf(value);
    expect(error).toMatchObject({ status: 400, code: "invalid_request", description: `word: ${problem}` });
    expect(error.options.fields).toEqual({ word: problem });
  });

  it.each(["ab", "a".repeat(10), "🦊🦊🦊", "\u{10ffff}a", "ä\nö", "'; --"])("accepts %j", (word) =>
    expect(parseInput(Body, { word })).toEqual({ word }),
  );

  it("rejects an empty string", () =>
    expect(failureOf({ a: "" }, z.object({ a: text(5) })).options.fields).toEqual({ a: "must not be empty" }));
});

describe("parseInput", () => {
  it("reports the first problem of each field", () =>
    expect(failureOf({ word: 1, more: "\0".repeat(9) }).options.fields).toEqual({
      word: "must be a string",
      more: "must have at most 5 characters",
    }));

  it.each([
    ["must be a number", z.number(), "7"],
    ["must be a whole number", z.number().int(), 7.5],
    ["must be at least 60", z.number().min(60), 59],
    ["must be at most 9", z.number().max(9), 10],
    ["must be true or false", z.boolean(), "on"],
    ["must be a list", z.array(text(5)), "a"],
    ["must have at least 1 entries", z.array(text(5)).min(1), []],
    ["must have at most 1 entries", z.array(text(5)).max(1), ["a", "b"]],
    ["must be an object", z.object({}), "a"],
    ["must be rotate or reuse", z.enum(["rotate", "reuse"]), "none"],
    ["must be an absolute URL", z.url(), "nowhere"],
    ["is missing", z.number(), undefined],
    ["has its own message", z.number({ error: "has its own message" }), "7"],
  ])("reports that a field %s", (problem, schema, value) =>
    expect(failureOf({ a: value }, z.object({ a: schema })).options.fields).toEqual({ a: problem }),
  );

  it("names a nested field by its path", () =>
    expect(failureOf({ a: { b: [1] } }, z.object({ a: z.object({ b: z.array(text(5)) }) })).options.fields).toEqual({
      "a.b.0": "must be a string",
    }));

  it("drops unknown keys", () => expect(parseInput(Body, { word: "abc", role: "owner" })).toEqual({ word: "abc" }));

  it("drops __proto__ and constructor without changing a prototype", () => {
    const parsed = parseInput(
      Body,
      JSON.parse('{"word": "abc", "__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}'),
    );
    expect(Object.keys(parsed)).toEqual(["word"]);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it("does not read a field from __proto__", () => {
    const value = JSON.parse('{"__proto__": {"word": "abc"}}');
    expect(failureOf(value).options.fields).toEqual({ word: "is missing" });
  });

  it.each([[null], [undefined], ["text"], [7], [[]]])(
    "reports %j instead of an object as a problem of the body",
    (value) => expect(Object.keys(failureOf(value).options.fields ?? {})).toEqual(["body"]),
  );
});
