/** Sends the browser back to the client (in the query, the fragment or a form) or to the App. */
import { redirect } from "../http/respond";
import type { ClientResponse } from "../oauth/authorize/proceed";
import type { ReturnRedirect } from "../signin/delivery";
import { htmlResponse } from "./html/page";
import { html } from "./html/template";

export function withParameters(uri: string, parameters: Record<string, string>, place: "query" | "fragment"): string {
  const encoded = new URLSearchParams(parameters).toString();
  if (place === "fragment") return `${uri}#${encoded}`;
  // RFC 6749 §3.1.2: a registered query is retained.
  return `${uri}${uri.includes("?") ? (/[?&]$/.test(uri) ? "" : "&") : "?"}${encoded}`;
}

/** OAuth 2.0 Form Post Response Mode §2. Browsers without JavaScript show a button. */
function formPost({ app, redirectUri, parameters, frameAncestors }: ClientResponse): Response {
  const inputs = Object.entries(parameters).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const body = html`<p>Returning to <strong>${new URL(redirectUri).host || redirectUri}</strong>.</p>
    <form method="post" action="${redirectUri}">${inputs}<div class="actions"><button type="submit">Continue</button></div></form>`;
  return htmlResponse({ app, title: "One moment", body, script: "document.forms[0].submit()", frameAncestors });
}

export function respondToClient(response: ClientResponse, cookies: string[] = []): Response {
  if (response.place !== "form_post") {
    return redirect(withParameters(response.redirectUri, response.parameters, response.place), cookies);
  }
  const page = formPost(response);
  for (const cookie of cookies) page.headers.append("Set-Cookie", cookie);
  return page;
}

/** Back to the App's return URL, after a sign-in that left its pages. */
export function respondToApp({ redirectUri, parameters, place }: ReturnRedirect, status: 302 | 303 = 303): Response {
  return redirect(withParameters(redirectUri, parameters, place), [], status);
}
