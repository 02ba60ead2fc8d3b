/**
 * The 404 page for hosted pages of an App that does not exist. Next's own 404 page is blank without
 * JavaScript.
 */
import { findApp } from "../apps/apps";
import { TENANT_ZERO } from "../ids";
import { htmlResponse } from "./html/page";
import { html } from "./html/template";

const HOSTED_PAGE = /^\/o\/([^/]+)\/./;
const OF_DEVELOPERS = /^\/o\/[^/]+\/second-factor(\/|$)/;

/** null if the App exists, or if the database cannot tell: then the page itself shows the error. */
export async function missingAppPage(path: string): Promise<Response | null> {
  const [, appId] = HOSTED_PAGE.exec(path) ?? [];
  if (!appId) return null;
  // Developers sign in at the dashboard, so tenant zero has only the pages of the second factor.
  const hasPage = appId === TENANT_ZERO ? OF_DEVELOPERS.test(path) : await findApp(appId).catch(() => true);
  if (hasPage) return null;
  const body = html`<p>This link isn’t valid. Check that you copied all of it.</p>
    <p>Go back to the app that you came from and try again.</p>`;
  return htmlResponse({ status: 404, app: null, title: "Page not found", body });
}
