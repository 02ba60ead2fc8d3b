import { pageForBrowsers } from "@/lib/hosted/problem-page";
import { acceptsNoPage, StartQuery, startSocialSignIn } from "@/lib/hosted/social/start";
import { connectionInPath } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: connectionInPath,
  query: StartQuery,
  renderError: pageForBrowsers(acceptsNoPage),
  run: startSocialSignIn,
});
