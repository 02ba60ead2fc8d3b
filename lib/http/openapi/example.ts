/** Builds an example for a JSON Schema from the examples of its properties. */

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  [keyword: string]: unknown;
}

/** Follows a reference into the document's components. */
export function resolve(schema: JsonSchema, components: Record<string, JsonSchema>): JsonSchema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  return name === undefined ? schema : resolve(components[name] ?? {}, components);
}

const PLAIN: Record<string, unknown> = { string: "…", integer: 0, number: 0, boolean: false, null: null };

/** Only required properties, since a response can omit the others. */
export function exampleOf(given: JsonSchema, components: Record<string, JsonSchema>): unknown {
  const schema = resolve(given, components);
  const own = [given.examples?.[0], schema.examples?.[0], schema.const, schema.default, schema.enum?.[0]];
  const said = own.find((value) => value !== undefined);
  if (said !== undefined) return said;
  const [alternative] = schema.anyOf ?? schema.oneOf ?? [];
  if (alternative) return exampleOf(alternative, components);
  if (schema.items) return [exampleOf(schema.items, components)];
  if (schema.type === "object") {
    const members = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name));
    return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member, components)]));
  }
  return PLAIN[String(schema.type)] ?? null;
}
