import { introspect } from "@/lib/oauth/endpoints/introspect";
import { oauthRoute } from "@/lib/oauth/endpoints/oauth-route";

export const POST = oauthRoute(introspect);
