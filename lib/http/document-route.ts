/**
 * The route of a public JSON document of an app, such as its keys. The document is prepared once
 * and sent as it is until the app's configuration changes.
 */
import type { App } from "../apps/apps";
import { cached, peek } from "../database/cache";
import { appInPath } from "./guards";
import type { Handler } from "./handler";
import { isKnownToCaller, type PreparedDocument, prepareDocument } from "./prepared-document";
import { route } from "./route";
import { textResponse } from "./text-response";

/** `name` distinguishes the documents of an app; routes that serve the same document share it. */
export function documentRoute(name: string, build: (app: App) => Promise<unknown>): Handler {
  const key = `document:${name}`;
  const handle = route({
    guard: appInPath,
    run: async ({ app, request }) => {
      const document = await cached(app.id, key, async () => prepareDocument(await build(app)));
      const { text, headers } = document;
      return isKnownToCaller(document, request.headers.get("if-none-match"))
        ? textResponse(null, { status: 304, headers })
        : textResponse(text, { headers });
    },
  });
  const prepared = ({ app }: Record<string, string | string[]>) => peek<PreparedDocument>(String(app), key);
  return Object.assign(handle, { prepared });
}
