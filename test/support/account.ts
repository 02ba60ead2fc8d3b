/** Calls of the API that tests of accounts repeat: sign-in, token checks, password reset. */
import type { TestResponse } from "./call";
import { call } from "./call";
import type { TestApp } from "./factories";
import { SOME_PASSWORD, someEmail, someSession } from "./factories";
import { lastMail, type ReadMail } from "./mailbox";
import { findHandler } from "./oauth";

export interface AskOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  bearer?: string;
  headers?: Record<string, string>;
  ip?: string;
}

/** Calls the handler of a path with JSON. */
export async function ask(path: string, options: AskOptions = {}): Promise<TestResponse> {
  const method = options.method ?? (options.body === undefined ? "GET" : "POST");
  const { handler, params } = await findHandler(method, path);
  return call(handler, { ...options, method, path, params });
}

/** The same with the API key of the app. */
export function askAs(app: TestApp, path: string, body: unknown, more: AskOptions = {}): Promise<TestResponse> {
  return ask(path, { bearer: app.apiKey, body, ...more });
}

export function logIn(app: TestApp, email: string, password = SOME_PASSWORD): Promise<TestResponse> {
  return askAs(app, `/api/auth/credentials/login/${app.id}`, { email, password });
}

/** Whether /api/me accepts a token. */
export async function isLive(token: string): Promise<boolean> {
  return (await ask("/api/me", { bearer: token })).status === 200;
}

export interface ResetLink extends ReadMail {
  email: string;
  userId: string;
  userToken: string;
}

/** A new user who has requested a password reset, with the email. */
export async function someResetLink(app: TestApp, email = someEmail()): Promise<ResetLink> {
  const { userId, token: userToken } = await someSession(app.id, email);
  await askAs(app, `/api/auth/password/forgot/${app.id}`, { email });
  return { ...(await lastMail(email)), email, userId, userToken };
}
