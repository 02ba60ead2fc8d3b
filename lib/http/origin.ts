/**
 * CSRF protection: rejects state-changing requests that another site's page sent (Fetch Metadata,
 * Origin).
 */

import { env } from "../env";
import { AppError } from "../errors";
import type { HttpRequest } from "./request";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export interface OriginFacts {
  method: string;
  secFetchSite: string | null;
  origin: string | null;
}

/**
 * A page cannot forge Sec-Fetch-Site. Origin decides only where the browser does not send it. A
 * request with neither header is not a browser's, so it carries no cookie that another site could
 * abuse.
 */
export function isForeignOrigin({ method, secFetchSite, origin }: OriginFacts, publicUrl: string): boolean {
  if (SAFE_METHODS.has(method)) return false;
  if (secFetchSite !== null) return secFetchSite !== "same-origin" && secFetchSite !== "none";
  return origin !== null && origin !== publicUrl;
}

export function foreignOriginError(): AppError {
  return new AppError(403, "foreign_origin", "This form was sent from another site. Open the page again and retry.");
}

/** @throws 403 when another site's page sent the request */
export function requireOwnOrigin({ method, headers }: Pick<HttpRequest, "method" | "headers">): void {
  const facts = { method, secFetchSite: headers.get("sec-fetch-site"), origin: headers.get("origin") };
  if (isForeignOrigin(facts, env().PUBLIC_URL)) throw foreignOriginError();
}
