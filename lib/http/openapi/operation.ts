/** How one call of the API is described. What its handler knows (guard, schemas, status) is read from the handler. */
import type { z } from "zod";
import type { Handler } from "../handler";
import type { ErrorName, OAuthErrorName } from "./errors";
import type { SecurityName } from "./security";

export type HttpMethod = "get" | "post" | "patch" | "delete";

/** A successful answer. */
export interface Answer {
  status: number;
  description: string;
  /** Absent where there is no body. */
  schema?: z.ZodType;
  mediaType?: string;
  /** In place of the one made from the schema's own examples. */
  example?: unknown;
}

/** A call as it is sent: what the reference shows, and what the tests send. */
export interface RequestExample {
  /** Where there are several. */
  title?: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  /** The media type asked for, where the answer depends on it. */
  accept?: string;
}

/** What a handler takes that is not made by route(), or that takes more than its schemas say. */
export interface Accepts {
  /** One of them will do; `null`: none is also allowed. */
  security: (SecurityName | null)[];
  query: z.ZodType;
  body: z.ZodType;
  /** The body is a urlencoded form. */
  form: boolean;
  bodyOptional: boolean;
}

export interface Operation {
  /** Names it for good: links and generated clients hold it. */
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
  /** Beside those that the guard and the schemas bring. */
  errors?: ErrorName[];
  oauthErrors?: OAuthErrorName[];
  /** The first is the one that is shown. None: the call sends nothing. */
  examples?: RequestExample[];
}

/** Operations about one noun. */
export interface Group {
  /** Its place in the readable reference: /docs/api/<slug>. */
  slug: string;
  name: string;
  description: string;
  operations: Operation[];
}
