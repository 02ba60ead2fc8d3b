// Security headers of every page, with a nonce per request (CSP Level 3). It authorizes nothing:
// each page, action and route handler does that itself. Route handlers are excluded below, since
// they set their own headers.
import { type NextRequest, NextResponse } from "next/server";

export const config = {
  // Next reads this at build time, so it must be a literal. test/proxy.test.ts compares it with the
  // routes.
  matcher: [
    "/((?!api(?:/|$)|_next/static/|metrics(?:/|$)|llms\\.txt/?$|docs/(?:markdown/[a-z-]+|[a-z-]+\\.md)/?$|dashboard/(?:search|apps/[^/]+/(?:events/export|users/export/file))/?$|\\.well-known/|(?:docs\\.js|logo\\.svg|favicon\\.ico|robots\\.txt)$|o/(?:[^/]+/)?(?:authorize|par|token|device_authorization|device-authorization|introspect|revoke|revoke_token|userinfo|logout|jwks|register)(?:/|$)|o/[^/]+/?$|o/(?:[^/]+/)?\\.well-known/|(?:o/[^/]+/)?(?:verify|verify-email|reset|reset-password|change-email|invitation)/?$|o/[^/]+/(?:account/start|step-up|magic-link/link|bot-check)/?$|o/.+/submit/?$).*)",
  ],
};

/** The pages with forms that a bot check covers: the hosted ones of an app, or the dashboard's own. */
const CHECKED_PAGE = /^\/(?:o\/([^/]+)\/(?:signin|signup|forgot)|login|signup|forgot-password)\/?$/;

/** What the widgets load, as their documentation says. Their scripts are loaded by a script with a nonce. */
const CHECK_SOURCES = {
  turnstile: { frame: "https://challenges.cloudflare.com", connect: "https://challenges.cloudflare.com", style: "" },
  hcaptcha: {
    frame: "https://hcaptcha.com https://*.hcaptcha.com",
    connect: "https://hcaptcha.com https://*.hcaptcha.com",
    style: "https://hcaptcha.com https://*.hcaptcha.com",
  },
};

type CheckSources = (typeof CHECK_SOURCES)["hcaptcha"];

async function checkSources(pathname: string): Promise<CheckSources | null> {
  const match = CHECKED_PAGE.exec(pathname);
  if (!match) return null;
  const { providerOfPage } = await import("./lib/bot-check/page-provider");
  const provider = await providerOfPage(match[1] ?? "app_foyer");
  return provider && CHECK_SOURCES[provider];
}

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const hosted = request.nextUrl.pathname.startsWith("/o/");
  const policy = contentSecurityPolicy(nonce, hosted, await checkSources(request.nextUrl.pathname));

  // Next reads the nonce for its own scripts from the request's policy; Foyer's scripts read
  // x-nonce.
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // A page that requires a sign-in returns to its own path and query.
  headers.set("x-page-path", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of pageHeaders(policy, hosted)) response.headers.set(name, value);
  return response;
}

function contentSecurityPolicy(nonce: string, hosted: boolean, check: CheckSources | null): string {
  // In development, React needs eval, Next's error overlay needs inline styles, and reloading needs
  // a WebSocket.
  const development = process.env.NODE_ENV === "development";
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}${check?.style ? ` ${check.style}` : ""}`,
    // Radix positions its popovers by style attributes, which cannot carry a nonce.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: https:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws: wss:" : ""}${check ? ` ${check.connect}` : ""}`,
    ...(check ? [`frame-src ${check.frame}`] : []),
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  // Chromium also applies form-action to redirects after a POST, and a hosted form can redirect to
  // the client's site.
  if (!hosted) directives.push("form-action 'self'");
  return directives.join("; ");
}

function pageHeaders(policy: string, hosted: boolean): [string, string][] {
  const headers: [string, string][] = [
    ["Content-Security-Policy", policy],
    // With no-referrer, Chromium would send `Origin: null` with same-origin POSTs.
    ["Referrer-Policy", "same-origin"],
    ["X-Content-Type-Options", "nosniff"],
    ["Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"],
  ];
  // A client may open the hosted pages in a popup, and its page needs `opener` when the browser
  // returns to it.
  if (!hosted) headers.push(["Cross-Origin-Opener-Policy", "same-origin"]);
  if (isHttps()) headers.push(["Strict-Transport-Security", "max-age=31536000"]);
  return headers;
}

// By configuration, since the caller could forge Host and X-Forwarded-Proto.
function isHttps(): boolean {
  return process.env.PUBLIC_URL?.toLowerCase().startsWith("https://") ?? false;
}
