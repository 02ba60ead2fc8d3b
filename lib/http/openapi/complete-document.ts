/** Completes the generated OpenAPI document: response examples and parameter descriptions. */
import { exampleOf, type JsonSchema, resolve } from "./example";

interface Media {
  schema?: JsonSchema;
  example?: unknown;
  examples?: unknown;
}

interface Parameter {
  name: string;
  in: string;
  description?: string;
  schema?: JsonSchema;
  example?: unknown;
}

interface OperationShape {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses?: Record<string, { content?: Record<string, Media> }>;
}

interface DocumentShape {
  paths?: object;
  components?: { schemas?: object };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The response example, with the values that the example request sends. */
function reflect(example: unknown, sent: unknown): unknown {
  if (!isObject(example) || !isObject(sent)) return sent;
  const known = Object.entries(sent).filter(([name]) => Object.hasOwn(example, name));
  return { ...example, ...Object.fromEntries(known.map(([name, value]) => [name, reflect(example[name], value)])) };
}

function addExample(media: Media, sent: unknown, components: Record<string, JsonSchema>): void {
  if (!media.schema || media.example !== undefined || media.examples) return;
  const plain = exampleOf(media.schema, components);
  media.example = isObject(sent) ? reflect(plain, sent) : plain;
}

/** Moves the description of a parameter out of its schema, and adds the example. */
function completeParameter(parameter: Parameter, query: Record<string, string>): void {
  const { description, ...schema } = parameter.schema ?? {};
  parameter.description ??= description as string | undefined;
  parameter.schema = schema;
  if (parameter.in === "query" && query[parameter.name] !== undefined) parameter.example = query[parameter.name];
}

/** Removes `propertyNames` that say only that a name is a string. */
function removePropertyNames(value: unknown): void {
  if (Array.isArray(value)) value.forEach(removePropertyNames);
  if (!isObject(value)) return;
  if (isObject(value.propertyNames) && value.propertyNames.type === "string") delete value.propertyNames;
  Object.values(value).forEach(removePropertyNames);
}

/** Unknown members of JSON bodies are rejected, so the schemas of bodies say so. */
function closeObjects(given: JsonSchema | undefined, components: Record<string, JsonSchema>): void {
  if (!given) return;
  const schema = resolve(given, components);
  if (schema.properties && schema.additionalProperties === undefined) schema.additionalProperties = false;
  for (const inner of [...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? []), schema.items])
    closeObjects(inner, components);
}

/** @param queries the example query of each operation, by its ID */
export function completeDocument<Document extends DocumentShape>(
  document: Document,
  queries: Map<string, Record<string, string>>,
): Document {
  const components = (document.components?.schemas ?? {}) as Record<string, JsonSchema>;
  removePropertyNames(components);
  const items = Object.values(document.paths ?? {}) as Record<string, OperationShape>[];
  for (const operation of items.flatMap((item) => Object.values(item))) {
    const query = queries.get(operation.operationId) ?? {};
    for (const parameter of operation.parameters ?? []) completeParameter(parameter, query);
    closeObjects(operation.requestBody?.content["application/json"]?.schema, components);
    const sent = operation.requestBody?.content["application/json"]?.example;
    for (const { content } of Object.values(operation.responses ?? {}))
      if (content?.["application/json"]) addExample(content["application/json"], sent, components);
  }
  return document;
}
