/** What a JSON Schema says, as lines to read: one for each member, those of nested objects under the name of their parent. */
import { type JsonSchema, resolve } from "@/lib/http/openapi/example";

export interface Field {
  /** `settings.methods.password`, `data[].id` */
  name: string;
  /** `text or null` */
  type: string;
  required: boolean;
  /** Markdown. */
  description: string;
  /** What it may be, where that is a short list. */
  values: string[];
  /** `1 to 200 characters`, `20 by default` */
  limits: string[];
}

export type Components = Record<string, JsonSchema>;

const WORDS: Record<string, string> = {
  string: "text",
  integer: "whole number",
  boolean: "true or false",
  null: "null",
};

/** Without the null that is one of two alternatives. */
function unwrapped(given: JsonSchema, components: Components): { schema: JsonSchema; nullable: boolean } {
  const schema = resolve(given, components);
  const others = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
  const nullable = others.length < (schema.anyOf?.length ?? 0);
  const [only] = others;
  return nullable && only && others.length === 1
    ? { schema: { ...unwrapped(only, components).schema, ...described(schema) }, nullable }
    : { schema, nullable };
}

function described({ description, default: fallback }: JsonSchema): JsonSchema {
  return { ...(description !== undefined && { description }), ...(fallback !== undefined && { default: fallback }) };
}

function typeOf(schema: JsonSchema, nullable: boolean, components: Components): string {
  const items = schema.items && unwrapped(schema.items, components).schema;
  const plain = schema.type ?? (schema.const === undefined ? "object" : typeof schema.const);
  const word = items ? `list of ${typeOf(items, false, components)}` : (WORDS[String(plain)] ?? String(plain));
  const dated = schema.format === "date-time" ? "time" : word;
  return nullable ? `${dated} or null` : dated;
}

function range(least: unknown, most: unknown, unit: string): string[] {
  const [low, high] = [Number(least ?? 0), Number(most ?? Number.POSITIVE_INFINITY)];
  // What every whole number keeps to need not be said.
  if (!(high < Number.MAX_SAFE_INTEGER)) return low > 0 ? [`at least ${low.toLocaleString("en")}${unit}`] : [];
  const highest = `${high.toLocaleString("en")}${unit}`;
  return [least === undefined || (unit && low <= 1) ? `up to ${highest}` : `${low.toLocaleString("en")} to ${highest}`];
}

function limitsOf(schema: JsonSchema): string[] {
  const { default: fallback } = schema;
  const isPlain = fallback !== undefined && typeof fallback !== "object";
  return [
    ...(schema.minLength !== undefined || schema.maxLength !== undefined
      ? range(schema.minLength, schema.maxLength, " characters")
      : []),
    ...(schema.minimum !== undefined || schema.maximum !== undefined ? range(schema.minimum, schema.maximum, "") : []),
    ...(schema.maxItems === undefined ? [] : range(undefined, schema.maxItems, " entries")),
    ...(isPlain ? [`${JSON.stringify(fallback)} by default`] : []),
  ];
}

function valuesOf(schema: JsonSchema): string[] {
  const values = schema.enum ?? schema.items?.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return values.map(String);
}

/** A parameter, or a member of an object. */
export function fieldOf(name: string, given: JsonSchema, required: boolean, components: Components): Field {
  const { schema, nullable } = unwrapped(given, components);
  return {
    name,
    type: typeOf(schema, nullable, components),
    required,
    description: String(given.description ?? schema.description ?? ""),
    values: valuesOf(schema),
    limits: limitsOf(schema),
  };
}

function below(field: Field, given: JsonSchema, components: Components): Field[] {
  const { schema } = unwrapped(given, components);
  if (schema.items) {
    const items = unwrapped(schema.items, components).schema;
    return items.properties ? membersOf(items, components, `${field.name}[].`) : [];
  }
  return schema.properties ? membersOf(schema, components, `${field.name}.`) : [];
}

function membersOf(schema: JsonSchema, components: Components, prefix = ""): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const field = fieldOf(`${prefix}${name}`, member, schema.required?.includes(name) ?? false, components);
    return [field, ...below(field, member, components)];
  });
}

/** The members of an object; of several objects, any of which will do, those of each. */
export function listFields(given: JsonSchema, components: Components): Field[][] {
  const { schema } = unwrapped(given, components);
  const alternatives = schema.anyOf ?? schema.oneOf ?? [schema];
  return alternatives.map((one) => membersOf(resolve(one, components), components)).filter(({ length }) => length > 0);
}
