/** The provider whose script a page may load, for its Content-Security-Policy. */
import { findApp } from "../apps/apps";
import type { SiteverifyProvider } from "./siteverify";

export async function providerOfPage(appId: string): Promise<SiteverifyProvider | null> {
  // Without the database, the page itself says so.
  const app = await findApp(appId).catch(() => null);
  const provider = app?.settings.bot_check;
  return provider === "turnstile" || provider === "hcaptcha" ? provider : null;
}
