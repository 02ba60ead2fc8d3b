// Security headers of every page, with a nonce per request (CSP Level 3). Nothing is authorised here: each page,
// action and handler does that itself. The handlers (route.ts) are excluded below and set headers of their own.
import { type NextRequest, NextResponse } from "next/server";

export const config = {
  // Next reads this at build time, so it must stay a literal.
  matcher: [
    "/((?!api(?:/|$)|_next/static/|metrics(?:/|$)|llms\\.txt$|docs/(?:markdown/[a-z-]+|[a-z-]+\\.md)$|\\.well-known/|(?:logo\\.svg|favicon\\.ico|robots\\.txt)$|o/(?:[^/]+/)?(?:authorize|token|introspect|revoke|revoke_token|userinfo|logout|jwks)(?:/|$)|o/[^/]+/\\.well-known/|(?:o/[^/]+/)?(?:verify|verify-email|reset|reset-password|change-email|invitation)/?$|o/.+/submit/?$).*)",
  ],
};

export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const hosted = request.nextUrl.pathname.startsWith("/o/");
  const policy = contentSecurityPolicy(nonce, hosted);

  // Next takes the nonce of its own scripts from the request's policy; ours read x-nonce.
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of pageHeaders(policy, hosted)) response.headers.set(name, value);
  return response;
}

function contentSecurityPolicy(nonce: string, hosted: boolean): string {
  // In development React's debugging needs eval, Next's overlay inline styles, and reloading a WebSocket.
  const development = process.env.NODE_ENV === "development";
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Radix positions its layers by style attributes, which cannot carry a nonce.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: https:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  // Chromium applies form-action to the redirects after a post too, and a hosted form ends at the client's site.
  if (!hosted) directives.push("form-action 'self'");
  return directives.join("; ");
}

function pageHeaders(policy: string, hosted: boolean): [string, string][] {
  const headers: [string, string][] = [
    ["Content-Security-Policy", policy],
    // Not no-referrer: Chromium then sends `Origin: null` with same-origin posts.
    ["Referrer-Policy", "same-origin"],
    ["X-Content-Type-Options", "nosniff"],
    ["Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"],
  ];
  // A client may open the hosted screens in a popup and must find its opener again when they send it back.
  if (!hosted) headers.push(["Cross-Origin-Opener-Policy", "same-origin"]);
  if (isHttps()) headers.push(["Strict-Transport-Security", "max-age=31536000"]);
  return headers;
}

// Decided by configuration: Host and X-Forwarded-Proto are the caller's to write.
function isHttps(): boolean {
  return process.env.PUBLIC_URL?.toLowerCase().startsWith("https://") ?? false;
}
