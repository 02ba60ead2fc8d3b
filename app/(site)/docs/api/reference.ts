/** The OpenAPI document as the reference pages show it: groups of endpoints. */
import { apiDocument } from "@/app/_reference/reference";
import { exampleOf, type JsonSchema } from "@/lib/http/openapi/example";
import type { Language } from "../language-tabs";
import type { CurlCall } from "./curl";
import { type Components, type Field, fieldOf, listFields } from "./fields";
import { requestCode } from "./request-code";

export interface ReferenceResponse {
  status: string;
  description: string;
  fields: Field[][];
  /** Formatted JSON, if there is a body. */
  example: string | null;
}

export interface ErrorCode {
  status: string;
  code: string;
  /** Markdown. */
  when: string;
}

export interface ReferenceEndpoint {
  id: string;
  method: string;
  path: string;
  /** Other paths of the same endpoint. */
  also: string[];
  summary: string;
  description: string;
  /** Names of security schemes, any of which is accepted. null: also none. */
  security: (string | null)[];
  parameters: (Field & { place: string })[];
  body: { type: string; required: boolean; fields: Field[][] } | null;
  responses: ReferenceResponse[];
  errors: ErrorCode[];
  /** Example requests. */
  requests: { label: string; code: Record<Language, string>; call: CurlCall }[];
}

export interface ReferenceGroup {
  slug: string;
  name: string;
  description: string;
  endpoints: ReferenceEndpoint[];
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
  responses: Record<string, { $ref?: string; description: string; content?: Record<string, Media> }>;
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

function responsesOf({ responses }: OperationShape, components: Components): ReferenceResponse[] {
  return Object.entries(responses)
    .filter(([, { $ref, content }]) => !$ref && !content?.["application/json"]?.examples)
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

function errorsOf({ responses }: OperationShape, document: DocumentShape): ErrorCode[] {
  return Object.entries(responses).flatMap(([status, { content }]) =>
    Object.values(content?.["application/json"]?.examples ?? {}).flatMap(({ $ref }) => {
      const known = document.components.examples[$ref?.split("/").at(-1) ?? ""];
      return known ? [{ status, code: known.value.error, when: known.summary }] : [];
    }),
  );
}

/** Every documented body with its title, or one entry without a body. */
function bodiesOf(media: Media | undefined): { label: string; body?: Record<string, unknown> }[] {
  const several = Object.entries(media?.examples ?? {}).map(([label, { value }]) => ({ label, body: value as never }));
  if (several.length > 0) return several;
  return [{ label: "curl", ...(media?.example !== undefined && { body: media.example as never }) }];
}

function requestsOf({ path, method, operation }: Placed, document: DocumentShape): ReferenceEndpoint["requests"] {
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
    // An optional credential is left out of the example.
    credential: alone && credential !== "clientSecret" ? undefined : credential,
    accept: Object.keys(operation.responses[200]?.content ?? {}).length > 1 ? "application/json" : undefined,
  };
  return bodiesOf(media).map(({ label, body }) => ({
    label,
    code: requestCode({ ...call, body }),
    call: { ...call, body },
  }));
}

function bodyOf({ requestBody }: OperationShape, components: Components): ReferenceEndpoint["body"] {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!type || !media?.schema) return null;
  return { type, required: requestBody?.required ?? false, fields: listFields(media.schema, components) };
}

function endpointOf(at: Placed, all: Placed[], document: DocumentShape): ReferenceEndpoint {
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
    responses: responsesOf(operation, schemas),
    errors: errorsOf(operation, document),
    requests: requestsOf(at, document),
  };
}

/** Every error code under /api, by status. */
export function listErrorCodes(): ErrorCode[] {
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
    endpoints: all
      .filter(({ operation }) => operation.tags.includes(name) && !operation["x-same-as"])
      .map((at) => endpointOf(at, all, document)),
  }));
}

export function findReferenceGroup(slug: string): ReferenceGroup | null {
  return readReference().find((group) => group.slug === slug) ?? null;
}
