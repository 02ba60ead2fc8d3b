/** The description of an API operation. Guard, schemas and status are read from its handler. */
import type { z } from "zod";
import type { Handler } from "../handler";
import type { ErrorName, OAuthErrorName } from "./errors";
import type { SecurityName } from "./security";

export type HttpMethod = "get" | "post" | "put" | "patch" | "delete";

/** A successful response. */
export interface Answer {
  status: number;
  description: string;
  /** Omitted for a response without a body. */
  schema?: z.ZodType;
  mediaType?: string;
  /** Instead of the one built from the schema's examples. */
  example?: unknown;
}

/** An example request. The reference shows it, and a test sends it. */
export interface RequestExample {
  /** If there are several. */
  title?: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  /** The Accept header, if the response depends on it. */
  accept?: string;
}

/** The input of a handler whose contract does not describe it fully. */
export interface Accepts {
  /** Alternatives. `null` allows a request without credentials. */
  security: (SecurityName | null)[];
  query: z.ZodType;
  body: z.ZodType;
  /** The body is a urlencoded form. */
  form: boolean;
  bodyOptional: boolean;
}

export interface Operation {
  /** Never changes, since links and generated clients contain it. */
  id: string;
  method: HttpMethod;
  path: string;
  /** Other paths of the same handler. */
  also?: string[];
  handler: Handler;
  summary: string;
  description?: string;
  accepts?: Partial<Accepts>;
  answers: Answer[];
  /** In addition to those of the guard and the schemas. */
  errors?: ErrorName[];
  oauthErrors?: OAuthErrorName[];
  /** Browsers open it, and get errors as a page. */
  errorPages?: boolean;
  /** The reference shows the first. Omitted if the request has neither body nor query. */
  examples?: RequestExample[];
}

/** The operations on one kind of object. */
export interface Group {
  /** In the URL of its reference page: /docs/api/<slug>. */
  slug: string;
  name: string;
  description: string;
  operations: Operation[];
}
