import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { JsonSchema } from "@/lib/http/openapi/example";
import { text } from "@/lib/input";
import { type Field, fieldOf, listFields } from "./fields";

const schemaOf = (schema: z.ZodType, io: "input" | "output" = "input") => z.toJSONSchema(schema, { io }) as JsonSchema;

function only(schema: z.ZodType): Field {
  return fieldOf("it", schemaOf(schema), true, {});
}

describe("a field says", () => {
  it.each<[string, z.ZodType, Partial<Field>]>([
    ["how long a text may be", text(200), { type: "text", limits: ["up to 200 characters"] }],
    ["how long it must be", text(9, 3), { limits: ["3 to 9 characters"] }],
    ["that it may be null", text(200).nullable(), { type: "text or null", limits: ["up to 200 characters"] }],
    ["a range", z.number().int().min(60).max(86_400), { type: "whole number", limits: ["60 to 86,400"] }],
    ["nothing of the range of whole numbers", z.int(), { type: "whole number", limits: [] }],
    ["what it is by default", z.boolean().default(true), { type: "true or false", limits: ["true by default"] }],
    ["what it may be", z.enum(["a", "b"]), { type: "text", values: ["a", "b"] }],
    [
      "what its entries may be",
      z.array(z.enum(["a"])).max(5),
      { type: "list of text", values: ["a"], limits: ["up to 5 entries"] },
    ],
    ["that it is just this", z.literal("Bearer"), { type: "text", values: ["Bearer"] }],
    ["what it is for", text(5).nullable().describe("Why."), { description: "Why." }],
    ["what it is for, said inside", text(5).describe("Why.").nullable(), { description: "Why." }],
    ["that it is a time", z.string().meta({ format: "date-time" }), { type: "time" }],
    ["that it is anything of the caller's", z.record(z.string(), z.unknown()), { type: "object", limits: [] }],
  ])("%s", (_, schema, expected) => expect(only(schema)).toMatchObject(expected));
});

describe("the fields of", () => {
  const names = (schema: JsonSchema, components = {}) =>
    listFields(schema, components).map((fields) => fields.map(({ name, required }) => `${name}${required ? "!" : ""}`));

  it("nested objects and lists follow their parent", () => {
    const schema = z.object({
      a: z.object({ b: z.string() }).optional(),
      list: z.array(z.object({ c: z.string().optional() })),
    });
    expect(names(schemaOf(schema))).toEqual([["a", "a.b!", "list!", "list[].c"]]);
  });

  it("a reference are those of what it refers to", () => {
    const schema = { properties: { user: { $ref: "#/components/schemas/User" } }, type: "object" };
    const components = { User: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } };
    expect(names(schema, components)).toEqual([["user", "user.id!"]]);
    expect(names({ $ref: "#/components/schemas/User" }, components)).toEqual([["id!"]]);
  });

  it("alternatives are a list each", () =>
    expect(names(schemaOf(z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])))).toEqual([
      ["a!"],
      ["b!"],
    ]));

  it("an object of the caller's own are none", () =>
    expect(names(schemaOf(z.record(z.string(), z.string())))).toEqual([]));
});
