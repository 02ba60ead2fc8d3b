import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { JsonSchema } from "@/lib/http/openapi/example";
import { text } from "@/lib/input";
import { type Field, fieldOf, listFields } from "./fields";

const schemaOf = (schema: z.ZodType, io: "input" | "output" = "input") => z.toJSONSchema(schema, { io }) as JsonSchema;

function only(schema: z.ZodType): Field {
  return fieldOf("it", schemaOf(schema), true, {});
}

describe("a field shows", () => {
  it.each<[string, z.ZodType, Partial<Field>]>([
    ["the maximum length of a string", text(200), { type: "string", limits: ["up to 200 characters"] }],
    ["the minimum length of a string", text(9, 3), { limits: ["3 to 9 characters"] }],
    ["that it can be null", text(200).nullable(), { type: "string or null", limits: ["up to 200 characters"] }],
    ["the range of an integer", z.number().int().min(60).max(86_400), { type: "integer", limits: ["60 to 86,400"] }],
    ["no range for an unlimited integer", z.int(), { type: "integer", limits: [] }],
    ["its default", z.boolean().default(true), { type: "boolean", limits: ["default true"] }],
    ["the values of an enum", z.enum(["a", "b"]), { type: "string", values: ["a", "b"] }],
    [
      "the values of an array's items",
      z.array(z.enum(["a"])).max(5),
      { type: "array of string", values: ["a"], limits: ["up to 5 items"] },
    ],
    ["a constant", z.literal("Bearer"), { type: "string", values: ["Bearer"] }],
    ["its description", text(5).nullable().describe("Why."), { description: "Why." }],
    ["the description of the schema inside nullable", text(5).describe("Why.").nullable(), { description: "Why." }],
    ["that it is a date and time", z.string().meta({ format: "date-time" }), { type: "date-time" }],
    ["that it is a free-form object", z.record(z.string(), z.unknown()), { type: "object", limits: [] }],
  ])("%s", (_, schema, expected) => expect(only(schema)).toMatchObject(expected));
});

describe("the list of fields", () => {
  const names = (schema: JsonSchema, components = {}) =>
    listFields(schema, components).map((fields) => fields.map(({ name, required }) => `${name}${required ? "!" : ""}`));

  it("puts the fields of nested objects and arrays after their parent", () => {
    const schema = z.object({
      a: z.object({ b: z.string() }).optional(),
      list: z.array(z.object({ c: z.string().optional() })),
    });
    expect(names(schemaOf(schema))).toEqual([["a", "a.b!", "list!", "list[].c"]]);
  });

  it("resolves references", () => {
    const schema = { properties: { user: { $ref: "#/components/schemas/User" } }, type: "object" };
    const components = { User: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } };
    expect(names(schema, components)).toEqual([["user", "user.id!"]]);
    expect(names({ $ref: "#/components/schemas/User" }, components)).toEqual([["id!"]]);
  });

  it("has one list for each alternative of a union", () =>
    expect(names(schemaOf(z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])))).toEqual([
      ["a!"],
      ["b!"],
    ]));

  it("is empty for a free-form object", () => expect(names(schemaOf(z.record(z.string(), z.string())))).toEqual([]));
});
