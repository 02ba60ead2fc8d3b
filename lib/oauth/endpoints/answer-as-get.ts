/**
 * Endpoints that browsers open by GET or POST: a POST is redirected to the GET of the same request.
 */

import { readForm } from "../../http/body";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import { readParameters } from "../parameters";

/** Browsers, proxies and servers accept URLs up to this length. */
const MAX_URL_LENGTH = 6000;

/**
 * A POST from another site arrives without the SameSite=Lax cookies; the GET that follows has them
 * (OIDC Core §3.1.2.1). Only a request too long for a URL is answered directly.
 */
export async function answerAsGet(
  request: HttpRequest,
  answer: (query: string) => Promise<Response>,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  if (request.method !== "POST") return answer(search.slice(1));
  // Encoded again, since a body may contain line breaks and other characters that a Location must
  // not.
  const query = new URLSearchParams(await readForm(request)).toString();
  readParameters(query);
  return query.length > MAX_URL_LENGTH ? answer(query) : redirect(`${pathname}?${query}`);
}
