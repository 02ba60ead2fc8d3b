/** Successful responses and errors as OpenAPI responses. */
import { z } from "zod";
import type { ZodOpenApiResponsesObject } from "zod-openapi";
import type { CallFacts } from "./contract";
import { ERRORS, OAUTH_ERRORS } from "./errors";
import type { Answer, Operation } from "./operation";

const ErrorAnswer = z
  .object({
    error: z.string().meta({ description: "A stable code for programs.", examples: ["invalid_request"] }),
    error_description: z
      .string()
      .meta({ description: "What was wrong and how to fix it, for people.", examples: ["…"] }),
    request_id: z
      .string()
      .meta({ description: "Identifies the request in the log and in events.", examples: ["req_…"] }),
    fields: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "For invalid input: the problem by field." }),
    mfa_token: z.string().optional().meta({ description: "For `mfa_required` and `mfa_enrollment_required`." }),
    methods: z
      .array(z.string())
      .optional()
      .meta({ description: "For the same errors: the factors to use, or to add." }),
    acr_values: z
      .string()
      .optional()
      .meta({ description: "For `insufficient_user_authentication`: the `acr` to reach." }),
    max_age: z
      .int()
      .optional()
      .meta({ description: "For the same error: the age of the sign-in at most, in seconds." }),
  })
  .meta({ id: "Error", description: "The error of every call under /api." });

const OAuthErrorAnswer = z
  .object({
    error: z.string().meta({ description: "A code of the standard.", examples: ["invalid_grant"] }),
    error_description: z.string().meta({ description: "What was wrong and how to fix it.", examples: ["…"] }),
  })
  .meta({ id: "OAuthError", description: "The error of calls under /o (RFC 6749 §5.2)." });

const JSON_TYPE = "application/json";

interface DocumentedError {
  /** Its name in components.examples. */
  name: string;
  status: number;
  code: string;
  when: string;
  schema: z.ZodType;
  value: unknown;
}

const ID = "req_5f2c9a7be01d43c8a6e4f013";

/** Further members of the examples. */
const MEMBERS: Partial<Record<string, object>> = {
  mfa_required: { mfa_token: "mF3vQ0wLrYb1sZx8cKd9…", methods: ["totp"] },
  mfa_enrollment_required: { mfa_token: "mF3vQ0wLrYb1sZx8cKd9…", methods: ["totp"] },
  insufficient_user_authentication: { acr_values: "2", max_age: 600 },
};

/** The value of `error`. */
export function codeOf(name: string, facts: { status: number; code?: string }): string {
  return facts.code ?? name;
}

/** Every error, as an example that operations refer to. */
export function documentedErrors(): DocumentedError[] {
  const own = Object.entries(ERRORS).map(([name, facts]) => {
    const { status, when } = facts;
    const code = codeOf(name, facts);
    const fields = code === "invalid_request" ? { fields: { email: "is missing" } } : {};
    const error_description = code === "invalid_request" ? "email: is missing" : when;
    const value = { error: code, error_description, request_id: ID, ...fields, ...MEMBERS[name] };
    return { name, status, code, when, schema: ErrorAnswer, value };
  });
  const oauth = Object.entries(OAUTH_ERRORS).map(([name, facts]) => {
    const code = codeOf(name, facts);
    const value = { error: code, error_description: facts.when.replaceAll("`", "") };
    return { ...facts, name: `oauth.${name}`, code, schema: OAuthErrorAnswer, value };
  });
  return [...own, ...oauth];
}

function errorsOf(operation: Operation, facts: CallFacts): DocumentedError[] {
  const names = new Set([...facts.errors, ...(operation.oauthErrors ?? []).map((name) => `oauth.${name}`)]);
  return documentedErrors().filter(({ name }) => names.has(name));
}

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });

function headersOf(status: number) {
  return {
    "X-Request-Id": header("X-Request-Id"),
    ...(status === 303 && { Location: header("Location") }),
    ...(status === 401 && { "WWW-Authenticate": header("WWW-Authenticate") }),
    ...((status === 429 || status === 503) && { "Retry-After": header("Retry-After") }),
  };
}

function contentOf(answers: Answer[]) {
  const media = answers.flatMap(({ schema, mediaType = JSON_TYPE, example }) =>
    schema ? [[mediaType, { schema, ...(example !== undefined && { example }) }] as const] : [],
  );
  return media.length > 0 ? { content: Object.fromEntries(media) } : {};
}

/** For a request that prefers HTML. */
const ERROR_PAGE = { "text/html": { schema: z.string(), example: "<!doctype html>…" } };

/** Of every operation: no handler sees such a request. */
export const SHARED_RESPONSES = {
  HeadersTooLarge: {
    description:
      "`headers_too_large`: The headers are larger than 16 KiB. A browser gets a page that removes Foyer's cookies.",
    headers: { "X-Request-Id": header("X-Request-Id") },
    content: {
      [JSON_TYPE]: {
        schema: ErrorAnswer,
        example: {
          error: "headers_too_large",
          error_description: "The headers are larger than 16 KiB. Send smaller headers.",
          request_id: ID,
        },
      },
      ...ERROR_PAGE,
    },
  },
};

export function responsesOf(operation: Operation, facts: CallFacts): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const status of new Set(operation.answers.map((answer) => answer.status))) {
    // One status can have several media types, depending on the Accept header.
    const here = operation.answers.filter((answer) => answer.status === status);
    responses[`${status}` as "200"] = {
      description: here.map(({ description }) => description).join("\n\n"),
      headers: headersOf(status),
      ...contentOf(here),
    };
  }
  const all = errorsOf(operation, facts);
  for (const status of new Set(all.map((error) => error.status))) {
    const here = all.filter((error) => error.status === status);
    const examples = Object.fromEntries(
      here.map(({ name }) => [name, { $ref: `#/components/examples/${name}` as const }]),
    );
    responses[`${status}` as "400"] = {
      description: here.map(({ code, when }) => `\`${code}\`: ${when}`).join("\n\n"),
      headers: headersOf(status),
      content: { [JSON_TYPE]: { schema: here[0]?.schema, examples }, ...(operation.errorPages && ERROR_PAGE) },
    };
  }
  responses["431"] = { $ref: "#/components/responses/HeadersTooLarge" };
  return responses;
}
