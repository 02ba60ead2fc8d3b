/** The issuer's own URL opens the account page, which signs the user in first. */
import { pageForBrowsers } from "@/lib/hosted/problem-page";
import { appInPath } from "@/lib/http/guards";
import { redirect } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: appInPath,
  run: async ({ app }) => redirect(`/o/${app.id}/account`, [], 302),
  renderError: pageForBrowsers(() => false),
});
