/** Whose page it is on which something went wrong: the App that was meant, as far as one can tell. Never another reason to fail. */
import { type App, findApp } from "../apps/apps";
import type { HandlerContext } from "../http/handler";
import { appOfClientId } from "../oauth/clients/clients";

export async function appOfPath(context: HandlerContext): Promise<App | null> {
  const { app, app_id: appId = app } = (await context.params) ?? {};
  return typeof appId === "string" ? findApp(appId).catch(() => null) : null;
}

export async function appOfClient(clientId: string | undefined): Promise<App | null> {
  const appId = appOfClientId(clientId ?? "");
  return appId ? findApp(appId).catch(() => null) : null;
}
