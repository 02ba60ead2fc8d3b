/** RFC 7517 §5 */
import { appInPath } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { jwks } from "@/lib/oauth/endpoints/documents";

export const GET = route({ guard: appInPath, run: jwks });
