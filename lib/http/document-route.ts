/**
 * The route of a public JSON document of an app, such as its keys. The document is prepared once
 * and sent as it is until the app's configuration changes.
 */
import type { App } from "../apps/apps";
import { cached, peek } from "../database/cache";
import { appInPath } from "./guards";
import type { Handler } from "./handler";
import { keepDocument, keptDocument, reuseDocument } from "./kept-documents";
import { isKnownToCaller, type PreparedDocument, prepareDocument } from "./prepared-document";
import type { HttpRequest } from "./request";
import { route } from "./route";
import { textResponse } from "./text-response";

function respond(document: PreparedDocument, request: HttpRequest): Response {
  const { text, headers } = document;
  return isKnownToCaller(document, request.headers.get("if-none-match"))
    ? textResponse(null, { status: 304, headers })
    : textResponse(text, { headers });
}

/** `name` distinguishes the documents of an app; routes that serve the same document share it. */
export function documentRoute(name: string, build: (app: App) => Promise<unknown>): Handler {
  const key = `document:${name}`;
  const handle = route({
    guard: appInPath,
    run: async ({ app, request }) => {
      const document = await cached(app.id, key, async () => prepareDocument(await build(app)));
      keepDocument(app.id, key, document);
      return respond(document, request);
    },
  });
  const answer: Handler = async (request, context) => {
    const response = await handle(request, context);
    if (response.status !== 503) return response;
    const kept = reuseDocument(String((await context?.params)?.app), key);
    return kept ? respond(kept, request) : response;
  };
  const prepared = ({ app }: Record<string, string | string[]>) => {
    const current = peek<PreparedDocument>(String(app), key);
    if (!current) return keptDocument(String(app), key);
    keepDocument(String(app), key, current);
    return current;
  };
  return Object.assign(answer, { contract: handle.contract, prepared });
}
