/** A page of an App that does not exist. Not left to Next, whose page that finds nothing is blank without JavaScript. */
import { findApp } from "../apps/apps";
import { TENANT_ZERO } from "../ids";
import { htmlResponse } from "./html/page";
import { html } from "./html/template";

const HOSTED_PAGE = /^\/o\/([^/]+)\/./;

export async function missingApp(path: string): Promise<Response | null> {
  const [, appId] = HOSTED_PAGE.exec(path) ?? [];
  // Developers sign in at the dashboard. What cannot be looked up is for the page to say.
  if (!appId || (appId !== TENANT_ZERO && (await findApp(appId).catch(() => true)))) return null;
  const body = html`<p>There is no app under this link. It may have moved out, or a letter got lost on the way.</p>
    <p>Go back to where you came from and try again from there.</p>`;
  return htmlResponse({ status: 404, app: null, title: "Nobody lives at this address", body });
}
