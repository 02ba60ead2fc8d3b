/**
 * Small pages that a handler answers with, since a page of Next cannot choose its status: errors of the hosted flow, the self-posting form of
 * `response_mode=form_post`, "you are signed out". They look like the hosted pages of the App, without a font or a script of theirs.
 */
import { randomBytes } from "node:crypto";
import type { App } from "../../apps/apps";
import { brandProperties, shownLogo } from "../../brand";
import { env } from "../../env";
import { textResponse } from "../../http/text-response";
import { TENANT_ZERO } from "../../ids";
import { initialOf } from "../../text/display-name";
import { STYLE, TOKENS } from "./style";
import { givenName, Html, html } from "./template";

export interface HtmlPage {
  status?: number;
  /** Whose page it is; null where that is not known. */
  app: App | null;
  /** The heading too. */
  title: string;
  /** What stands below the heading. */
  body: Html;
  /** A script of ours, run under the page's nonce. */
  script?: string;
  headers?: Record<string, string>;
}

/** Images by https alone, as everywhere. `form-action` is left off: a form here may end, by redirects, at a client's site. */
function policy(nonce: string): string {
  return `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src https:; base-uri 'none'; frame-ancestors 'none'`;
}

function styleOf(color: string | null): Html {
  const properties = Object.entries({ ...TOKENS, ...brandProperties(color) });
  // Nothing of it is anybody else's text: a colour is six digits.
  return new Html(
    `:root{color-scheme:light dark;${properties.map(([name, value]) => `${name}:${value}`).join(";")}}\n${STYLE}`,
  );
}

/** Its door with its name. */
function signOf({ name, settings }: App): Html {
  const logo = shownLogo(settings.branding.logo_url);
  const mark = logo
    ? html`<span class="mark logo"><img src="${logo}" alt="" referrerpolicy="no-referrer"></span>`
    : html`<span class="mark" aria-hidden="true">${initialOf(name)}</span>`;
  return html`<div class="app">${mark}<p>${givenName(name)}</p></div>`;
}

const FOOTER = html`<footer>Secured by <svg viewBox="0 0 28 28" fill="none" aria-hidden="true"><path d="M3.25 26V13a10.75 10.75 0 0 1 21.5 0v13" stroke="currentColor" stroke-width="2.5"/>
<path d="M14 26V6.5A6.5 6.5 0 0 0 7.5 13v13Z" fill="currentColor"/></svg> <b>Foyer</b></footer>`;

export function htmlResponse(page: HtmlPage): Response {
  const nonce = randomBytes(16).toString("base64");
  // The App of the developers is Foyer itself.
  const app = page.app?.id === TENANT_ZERO ? null : page.app;
  const { text } =
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${page.title} · ${app?.name ?? "Foyer"}</title><style nonce="${nonce}">${styleOf(app?.settings.branding.color ?? null)}</style></head>
<body><main>${app && signOf(app)}<div class="sheet"><h1>${page.title}</h1>${page.body}</div></main>${FOOTER}
${page.script ? html`<script nonce="${nonce}">${new Html(page.script)}</script>` : null}</body></html>`;
  return textResponse(text, {
    status: page.status ?? 200,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": policy(nonce),
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      ...(env().https && { "Strict-Transport-Security": "max-age=31536000" }),
      ...page.headers,
    },
  });
}
