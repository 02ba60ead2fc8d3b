/**
 * Whether a state-changing request comes from one of our own pages. Judged by Sec-Fetch-Site, which a page cannot forge; by Origin only
 * where a browser does not send it. A request with neither is no browser's, and carries no cookie that somebody else could ride on.
 */
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export interface OriginFacts {
  method: string;
  secFetchSite: string | null;
  origin: string | null;
}

export function isForeign({ method, secFetchSite, origin }: OriginFacts, publicUrl: string): boolean {
  if (SAFE_METHODS.has(method)) return false;
  if (secFetchSite !== null) return secFetchSite !== "same-origin" && secFetchSite !== "none";
  return origin !== null && origin !== publicUrl;
}

/** What a request says of where it comes from. */
export function originFactsOf({ method, headers }: Request): OriginFacts {
  return { method, secFetchSite: headers.get("sec-fetch-site"), origin: headers.get("origin") };
}
