/** JSON Schema → a flat list of fields. The name of a nested field includes its parents. */
import { type JsonSchema, resolve } from "@/lib/http/openapi/example";

export interface Field {
  /** `settings.methods.password`, `data[].id` */
  name: string;
  /** `string or null` */
  type: string;
  required: boolean;
  /** Markdown. */
  description: string;
  /** The allowed values of an enum or a constant. */
  values: string[];
  /** `1 to 200 characters`, `default 20` */
  limits: string[];
}

export type Components = Record<string, JsonSchema>;

/** The schema without null, if null is one of two alternatives. */
function unwrapNullable(given: JsonSchema, components: Components): { schema: JsonSchema; nullable: boolean } {
  const schema = resolve(given, components);
  const others = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
  const nullable = others.length < (schema.anyOf?.length ?? 0);
  const [only] = others;
  return nullable && only && others.length === 1
    ? { schema: { ...unwrapNullable(only, components).schema, ...described(schema) }, nullable }
    : { schema, nullable };
}

function described({ description, default: fallback }: JsonSchema): JsonSchema {
  return { ...(description !== undefined && { description }), ...(fallback !== undefined && { default: fallback }) };
}

function typeOf(schema: JsonSchema, nullable: boolean, components: Components): string {
  const items = schema.items && unwrapNullable(schema.items, components).schema;
  const plain = schema.type ?? (schema.const === undefined ? "object" : typeof schema.const);
  const type = items ? `array of ${typeOf(items, false, components)}` : String(plain);
  const name = schema.format === "date-time" ? "date-time" : type;
  return nullable ? `${name} or null` : name;
}

function range(least: unknown, most: unknown, unit: string): string[] {
  const [low, high] = [Number(least ?? 0), Number(most ?? Number.POSITIVE_INFINITY)];
  // The limits of a safe integer apply to every integer, so they are left out.
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
    ...(schema.maxItems === undefined ? [] : range(undefined, schema.maxItems, " items")),
    ...(isPlain ? [`default ${JSON.stringify(fallback)}`] : []),
  ];
}

function valuesOf(schema: JsonSchema): string[] {
  const values = schema.enum ?? schema.items?.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return values.map(String);
}

/** The field of a parameter or of an object's property. */
export function fieldOf(name: string, given: JsonSchema, required: boolean, components: Components): Field {
  const { schema, nullable } = unwrapNullable(given, components);
  return {
    name,
    type: typeOf(schema, nullable, components),
    required,
    description: String(given.description ?? schema.description ?? ""),
    values: valuesOf(schema),
    limits: limitsOf(schema),
  };
}

function nestedFields(field: Field, given: JsonSchema, components: Components): Field[] {
  const { schema } = unwrapNullable(given, components);
  if (schema.items) {
    const items = unwrapNullable(schema.items, components).schema;
    return items.properties ? fieldsOf(items, components, `${field.name}[].`) : [];
  }
  return schema.properties ? fieldsOf(schema, components, `${field.name}.`) : [];
}

function fieldsOf(schema: JsonSchema, components: Components, prefix = ""): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const field = fieldOf(`${prefix}${name}`, member, schema.required?.includes(name) ?? false, components);
    return [field, ...nestedFields(field, member, components)];
  });
}

/** The fields of an object, or of each alternative of a union. */
export function listFields(given: JsonSchema, components: Components): Field[][] {
  const { schema } = unwrapNullable(given, components);
  const alternatives = schema.anyOf ?? schema.oneOf ?? [schema];
  return alternatives.map((one) => fieldsOf(resolve(one, components), components)).filter(({ length }) => length > 0);
}
