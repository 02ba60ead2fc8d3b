import { pageForBrowsers } from "@/lib/hosted/problem-page";
import { startStepUp } from "@/lib/hosted/second-factor/step-up";
import { anyone } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: anyone, run: startStepUp, renderError: pageForBrowsers(() => false) });
