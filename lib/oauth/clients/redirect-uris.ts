/** Redirect URIs: what may be registered, and when a requested one is the registered one (RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §2.1). */

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Schemes that a browser would run, read or resolve instead of handing over. */
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

/** Something below 0x21 or above 0x7e, or a backslash, is read differently by different parsers. */
const PLAIN = /^[\x21-\x5b\x5d-\x7e]+$/;

export const MAX_REDIRECT_URI_LENGTH = 2000;

export type ApplicationType = "web" | "native";

/** `com.example.app:/cb`: only an installed application can be reached by it. */
export function hasOwnScheme(uri: string): boolean {
  return /^[a-z][a-z0-9+-]*\.[a-z0-9+.-]*:/i.test(uri);
}

/** What is wrong with a redirect URI that somebody wants to register, or null. */
export function redirectUriProblem(uri: string, type: ApplicationType): string | null {
  if (uri.length > MAX_REDIRECT_URI_LENGTH || !PLAIN.test(uri) || !URL.canParse(uri))
    return "must be an absolute URI of plain ASCII characters";
  const url = new URL(uri);
  // What a parser forgives (https:example.com, https:///example.com) a browser may read as a path of ours.
  if (/^https?:/i.test(uri) && !/^https?:\/\/[^/?#]/.test(uri)) return "must begin with https:// and a host";
  if (uri.includes("#")) return "must have no fragment (RFC 6749 §3.1.2)";
  if (url.username || url.password) return "must hold no user or password";
  if (NEVER.has(url.protocol)) return `must not use the scheme ${url.protocol}`;
  if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(uri.split("?")[0]?.replace(/^[^:]*:\/\//, "") ?? ""))
    return "must have no . or .. in its path";
  if (url.protocol === "https:") return null;
  if (url.protocol === "http:") {
    return LOOPBACK.has(url.hostname) ? null : "must use https; http is for loopback addresses only (RFC 8252 §7.3)";
  }
  if (type !== "native") return "must use https; schemes of one's own are for native applications";
  // RFC 8252 §7.1: a reversed domain name, so that two applications do not claim the same one.
  return url.protocol.includes(".") ? null : "needs a scheme with a dot, like com.example.app (RFC 8252 §7.1)";
}

function isLoopbackHttp(uri: string): boolean {
  return URL.canParse(uri) && new URL(uri).protocol === "http:" && LOOPBACK.has(new URL(uri).hostname);
}

function withoutPort(uri: string): string {
  return uri.replace(/^(http:\/\/(?:\[[^\]]*\]|[^/?#:]*)):\d{1,5}(?=[/?]|$)/, "$1");
}

/**
 * The registered URI that `requested` is, or null. Character by character; only the port of a public client's loopback address is free,
 * since the operating system chooses it (RFC 8252 §7.3).
 */
export function matchRedirectUri(requested: string, registered: string[], isPublic: boolean): string | null {
  if (registered.includes(requested)) return requested;
  if (!isPublic || !PLAIN.test(requested) || !isLoopbackHttp(requested)) return null;
  const url = new URL(requested);
  if (url.username || url.password || requested.includes("#")) return null;
  return registered.find((uri) => isLoopbackHttp(uri) && withoutPort(uri) === withoutPort(requested)) ?? null;
}

/** Whether anybody on the machine, or another application, could be listening there: then consent is always asked. */
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

/** For the error page: which part differs from the nearest registered URI, without telling what is registered. */
export function describeMismatch(requested: string, registered: string[]): string {
  if (!URL.canParse(requested)) return "It is not an absolute URI.";
  const asked = new URL(requested);
  if (asked.hash || requested.includes("#")) return "It has a fragment (#…), which is never allowed.";
  const differences = registered
    .filter((uri) => URL.canParse(uri))
    .map((uri) => PARTS.filter(([, read]) => read(new URL(uri)) !== read(asked)).map(([part]) => part))
    .sort((a, b) => a.length - b.length);
  const [nearest] = differences;
  if (!nearest) return "The client has no redirect URI registered.";
  if (nearest.length === 0)
    return "It differs in spelling only: case, encoding or default port. It must be the same character by character.";
  const slash =
    nearest.length === 1 &&
    nearest[0] === "path" &&
    registered.some((uri) => uri === `${requested}/` || `${uri}/` === requested);
  return slash
    ? "It differs by a slash at the end."
    : `It differs from the nearest registered one in its ${nearest.join(" and ")}.`;
}
