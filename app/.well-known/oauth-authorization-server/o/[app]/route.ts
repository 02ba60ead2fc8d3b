/** RFC 8414 §3: the well-known segment comes before the path of the issuer. */
import { appInPath } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { metadata } from "@/lib/oauth/endpoints/documents";

export const GET = route({ guard: appInPath, run: metadata });
