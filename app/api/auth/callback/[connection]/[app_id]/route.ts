import { pageForBrowsers } from "@/lib/hosted/problem-page";
import { finishSocialSignIn } from "@/lib/hosted/social/callback";
import { prefersJson } from "@/lib/http/accept";
import { connectionInPath } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({
  guard: connectionInPath,
  readsItself: ["query"],
  renderError: pageForBrowsers(prefersJson),
  run: finishSocialSignIn,
});
