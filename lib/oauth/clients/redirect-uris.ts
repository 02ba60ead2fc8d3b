/** Redirect URI validation and matching (RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §2.1). */

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Schemes that a browser executes or loads itself instead of opening an application. */
const NEVER = new Set([
  "javascript:",
  "data:",
  "vbscript:",
  "file:",
  "blob:",
  "about:",
  "ftp:",
  "ws:",
  "wss:",
  "view-source:",
]);

/** URL parsers disagree about backslashes and characters outside 0x21-0x7e. */
const PLAIN = /^[\x21-\x5b\x5d-\x7e]+$/;

export const MAX_REDIRECT_URI_LENGTH = 2000;

export type ApplicationType = "web" | "native";

/** Whether a URI has a custom scheme of an installed application, like `com.example.app:/cb`. */
export function hasOwnScheme(uri: string): boolean {
  return /^[a-z][a-z0-9+-]*\.[a-z0-9+.-]*:/i.test(uri);
}

/** The problem of a redirect URI at registration, or null. */
export function redirectUriProblem(uri: string, type: ApplicationType): string | null {
  if (uri.length > MAX_REDIRECT_URI_LENGTH || !PLAIN.test(uri) || !URL.canParse(uri))
    return "must be an absolute URI in printable ASCII characters, without spaces and backslashes";
  const url = new URL(uri);
  // A browser may resolve https:example.com against our own URL, although URL parsers accept it.
  if (/^https?:/i.test(uri) && !/^https?:\/\/[^/?#]/.test(uri)) return "must begin with https:// and a host";
  if (uri.includes("#")) return "must not have a fragment (RFC 6749 §3.1.2)";
  if (url.username || url.password) return "must not contain a username or password";
  if (NEVER.has(url.protocol)) return `must not use the scheme ${url.protocol}`;
  if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(uri.split("?")[0]?.replace(/^[^:]*:\/\//, "") ?? ""))
    return "must not have . or .. in its path";
  if (url.protocol === "https:") return null;
  if (url.protocol === "http:") {
    return LOOPBACK.has(url.hostname)
      ? null
      : "must use https. Only loopback redirect URIs may use http (RFC 8252 §7.3)";
  }
  if (type !== "native") return "must use https. Only native applications may use a custom scheme";
  // RFC 8252 §7.1: a reversed domain name prevents two applications from using the same scheme.
  return url.protocol.includes(".") ? null : "must have a scheme with a dot, like com.example.app (RFC 8252 §7.1)";
}

function isLoopbackHttp(uri: string): boolean {
  return URL.canParse(uri) && new URL(uri).protocol === "http:" && LOOPBACK.has(new URL(uri).hostname);
}

function withoutPort(uri: string): string {
  return uri.replace(/^(http:\/\/(?:\[[^\]]*\]|[^/?#:]*)):\d{1,5}(?=[/?]|$)/, "$1");
}

/**
 * The registered URI that equals `requested`, or null. The port of a public client's loopback URI
 * may differ, because the operating system chooses it (RFC 8252 §7.3).
 */
export function matchRedirectUri(requested: string, registered: string[], isPublic: boolean): string | null {
  if (registered.includes(requested)) return requested;
  if (!isPublic || !PLAIN.test(requested) || !isLoopbackHttp(requested)) return null;
  const url = new URL(requested);
  if (url.username || url.password || requested.includes("#")) return null;
  return registered.find((uri) => isLoopbackHttp(uri) && withoutPort(uri) === withoutPort(requested)) ?? null;
}

/** Whether another application could receive the redirect: a loopback URI or a custom scheme. */
export function isContestedTarget(uri: string): boolean {
  return isLoopbackHttp(uri) || !/^https:/.test(uri);
}

const PARTS = [
  ["scheme", (url: URL) => url.protocol],
  ["host", (url: URL) => url.hostname],
  ["port", (url: URL) => url.port],
  ["path", (url: URL) => url.pathname],
  ["query", (url: URL) => url.search],
] as const;

/** The parts that differ from the nearest registered URI. Doesn't reveal registered values. */
export function describeMismatch(requested: string, registered: string[]): string {
  if (!URL.canParse(requested)) return "It is not an absolute URI.";
  const asked = new URL(requested);
  if (asked.hash || requested.includes("#")) return "It has a fragment. Remove the # and everything after it.";
  const differences = registered
    .filter((uri) => URL.canParse(uri))
    .map((uri) => PARTS.filter(([, read]) => read(new URL(uri)) !== read(asked)).map(([part]) => part))
    .sort((a, b) => a.length - b.length);
  const [nearest] = differences;
  if (!nearest) return "The client has no redirect URI registered.";
  if (nearest.length === 0)
    return "It differs only in case, encoding or default port. Send exactly the registered value.";
  const slash =
    nearest.length === 1 &&
    nearest[0] === "path" &&
    registered.some((uri) => uri === `${requested}/` || `${uri}/` === requested);
  return slash
    ? "It differs by a trailing slash."
    : `It differs from the nearest registered one in its ${nearest.join(" and ")}.`;
}
