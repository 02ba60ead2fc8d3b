/** The second factors that Foyer's pages can use: an app's passkeys may belong to its own domain. */
import type { App } from "@/lib/apps/apps";
import type { FactorType } from "@/lib/apps/settings";
import { worksOnHostedPages } from "@/lib/factors/passkey/site";
import { methodsOf, type Pending } from "@/lib/signin/pending";

export function methodsOnPages(app: App, pending: Pending): FactorType[] {
  return methodsOf(app, pending).filter((type) => type !== "passkey" || worksOnHostedPages(app.settings));
}
