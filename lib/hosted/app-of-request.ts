/**
 * Finds the App that an error page belongs to. Returns null, never an error, if the request names
 * none.
 */
import { type App, findApp } from "../apps/apps";
import { appOfClientId } from "../oauth/clients/clients";

export async function appOfPath({ app, app_id: appId = app }: Record<string, string>): Promise<App | null> {
  return appId ? findApp(appId).catch(() => null) : null;
}

export async function appOfClient(clientId: string | undefined): Promise<App | null> {
  const appId = appOfClientId(clientId ?? "");
  return appId ? findApp(appId).catch(() => null) : null;
}
