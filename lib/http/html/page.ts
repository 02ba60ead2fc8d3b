/**
 * Small pages that a handler answers with, since a page of Next cannot choose its status: errors of the hosted flow, the self-posting form of
 * `response_mode=form_post`, "you are signed out". Plain HTML with its style inside; everything that is not ours is escaped.
 */
import { randomBytes } from "node:crypto";
import { env } from "../../env";

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
:root{color-scheme:light dark;--surface:light-dark(#faf8f5,#171513);--raised:light-dark(#fff,#1f1c19);--ink:light-dark(#211d19,#f1ede7);
--muted:light-dark(#6a625a,#aaa197);--line:light-dark(#e5dfd7,#38332d);--accent:light-dark(#1f5c4d,#7cc4ae);--contrast:light-dark(#fff,#0f211c)}
*{box-sizing:border-box}body{margin:0;min-height:100svh;display:grid;place-items:center;padding:1.5rem;background:var(--surface);color:var(--ink);
font:1rem/1.6 system-ui,sans-serif}main{width:100%;max-width:27rem;background:var(--raised);border:1px solid var(--line);border-radius:.75rem;
padding:2rem;overflow-wrap:anywhere}h1{font-size:1.375rem;line-height:1.3;font-weight:600;margin:0 0 .75rem}p{margin:.5rem 0;color:var(--muted)}
p strong{color:var(--ink);font-weight:500}code{font-size:.875em}.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
button,.button{font:inherit;font-weight:500;border-radius:.5rem;border:1px solid var(--accent);background:var(--accent);color:var(--contrast);
padding:.5rem 1rem;cursor:pointer;text-decoration:none}button.quiet{background:transparent;color:var(--ink);border-color:var(--line)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}small{color:var(--muted)}`;

export interface HtmlPage {
  status?: number;
  title: string;
  body: Html;
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
<meta name="robots" content="noindex"><title>${escapeHtml(page.title)}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main>${page.body.text}</main>${script}</body></html>`;
  return new Response(text, {
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
