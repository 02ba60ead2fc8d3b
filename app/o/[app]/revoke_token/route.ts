import { preflight } from "@/lib/http/cors";
import { oauthRoute } from "@/lib/oauth/endpoints/oauth-route";
import { revoke } from "@/lib/oauth/endpoints/revoke";

export const POST = oauthRoute(revoke, { cors: true });
export const OPTIONS = preflight("POST");
