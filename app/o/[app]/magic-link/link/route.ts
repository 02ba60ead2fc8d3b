import { openMagicLinkPage } from "@/lib/hosted/links/magic-link";
import { pageForBrowsers } from "@/lib/hosted/problem-page";
import { anyone } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: anyone, run: openMagicLinkPage, renderError: pageForBrowsers(() => false) });
