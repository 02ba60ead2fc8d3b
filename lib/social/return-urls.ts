/**
 * Where an App's users may be sent after a sign-in that left the App's own pages: a mailed link,
 * another provider.
 */
import type { App } from "../apps/apps";
import { cached } from "../database/cache";
import { db } from "../database/client";
import { failInput } from "../errors";

/** The addresses that the connections of an App bring along. */
function listConnectionReturnUrls(appId: string): Promise<string[]> {
  return cached(appId, "connection-return-urls", async () => {
    const rows = await db().oAuthConfig.findMany({ where: { appId }, select: { redirectUris: true } });
    return rows.flatMap((row) => row.redirectUris);
  });
}

/**
 * One of the App's return URLs, character by character (RFC 9700 §2.1): whoever gets the answer
 * there gets the user's token.
 * @throws 400 that names the field
 */
export async function requireReturnUrl(app: App, uri: string): Promise<string> {
  if (app.settings.return_urls.includes(uri) || (await listConnectionReturnUrls(app.id)).includes(uri)) return uri;
  failInput({
    redirect_uri:
      "is not one of the App's return URLs, character by character. Add it in the dashboard, or with: foyer apps update --return-url",
  });
}
