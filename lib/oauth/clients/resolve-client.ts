/**
 * The client that a request names, at the endpoints where a client starts: authorization and client
 * authentication. `findClient` reads a client that is stored already.
 */
import { type App, findApp } from "../../apps/apps";
import { getDocumentClient } from "../client-documents/document-client";
import { isUrlClientId } from "../client-documents/document-url";
import type { Client } from "./client";
import { appOfClientId, findClient } from "./clients";

export interface ResolvedClient {
  app: App | null;
  client: Client | null;
}

/**
 * @param pathApp the app in the path. Without one, the client ID determines the app, which a URL can't
 * @throws invalid_client for a metadata document that isn't accepted
 */
export async function resolveClient(clientId: string, pathApp: App | null): Promise<ResolvedClient> {
  if (pathApp && isUrlClientId(clientId)) return { app: pathApp, client: await getDocumentClient(pathApp, clientId) };
  const appId = appOfClientId(clientId);
  if (!appId || (pathApp && pathApp.id !== appId)) return { app: pathApp, client: null };
  const app = pathApp ?? (await findApp(appId));
  return { app, client: app && (await findClient(app.id, clientId)) };
}
