import { preflight } from "@/lib/http/cors";
import { oauthRoute } from "@/lib/oauth/endpoints/oauth-route";
import { token } from "@/lib/oauth/endpoints/token";

export const POST = oauthRoute(token, { cors: true });
export const OPTIONS = preflight("POST");
