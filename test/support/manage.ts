/** The management API as an App's backend calls it: by path, with the App's key. */
import { type Answer, type CallOptions, call } from "./call";
import type { TestApp } from "./factories";
import { findHandler } from "./oauth";

/** `manage(app, "GET", "/users?limit=2")` → the answer of /api/v1/apps/{app.id}/users */
export function manage(app: TestApp, method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  return manageAs(app, app, method, path, options);
}

/** The same of another App, with the first one's key. */
export async function manageAs(by: TestApp, app: TestApp, method: string, path: string, options: CallOptions = {}) {
  const address = `/api/v1/apps/${app.id}${path}`;
  const { handler, params } = await findHandler(method, address);
  return call(handler, { bearer: by.apiKey, method, params, path: address, ...options });
}
