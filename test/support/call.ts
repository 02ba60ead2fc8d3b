/** Calls a route handler as server.ts would, with a plain Request. */
import type { Handler } from "@/lib/http/handler";
import { TEST_PUBLIC_URL } from "./environment";

export interface CallOptions {
  params?: Record<string, string>;
  method?: string;
  /** An object is sent as JSON; a string, bytes or a stream unchanged. */
  body?: unknown;
  bearer?: string;
  headers?: Record<string, string>;
  path?: string;
  ip?: string;
}

export interface TestResponse {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests assert the type of the body
  body: any;
}

export async function call(handler: Handler, options: CallOptions = {}): Promise<TestResponse> {
  const headers = new Headers(options.headers);
  if (options.bearer) headers.set("authorization", `Bearer ${options.bearer}`);
  if (options.body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const isRaw =
    typeof options.body === "string" ||
    options.body === undefined ||
    options.body instanceof Uint8Array ||
    options.body instanceof ReadableStream;
  const body = (isRaw ? options.body : JSON.stringify(options.body)) as BodyInit | undefined;
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
