/**
 * HTML pages that route handlers respond with, such as error pages, the form of
 * `response_mode=form_post` and "You are signed out". A Next page could not set the status. They
 * look like the App's hosted pages, without web fonts.
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
  /** null if it is not known which App the page belongs to. */
  app: App | null;
  /** Of the document, and its heading. */
  title: string;
  /** Starts the document's title with "Error", because a screen reader reads the title first. */
  isError?: boolean;
  /** Below the heading. */
  body: Html;
  /** Runs with the page's nonce. */
  script?: string;
  headers?: Record<string, string>;
  /** Origins whose pages may embed this page. */
  frameAncestors?: string[];
}

/** Without `form-action`, which also applies to redirects: a form may lead to a client's site. */
function policy(nonce: string, frameAncestors: string[] = []): string {
  const ancestors = frameAncestors.join(" ") || "'none'";
  return `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src https:; base-uri 'none'; frame-ancestors ${ancestors}`;
}

function styleOf(color: string | null): Html {
  const properties = Object.entries({ ...TOKENS, ...brandProperties(color) });
  // Safe without escaping: the only user input is the color, which is validated as six digits.
  return new Html(
    `:root{color-scheme:light dark;${properties.map(([name, value]) => `${name}:${value}`).join(";")}}\n${STYLE}`,
  );
}

/** The App's logo, or the first letter of its name, beside its name. */
function appHeader({ name, settings }: App): Html {
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
  // Tenant zero is Foyer itself and has no branding.
  const app = page.app?.id === TENANT_ZERO ? null : page.app;
  const { text } =
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${page.isError && "Error: "}${page.title} · ${app?.name ?? "Foyer"}</title><style nonce="${nonce}">${styleOf(app?.settings.branding.color ?? null)}</style></head>
<body><main>${app && appHeader(app)}<div class="sheet"><h1>${page.title}</h1>${page.body}</div></main>${FOOTER}
${page.script ? html`<script nonce="${nonce}">${new Html(page.script)}</script>` : null}</body></html>`;
  return textResponse(text, {
    status: page.status ?? 200,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy": policy(nonce, page.frameAncestors),
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      ...(env().https && { "Strict-Transport-Security": "max-age=31536000" }),
      ...page.headers,
    },
  });
}
