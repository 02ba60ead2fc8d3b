/**
 * Small pages that a handler answers with, since a page of Next cannot choose its status: errors of the hosted flow, the self-posting form of
 * `response_mode=form_post`, "you are signed out". Plain HTML with its style inside; everything that is not ours is escaped.
 */
import { randomBytes } from "node:crypto";
import { brandOf } from "../../brand";
import { env } from "../../env";
import { textResponse } from "../text-response";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** HTML that is safe as it stands. */
export class Html {
  constructor(readonly text: string) {}
}

/** A template whose values are escaped unless they are Html themselves. */
export function html(
  strings: TemplateStringsArray,
  ...values: (string | Html | Html[] | null | undefined | false)[]
): Html {
  const parts = values.map((value) => {
    if (value instanceof Html) return value.text;
    if (Array.isArray(value)) return value.map((item) => item.text).join("");
    return value ? escapeHtml(value) : "";
  });
  return new Html(strings.reduce((text, part, index) => text + part + (parts[index] ?? ""), ""));
}

/** The tokens of app/globals.css that these pages need, in both themes. */
const STYLE = `
:root{color-scheme:light dark;
--surface:light-dark(oklch(0.98 0.004 80),oklch(0.198 0.005 70));--raised:light-dark(oklch(0.997 0.002 80),oklch(0.235 0.006 70));
--sunken:light-dark(oklch(0.952 0.006 80),oklch(0.17 0.005 70));--line:light-dark(oklch(0.895 0.008 80),oklch(0.315 0.008 70));
--line-strong:light-dark(oklch(0.63 0.012 75),oklch(0.53 0.012 70));--ink:light-dark(oklch(0.24 0.012 65),oklch(0.945 0.006 80));
--muted:light-dark(oklch(0.47 0.014 65),oklch(0.74 0.012 75));--accent:light-dark(oklch(0.405 0.066 182),oklch(0.8 0.085 178));
--hover:light-dark(oklch(0.345 0.058 182),oklch(0.86 0.075 178));--contrast:light-dark(oklch(0.99 0.004 180),oklch(0.2 0.03 182));
--shadow:0 1px 2px light-dark(oklch(0.24 0.012 65/.05),oklch(0 0 0/.4)),0 8px 24px -8px light-dark(oklch(0.24 0.012 65/.14),oklch(0 0 0/.6))}
*{box-sizing:border-box}
body{margin:0;min-height:100svh;display:grid;place-items:center;padding:2rem 1rem;background:var(--surface);color:var(--ink);
font:1rem/1.6 system-ui,sans-serif;-webkit-font-smoothing:antialiased}
main{width:100%;max-width:26rem;background:var(--raised);border:1px solid var(--line);border-radius:.75rem;box-shadow:var(--shadow);
padding:2rem 2.25rem 2.25rem;overflow-wrap:anywhere}
h1{font-size:1.375rem;line-height:1.36;letter-spacing:-.012em;font-weight:500;margin:0 0 .75rem;text-wrap:balance}
p{margin:.625rem 0 0;font-size:.875rem;line-height:1.57;color:var(--muted);text-wrap:pretty}p strong{color:var(--ink);font-weight:500}
code,small{font-family:ui-monospace,monospace;font-size:.75rem}.actions{display:grid;gap:.75rem;margin-top:1.75rem}
button,.button{font:inherit;font-weight:500;min-height:3rem;padding:.5rem 1.5rem;border:1px solid transparent;border-radius:.4375rem;
background:var(--accent);color:var(--contrast);cursor:pointer;text-align:center;text-decoration:none;transition:background .15s}
button:hover,.button:hover{background:var(--hover)}button.quiet{background:transparent;color:var(--ink);border-color:var(--line-strong)}
button.quiet:hover{background:var(--sunken)}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media(max-width:30rem){main{padding:1.75rem 1.5rem 2rem}}@media(prefers-reduced-motion:reduce){*{transition:none}}`;

function accentStyle(color: string): string {
  const { color: accent, hover, text } = brandOf(color);
  return `:root{--accent:${accent};--hover:${hover};--contrast:${text}}`;
}

export interface HtmlPage {
  status?: number;
  title: string;
  body: Html;
  /** The colour of the App that the page belongs to. */
  color?: string | null;
  /** A script of ours, run under the page's nonce. */
  script?: string;
  headers?: Record<string, string>;
}

/** `form-action` is left off: a form here may end, by redirects, at a client's site. */
function policy(nonce: string): string {
  return `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src 'self' https: data:; base-uri 'none'; frame-ancestors 'none'`;
}

export function htmlResponse(page: HtmlPage): Response {
  const nonce = randomBytes(16).toString("base64");
  const script = page.script ? `<script nonce="${nonce}">${page.script}</script>` : "";
  const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(page.title)}</title><style nonce="${nonce}">${STYLE}${page.color ? accentStyle(page.color) : ""}</style></head>
<body><main>${page.body.text}</main>${script}</body></html>`;
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
