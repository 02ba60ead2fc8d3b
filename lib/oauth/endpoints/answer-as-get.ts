/**
 * Endpoints that browsers open by GET or POST: a POST is stored, and redirected to a GET that refers
 * to it.
 */
import type { App } from "../../apps/apps";
import { readForm } from "../../http/body";
import type { HttpRequest } from "../../http/request";
import { redirect } from "../../http/respond";
import { isAppId } from "../../ids";
import { type Parameters, parseParameters } from "../parameters";
import { getPostedRequest, storePostedRequest } from "../posted-request";

interface Endpoint {
  endpoint: "authorize" | "logout";
  /** The app that a POST belongs to; null or an error if it names none. */
  appOf: (parameters: Parameters) => Promise<App | null>;
}

/** The stored request that a GET refers to, or null. The path of the redirect names the app. */
async function readPosted({ pathname, search, searchParams }: URL, endpoint: string): Promise<string | null> {
  const posted = search.includes("posted=") ? searchParams.get("posted") : null;
  const [, appId = ""] = new RegExp(`^/o/([^/]+)/${endpoint}/?$`).exec(pathname) ?? [];
  return posted && isAppId(appId) ? getPostedRequest(appId, posted) : null;
}

/**
 * A POST from another site arrives without the SameSite=Lax cookies; the GET that follows has them
 * (OIDC Core §3.1.2.1).
 */
export async function answerAsGet(
  request: HttpRequest,
  { endpoint, appOf }: Endpoint,
  answer: (query: string) => Promise<Response>,
): Promise<Response> {
  const url = new URL(request.url);
  if (request.method !== "POST") return answer((await readPosted(url, endpoint)) ?? url.search.slice(1));
  const query = new URLSearchParams(await readForm(request)).toString();
  const app = await appOf(parseParameters(query));
  return app
    ? redirect(`/o/${app.id}/${endpoint}?posted=${await storePostedRequest(app.id, query)}`)
    : // Shows the error.
      answer(query);
}
