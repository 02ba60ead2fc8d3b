/**
 * Return URLs: where an app's users can be redirected to after a magic link or a social sign-in.
 */
import type { App } from "../apps/apps";
import { cached } from "../database/cache";
import { db } from "../database/client";
import { failInput } from "../errors";

/** The redirect URIs of an app's connections. */
function listConnectionReturnUrls(appId: string): Promise<string[]> {
  return cached(appId, "connection-return-urls", async () => {
    const rows = await db().oAuthConfig.findMany({ where: { appId }, select: { redirectUris: true } });
    return rows.flatMap((row) => row.redirectUris);
  });
}

/**
 * Requires one of the app's return URLs, compared exactly (RFC 9700 §2.1): that page receives the
 * user's token.
 * @throws 400 that names the field
 */
export async function requireReturnUrl(app: App, uri: string): Promise<string> {
  if (app.settings.return_urls.includes(uri) || (await listConnectionReturnUrls(app.id)).includes(uri)) return uri;
  failInput({
    redirect_uri:
      "is not one of the app's return URLs (compared exactly). Add it in the dashboard, or with: foyer apps update --return-url",
  });
}
