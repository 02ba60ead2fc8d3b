import { deviceAuthorization } from "@/lib/oauth/endpoints/device-authorization";
import { oauthRoute } from "@/lib/oauth/endpoints/oauth-route";

export const POST = oauthRoute(deviceAuthorization);
