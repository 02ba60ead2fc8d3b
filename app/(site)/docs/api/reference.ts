/** The OpenAPI document as pages show it: by group, each call with all that there is to say. */
import { apiDocument } from "@/app/_reference/reference";
import { exampleOf, type JsonSchema } from "@/lib/http/openapi/example";
import { type CurlCall, curl } from "./curl";
import { type Components, type Field, fieldOf, listFields } from "./fields";

export interface ReferenceAnswer {
  status: string;
  description: string;
  fields: Field[][];
  /** JSON to read, where there is a body. */
  example: string | null;
}

export interface ReferenceRefusal {
  status: string;
  code: string;
  /** Markdown. */
  when: string;
}

export interface ReferenceCall {
  id: string;
  method: string;
  path: string;
  /** Other paths of the same call. */
  also: string[];
  summary: string;
  description: string;
  /** Names of schemes, one of which will do; null: none is also allowed. */
  security: (string | null)[];
  parameters: (Field & { place: string })[];
  body: { type: string; required: boolean; fields: Field[][] } | null;
  answers: ReferenceAnswer[];
  errors: ReferenceRefusal[];
  /** The call as it is sent, in one or several ways. */
  requests: { label: string; code: string }[];
}

export interface ReferenceGroup {
  slug: string;
  name: string;
  description: string;
  calls: ReferenceCall[];
}

interface Media {
  schema?: JsonSchema;
  example?: unknown;
  examples?: Record<string, { value?: unknown; $ref?: string }>;
}

interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
}

interface OperationShape {
  tags: string[];
  operationId: string;
  summary: string;
  description: string;
  security: Record<string, unknown>[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
  "x-same-as"?: string;
}

interface DocumentShape {
  servers: { url: string }[];
  tags: { name: string; description: string; "x-slug": string }[];
  paths: Record<string, Record<string, OperationShape>>;
  components: { schemas: Components; examples: Record<string, { summary: string; value: { error: string } }> };
}

interface Placed {
  path: string;
  method: string;
  operation: OperationShape;
}

function placed(document: DocumentShape): Placed[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
}

function answersOf({ responses }: OperationShape, components: Components): ReferenceAnswer[] {
  return Object.entries(responses)
    .filter(([, { content }]) => !content?.["application/json"]?.examples)
    .map(([status, { description, content }]) => {
      const media = content?.["application/json"];
      return {
        status,
        description,
        fields: media?.schema ? listFields(media.schema, components) : [],
        example: media ? JSON.stringify(media.example, null, 2) : null,
      };
    });
}

function errorsOf({ responses }: OperationShape, document: DocumentShape): ReferenceRefusal[] {
  return Object.entries(responses).flatMap(([status, { content }]) =>
    Object.values(content?.["application/json"]?.examples ?? {}).flatMap(({ $ref }) => {
      const known = document.components.examples[$ref?.split("/").at(-1) ?? ""];
      return known ? [{ status, code: known.value.error, when: known.summary }] : [];
    }),
  );
}

/** Every body that is documented, with its title; one without a body where there is none. */
function bodiesOf(media: Media | undefined): { label: string; body?: Record<string, unknown> }[] {
  const several = Object.entries(media?.examples ?? {}).map(([label, { value }]) => ({ label, body: value as never }));
  if (several.length > 0) return several;
  return [{ label: "curl", ...(media?.example !== undefined && { body: media.example as never }) }];
}

function requestsOf({ path, method, operation }: Placed, document: DocumentShape): ReferenceCall["requests"] {
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
  const asked = (operation.parameters ?? []).filter((parameter) => parameter.example !== undefined);
  const example = (schema: JsonSchema) => String(exampleOf(schema, document.components.schemas));
  const [credential] = operation.security.flatMap((scheme) => Object.keys(scheme).slice(0, 1));
  const alone = operation.security.some((scheme) => Object.keys(scheme).length === 0);
  const call: Omit<CurlCall, "body"> = {
    method,
    path,
    origin: document.servers[0]?.url ?? "",
    parameters: Object.fromEntries(inPath.map(({ name, schema }) => [name, example(schema)])),
    query: Object.fromEntries(asked.map(({ name, example: value }) => [name, value])),
    form: type === "application/x-www-form-urlencoded",
    // What is not asked for by the call as it is shown is left out.
    credential: alone && credential !== "clientSecret" ? undefined : credential,
    accept: Object.keys(operation.responses[200]?.content ?? {}).length > 1 ? "application/json" : undefined,
  };
  return bodiesOf(media).map(({ label, body }) => ({ label, code: curl({ ...call, body }) }));
}

function bodyOf({ requestBody }: OperationShape, components: Components): ReferenceCall["body"] {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!type || !media?.schema) return null;
  return { type, required: requestBody?.required ?? false, fields: listFields(media.schema, components) };
}

function callOf(at: Placed, all: Placed[], document: DocumentShape): ReferenceCall {
  const { operation, path, method } = at;
  const { schemas } = document.components;
  const same = all.filter((other) => other.operation["x-same-as"] === operation.operationId);
  return {
    id: operation.operationId,
    method,
    path,
    also: same.map((other) => other.path),
    summary: operation.summary,
    description: operation.description,
    security: operation.security.map((scheme) => Object.keys(scheme)[0] ?? null),
    parameters: (operation.parameters ?? []).map((parameter) => {
      const schema = { ...parameter.schema, description: parameter.description };
      return { ...fieldOf(parameter.name, schema, parameter.required ?? false, schemas), place: parameter.in };
    }),
    body: bodyOf(operation, schemas),
    answers: answersOf(operation, schemas),
    errors: errorsOf(operation, document),
    requests: requestsOf(at, document),
  };
}

/** Every code under /api, by status. */
export function listErrorCodes(): ReferenceRefusal[] {
  const { components, paths } = apiDocument() as unknown as DocumentShape;
  const status = new Map<string, string>();
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item)))
    for (const [code, { content }] of Object.entries(operation.responses))
      for (const name of Object.keys(content?.["application/json"]?.examples ?? {})) status.set(name, code);
  return Object.entries(components.examples)
    .filter(([name]) => !name.startsWith("oauth."))
    .map(([name, { summary, value }]) => ({ status: status.get(name) ?? "", code: value.error, when: summary }));
}

export function readReference(): ReferenceGroup[] {
  const document = apiDocument() as unknown as DocumentShape;
  const all = placed(document);
  return document.tags.map(({ name, description, "x-slug": slug }) => ({
    slug,
    name,
    description,
    calls: all
      .filter(({ operation }) => operation.tags.includes(name) && !operation["x-same-as"])
      .map((at) => callOf(at, all, document)),
  }));
}

export function findReferenceGroup(slug: string): ReferenceGroup | null {
  return readReference().find((group) => group.slug === slug) ?? null;
}
