/** Calls a route handler as server.ts would, with a plain Request. */
import type { Handler } from "@/lib/http/handler";
import { TEST_PUBLIC_URL } from "./environment";

export interface CallOptions {
  params?: Record<string, string>;
  method?: string;
  /** Sent as JSON when it is an object, as it is when it is a string, bytes or a stream. */
  body?: unknown;
  bearer?: string;
  headers?: Record<string, string>;
  path?: string;
  ip?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the body
  body: any;
}

export async function call(handler: Handler, options: CallOptions = {}): Promise<Answer> {
  const headers = new Headers(options.headers);
  if (options.bearer) headers.set("authorization", `Bearer ${options.bearer}`);
  if (options.body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const asItIs =
    typeof options.body === "string" ||
    options.body === undefined ||
    options.body instanceof Uint8Array ||
    options.body instanceof ReadableStream;
  const body = (asItIs ? options.body : JSON.stringify(options.body)) as BodyInit | undefined;
  const method = options.method ?? (body === undefined ? "GET" : "POST");
  const request = new Request(`${TEST_PUBLIC_URL}${options.path ?? "/"}`, {
    method,
    headers,
    body,
    duplex: "half",
  } as RequestInit);
  const caller = { requestId: "req_test", ip: options.ip ?? "192.0.2.1", userAgent: "test" };
  const response = await handler(request, { params: Promise.resolve(options.params ?? {}), caller });
  const text = await response.text();
  const json = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text };
}
