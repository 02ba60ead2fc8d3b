/** Content negotiation by the Accept header (RFC 9110 §12.5.1). */
import type { HttpRequest } from "./request";

function qualityOf(accept: string, type: string): number {
  for (const part of accept.split(",")) {
    const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    if (name !== type) continue;
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return quality === undefined ? 1 : Number(quality) || 0;
  }
  return 0;
}

/** The caller names a type and doesn't prefer JSON. */
export function prefersType(request: HttpRequest, type: string): boolean {
  const accept = request.headers.get("accept") ?? "";
  const quality = qualityOf(accept, type);
  return quality > 0 && quality >= qualityOf(accept, "application/json");
}

/** The caller names `text/html` and doesn't prefer JSON, as browsers do. */
export function prefersHtml(request: HttpRequest): boolean {
  return prefersType(request, "text/html");
}

/**
 * The caller names `application/json` and prefers it to HTML. Browsers, mail scanners and curl
 * don't.
 */
export function prefersJson(request: HttpRequest): boolean {
  const accept = request.headers.get("accept") ?? "";
  const json = qualityOf(accept, "application/json");
  return json > 0 && json > qualityOf(accept, "text/html");
}
