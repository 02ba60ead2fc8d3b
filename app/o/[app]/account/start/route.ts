import { startAccountSignIn } from "@/lib/hosted/account/start";
import { anyone } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: anyone, run: startAccountSignIn });
