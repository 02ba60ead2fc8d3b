/** The OpenAPI document, and the validation of values against its schemas. */
import { Ajv2020 } from "ajv/dist/2020";
import { apiDocument } from "@/app/_reference/reference";
import type { Operation } from "@/lib/http/openapi/operation";

export interface Media {
  schema?: object;
  example?: unknown;
  examples?: Record<string, { value?: unknown; $ref?: string }>;
}

export interface DocumentedCall {
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { headers: object; content?: Record<string, Media> }>;
}

interface DocumentShape {
  paths: Record<string, Record<string, DocumentedCall>>;
  components: { examples: Record<string, { value: unknown }> };
}

/** The document after serialization, as a client reads it. */
export const DOCUMENT: DocumentShape = JSON.parse(JSON.stringify(apiDocument()));

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
ajv.addFormat("uri", (text) => URL.canParse(text));
ajv.addSchema(DOCUMENT, "foyer");

const escaped = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");

/** Validates a value against the schema at a path of the document. → the errors, or null */
export function schemaErrors(path: string[], value: unknown): unknown {
  ajv.validate({ $ref: `foyer#/${path.map(escaped).join("/")}` }, value);
  return ajv.errors;
}

/** The path of the schema of a response. */
export function responseSchemaPath({ path, method }: Operation, status: number, type: string): string[] {
  return ["paths", path, method, "responses", String(status), "content", type, "schema"];
}
