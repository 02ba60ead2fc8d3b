import { startAccountSignIn } from "@/lib/hosted/account/start";
import { pageForBrowsers } from "@/lib/hosted/problem-page";
import { anyone } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: anyone, run: startAccountSignIn, renderError: pageForBrowsers(() => false) });
