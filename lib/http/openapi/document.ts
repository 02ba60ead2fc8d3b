/** The OpenAPI 3.1 document, from the descriptions of the operations. */
import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from "zod-openapi";
import { completeDocument } from "./complete-document";
import { type CallFacts, callFacts } from "./contract";
import type { Group, Operation, RequestExample } from "./operation";
import { CLIENT_IP, IDEMPOTENCY_KEY, PROOF, pathParameters } from "./parameters";
import { documentedErrors, responsesOf, SHARED_RESPONSES } from "./responses";
import { SECURITY_SCHEMES } from "./security";

export type ApiDocument = ReturnType<typeof createDocument>;

/** Without undefined properties, which the generator does not accept. */
function present<Members extends object>(members: Members): { [Name in keyof Members]?: NonNullable<Members[Name]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

function headerParameters({ oauthErrors = [] }: Operation, facts: CallFacts) {
  const acceptsProof = oauthErrors.some((name) => name === "invalid_dpop_proof" || name === "rejected_proof");
  const known = {
    ...(facts.idempotent && { "Idempotency-Key": IDEMPOTENCY_KEY }),
    ...(facts.security.includes("apiKey") && { "Foyer-Client-IP": CLIENT_IP }),
    ...(acceptsProof && { DPoP: PROOF }),
  };
  return Object.keys(known).length > 0 ? z.object(known) : undefined;
}

function bodyExamples(examples: RequestExample[]) {
  const [first, ...more] = examples.filter(({ body }) => body !== undefined);
  if (!first) return {};
  if (more.length === 0) return { example: first.body };
  const named = [first, ...more].map(({ title, body }, index) => [title ?? `example ${index + 1}`, { value: body }]);
  return { examples: Object.fromEntries(named) };
}

/** A body schema becomes a component that has the name of its first operation. */
function nameBodies(operations: Operation[]): Map<z.ZodType, z.ZodType> {
  const named = new Map<z.ZodType, z.ZodType>();
  for (const operation of operations) {
    const { body } = callFacts(operation);
    if (!body || named.has(body)) continue;
    const id = operation.id.replace(/^./, (first) => first.toUpperCase());
    named.set(body, body.meta()?.id ? body : body.meta({ ...body.meta(), id }));
  }
  return named;
}

type Bodies = ReturnType<typeof nameBodies>;

function requestBodyOf({ examples = [] }: Operation, facts: CallFacts, bodies: Bodies) {
  if (!facts.body) return undefined;
  const type = facts.form ? "application/x-www-form-urlencoded" : "application/json";
  return {
    required: !facts.bodyOptional,
    content: { [type]: { schema: bodies.get(facts.body) ?? facts.body, ...bodyExamples(examples) } },
  };
}

function securityOf(facts: CallFacts) {
  return facts.security.map((name) => (name === null ? {} : { [name]: [] }));
}

function operationObject(group: Group, operation: Operation, path: string, bodies: Bodies): ZodOpenApiOperationObject {
  const facts = callFacts(operation);
  const alias = path !== operation.path;
  return {
    tags: [group.name],
    operationId: alias
      ? `${operation.id}At${path.replace(/(^|[/_])(\w)/g, (_, __, first) => first.toUpperCase())}`
      : operation.id,
    summary: operation.summary,
    description: [operation.description, alias && `The same as \`${operation.path}\`.`].filter(Boolean).join("\n\n"),
    security: securityOf(facts),
    requestParams: present({
      path: pathParameters(path),
      query: facts.query as z.ZodObject | undefined,
      header: headerParameters(operation, facts),
    }),
    ...present({ requestBody: requestBodyOf(operation, facts, bodies) }),
    responses: responsesOf(operation, facts),
    ...(alias && { "x-same-as": operation.id }),
  };
}

function pathsOf(groups: Group[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  const bodies = nameBodies(groups.flatMap(({ operations }) => operations));
  for (const group of groups)
    for (const operation of group.operations)
      for (const path of [operation.path, ...(operation.also ?? [])])
        paths[path] = { ...paths[path], [operation.method]: operationObject(group, operation, path, bodies) };
  return paths;
}

const HEADERS = {
  "X-Request-Id": {
    description: "Identifies the request in the log and in events.",
    schema: { type: "string" as const, example: "req_5f2c9a7be01d43c8a6e4f013" },
  },
  Location: {
    description: "Where the browser is redirected to.",
    schema: { type: "string" as const, format: "uri-reference" },
  },
  "Retry-After": {
    description: "Try again after this many seconds.",
    schema: { type: "integer" as const, minimum: 1 },
  },
  "WWW-Authenticate": { description: "The authentication scheme (RFC 6750 §3).", schema: { type: "string" as const } },
};

export function buildDocument(about: Pick<ZodOpenApiObject, "info" | "servers">, groups: Group[]): ApiDocument {
  const examples = documentedErrors().map(({ name, when, value }) => [name, { summary: when, value }]);
  const document = createDocument(
    {
      openapi: "3.1.0",
      ...about,
      tags: groups.map(({ name, description, slug }) => ({ name, description, "x-slug": slug })),
      paths: pathsOf(groups),
      components: {
        securitySchemes: SECURITY_SCHEMES,
        headers: HEADERS,
        responses: SHARED_RESPONSES,
        examples: Object.fromEntries(examples),
      },
    },
    { allowEmptySchema: { custom: true, unknown: true, any: true } },
  );
  const queries = groups.flatMap(({ operations }) =>
    operations.map(({ id, examples }) => [id, examples?.[0]?.query ?? {}] as const),
  );
  return completeDocument(document, new Map(queries));
}
