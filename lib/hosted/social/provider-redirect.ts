/** Redirects a browser to a sign-in provider. */

import type { App } from "../../apps/apps";
import { fail } from "../../errors";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import type { Connection } from "../../social/connections";
import { startSocial } from "../../social/flow";
import type { NewState } from "../../social/state";
import { bindBrowser } from "../browser-binding";

export function requireEnabled({ enabled, label }: Connection): void {
  if (!enabled) fail(403, "connection_disabled", `Sign-in with ${label} is disabled for this app.`);
}

/**
 * The `state` is bound to this browser, so that the response is accepted from no other (RFC 9700
 * §4.7).
 */
export async function redirectToProvider(
  request: HttpRequest,
  app: App,
  connection: Connection,
  given: Pick<NewState, "goal" | "userId"> & { reauthenticate?: boolean },
  status: 302 | 303 = 303,
): Promise<Response> {
  const browser = bindBrowser(request, app.id);
  const url = await startSocial(app, connection, { browserSecret: browser.secret, ...given });
  return redirect(url.href, browser.cookies, status);
}
