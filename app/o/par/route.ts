import { preflight } from "@/lib/http/cors";
import { oauthRoute } from "@/lib/oauth/endpoints/oauth-route";
import { pushRequest } from "@/lib/oauth/endpoints/par";

export const POST = oauthRoute(pushRequest, { cors: true });
export const OPTIONS = preflight("POST");
