/** Calls of the management API with an app's API key. */
import { type CallOptions, call, type TestResponse } from "./call";
import type { TestApp } from "./factories";
import { findHandler } from "./oauth";

/** `manage(app, "GET", "/users?limit=2")` → the response of /api/v1/apps/{app.id}/users */
export function manage(app: TestApp, method: string, path: string, options: CallOptions = {}): Promise<TestResponse> {
  return manageAs(app, app, method, path, options);
}

/** The same for the app `app`, with the API key of `by`. */
export async function manageAs(by: TestApp, app: TestApp, method: string, path: string, options: CallOptions = {}) {
  const address = `/api/v1/apps/${app.id}${path}`;
  const { handler, params } = await findHandler(method, address);
  return call(handler, { bearer: by.apiKey, method, params, path: address, ...options });
}
