import { preflight } from "@/lib/http/cors";
import { oauthRoute } from "@/lib/oauth/endpoints/oauth-route";
import { userinfo } from "@/lib/oauth/endpoints/userinfo";

export const GET = oauthRoute(userinfo, { cors: true });
export const POST = oauthRoute(userinfo, { cors: true });
export const OPTIONS = preflight("GET, POST");
