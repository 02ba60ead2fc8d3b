/** `GET /o/{app}/account/start`: a sign-in that leads to the account page. */

import { findApp } from "../../apps/apps";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import { createInteraction, reauthenticationPage } from "../../oauth/authorize/interaction";
import { bindBrowser } from "../browser-binding";
import { pageUrl } from "../page-urls";

interface StartInput {
  request: HttpRequest;
  params: Record<string, string>;
}

/** `?again=` names a page that requires a new sign-in, even of a signed-in user. */
export async function startAccountSignIn({ request, params }: StartInput): Promise<Response> {
  const app = await findApp(params.app ?? "");
  if (!app) return redirect("/");
  const browser = bindBrowser(request, app.id);
  const again = reauthenticationPage(new URL(request.url).search);
  const id = await createInteraction(app.id, null, again ? `again=${again}` : "", browser.secret);
  return redirect(pageUrl(app, "signin", id), browser.cookies);
}
