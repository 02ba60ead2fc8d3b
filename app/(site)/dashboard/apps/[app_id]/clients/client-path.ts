/** Paths of an application's pages. A client ID may be a URL, whose slashes would end the path segment. */
import { appPath } from "../app-paths";

const ENCODED = "~";

export function clientSlug(clientId: string): string {
  return clientId.includes("/") ? ENCODED + Buffer.from(clientId).toString("base64url") : clientId;
}

export function clientIdOf(slug: string): string {
  // Next.js passes the segment as the URL has it.
  const segment = slug.replace(/^%7e/i, ENCODED);
  return segment.startsWith(ENCODED) ? Buffer.from(segment.slice(1), "base64url").toString() : segment;
}

export function clientPath(appId: string, clientId: string, page = ""): string {
  return appPath(appId, `/clients/${clientSlug(clientId)}${page}`);
}
