/** Redirect URI validation and matching (RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §2.1). */
import { unusableUriProblem } from "../../registered-uri";
import type { ClientMetadata } from "./client";

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Schemes that a browser or the operating system handles itself instead of opening an application. */
const NEVER = new Set(
  [
    ...["javascript", "data", "vbscript", "file", "blob", "filesystem", "about", "view-source", "jar", "resource"],
    ...["ftp", "sftp", "ssh", "telnet", "ws", "wss", "ldap", "smb", "urn", "mailto", "tel", "sms", "content"],
    ...["intent", "android-app", "shell", "search-ms", "ms-settings", "chrome", "chrome-extension", "moz-extension"],
  ].map((scheme) => `${scheme}:`),
);

/** The parameters of an authorization response (RFC 6749 §4.1.2, RFC 9207). */
const RESPONSE_PARAMETERS = ["code", "state", "iss", "error", "error_description", "error_uri", "response"];

/** URL parsers disagree about backslashes and characters outside 0x21-0x7e. */
const PLAIN = /^[\x21-\x5b\x5d-\x7e]+$/;

export const MAX_REDIRECT_URI_LENGTH = 2000;

export type ApplicationType = "web" | "native";

/** The custom scheme of an installed application, like `com.example.app:`, or null. */
function ownScheme(uri: string): string | null {
  const [scheme] = /^[a-z][a-z0-9+.-]*:/i.exec(uri.toLowerCase()) ?? [];
  return !scheme || scheme === "https:" || scheme === "http:" || NEVER.has(scheme) ? null : scheme;
}

export function hasOwnScheme(uri: string): boolean {
  return ownScheme(uri) !== null;
}

/**
 * RFC 8252 §7.1 wants a reversed domain name as the scheme, so that no two applications use the same
 * one. Many applications don't have one, for example cursor:// and vscode://.
 */
export function hasAmbiguousScheme(uri: string): boolean {
  return ownScheme(uri)?.includes(".") === false;
}

/** The problem of a redirect URI at registration, or null. */
export function redirectUriProblem(uri: string, type: ApplicationType): string | null {
  if (uri.length > MAX_REDIRECT_URI_LENGTH || !PLAIN.test(uri) || !URL.canParse(uri))
    return "must be an absolute URI in printable ASCII characters, without spaces and backslashes";
  const url = new URL(uri);
  if (/^[^:/]+:\d+(\/|$)/.test(uri)) return "must begin with a scheme, like http://localhost:3000";
  // A browser may resolve https:example.com against our own URL, although URL parsers accept it.
  if (/^https?:/i.test(uri) && !/^https?:\/\/[^/?#]/.test(uri)) return "must begin with https:// and a host";
  if (uri.includes("#")) return "must not have a fragment (RFC 6749 §3.1.2)";
  if (url.username || url.password) return "must not contain a username or password";
  if (NEVER.has(url.protocol)) return `must not use the scheme ${url.protocol}`;
  if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(uri.split("?")[0]?.replace(/^[^:]*:\/\//, "") ?? ""))
    return "must not have . or .. in its path";
  const unusable = unusableUriProblem(uri, RESPONSE_PARAMETERS);
  if (unusable) return unusable;
  if (url.protocol === "https:") return null;
  if (url.protocol === "http:") {
    return LOOPBACK.has(url.hostname)
      ? null
      : "must use https. Only loopback redirect URIs may use http (RFC 8252 §7.3)";
  }
  return type === "native" ? null : "must use https. Only native applications may use a custom scheme";
}

export type RedirectTargets = Pick<ClientMetadata, "redirect_uris" | "public" | "application_type">;

export function isLoopbackHttp(uri: string): boolean {
  return URL.canParse(uri) && new URL(uri).protocol === "http:" && LOOPBACK.has(new URL(uri).hostname);
}

function withoutPort(uri: string): string {
  return uri.replace(/^(http:\/\/(?:\[[^\]]*\]|[^/?#:]*)):\d{1,5}(?=[/?]|$)/, "$1");
}

/**
 * The registered URI that equals `requested`, or null. The port of a loopback URI may differ for
 * public and native clients, because the operating system chooses it (RFC 8252 §7.3).
 */
export function matchRedirectUri(
  requested: string,
  { redirect_uris: registered, public: isPublic, application_type }: RedirectTargets,
): string | null {
  if (registered.includes(requested)) return requested;
  const anyPort = isPublic || application_type === "native";
  if (!anyPort || !PLAIN.test(requested) || !isLoopbackHttp(requested)) return null;
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
  if (registered.some((uri) => uri === `${requested}/` || `${uri}/` === requested))
    return "It differs by a trailing slash.";
  if (asked.hash || requested.includes("#")) return "It has a fragment. Remove the # and everything after it.";
  const differences = registered
    .filter((uri) => URL.canParse(uri))
    .map((uri) => PARTS.filter(([, read]) => read(new URL(uri)) !== read(asked)).map(([part]) => part))
    .sort((a, b) => a.length - b.length);
  const [nearest] = differences;
  if (!nearest) return "The client has no redirect URI registered.";
  if (nearest.length === 0)
    return "It differs only in case, encoding or default port. Send exactly the registered value.";
  return `It differs from the nearest registered one in its ${nearest.join(" and ")}.`;
}
