/** OpenID Connect Discovery 1.0 §4 */
import { appInPath } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { metadata } from "@/lib/oauth/endpoints/documents";

export const GET = route({ guard: appInPath, run: metadata });
