/**
 * The client that a request names, at the endpoints where a client starts: authorization and client
 * authentication. `findClient` reads a client that is stored already.
 */
import { type App, findApp } from "../../apps/apps";
import { env } from "../../env";
import { getDocumentClient } from "../client-documents/document-client";
import { isUrlClientId } from "../client-documents/document-url";
import { oauthFail } from "../errors";
import type { Client } from "./client";
import { appOfClientId, findClient } from "./clients";

export interface ResolvedClient {
  app: App | null;
  client: Client | null;
}

/** Clients with a metadata document find the endpoints by discovery, so this one was configured by hand. */
function failWithoutIssuer(): never {
  oauthFail(
    "invalid_client",
    `A client_id that is a URL names no app. Use the endpoints of the app's issuer ${env().PUBLIC_URL}/o/{app_id}, which are in its metadata`,
    { section: "draft-ietf-oauth-client-id-metadata-document" },
  );
}

/**
 * @param pathApp the app in the path. Without one, the client ID determines the app, which a URL can't
 * @throws invalid_client for a metadata document that isn't accepted, or a URL without an app
 */
export async function resolveClient(clientId: string, pathApp: App | null): Promise<ResolvedClient> {
  if (isUrlClientId(clientId)) {
    if (!pathApp) return failWithoutIssuer();
    return { app: pathApp, client: await getDocumentClient(pathApp, clientId) };
  }
  const appId = appOfClientId(clientId);
  if (!appId || (pathApp && pathApp.id !== appId)) return { app: pathApp, client: null };
  const app = pathApp ?? (await findApp(appId));
  return { app, client: app && (await findClient(app.id, clientId)) };
}
