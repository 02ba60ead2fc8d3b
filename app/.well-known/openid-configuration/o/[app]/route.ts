/** RFC 8414 §5: the same document, at the path that OpenID clients request. */
import { appInPath } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { metadata } from "@/lib/oauth/endpoints/documents";

export const GET = route({ guard: appInPath, run: metadata });
