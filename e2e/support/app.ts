/** An app under test, and the calls of its backend. */
import { PASSWORD } from "./people";

export interface TestApp {
  id: string;
  apiKey: string;
  issuer: string;
}

/** The base URL of a server other than the one that the issuer names. */
export interface At {
  url: string;
}

/** Calls the API with the key of the app. */
export function backend(
  app: TestApp,
  path: string,
  { body, method = body === undefined ? "GET" : "POST", at }: { body?: unknown; method?: string; at?: At } = {},
): Promise<Response> {
  return fetch(new URL(path, at?.url ?? app.issuer), {
    method,
    headers: { Authorization: `Bearer ${app.apiKey}`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the response
export type Json = any;

/** Calls the management API of the app. Fails unless the status says success. → the body */
export async function manage(app: TestApp, method: string, path: string, body?: unknown): Promise<Json> {
  const response = await backend(app, `/api/v1/apps/${app.id}${path}`, { body, method });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

function credentials(verb: "signup" | "login") {
  return (app: TestApp, email: string, { password = PASSWORD, at }: { password?: string; at?: At } = {}) =>
    backend(app, `/api/auth/credentials/${verb}/${app.id}`, { body: { email, password }, at });
}

export const signUp = credentials("signup");
export const logIn = credentials("login");

/** Whether /api/me accepts a token of the app. */
export async function isLive(app: TestApp, token: string, at?: At): Promise<boolean> {
  const headers = { Authorization: `Bearer ${token}` };
  return (await fetch(new URL("/api/me", at?.url ?? app.issuer), { headers })).status === 200;
}
