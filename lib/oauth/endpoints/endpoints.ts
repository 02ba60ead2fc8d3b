/** The endpoints that clients and resource servers call, once for `/o/{app}/…` and `/o/…`. */
import { findApiKey } from "../../apps/api-keys";
import { getApp } from "../../apps/apps";
import { bearerToken } from "../../http/guards";
import { textResponse } from "../../http/text-response";
import { authenticateClient } from "../authenticate-client";
import { oauthFail } from "../errors";
import { handleTokenRequest } from "../grants/dispatch";
import { required } from "../parameters";
import { type Introspector, introspect } from "../tokens/introspection";
import { revoke } from "../tokens/revocation";
import { userinfo } from "../tokens/userinfo";
import { bearerOf, type OAuthInput, oauthRoute } from "./oauth-route";

function authenticate({ request, parameters, app }: OAuthInput) {
  // RFC 6749 §2.3.1: credentials never in the address, where logs keep them.
  return authenticateClient(request.headers.get("authorization"), parameters, app);
}

/** RFC 6749 §3.2 */
export const tokenRoute = oauthRoute(async (input) => handleTokenRequest(await authenticate(input), input.parameters), {
  cors: true,
});

/** The App's API key, or a confidential client (RFC 7662 §2.1 wants the caller authorized; auth `none` is refused). */
async function introspector(input: OAuthInput): Promise<Introspector> {
  const key = bearerToken(input.request);
  if (!key) {
    const { app, client } = await authenticate(input);
    if (client.public)
      oauthFail("invalid_client", "Introspection takes a client with a secret, or the API key of the App");
    return { app, client };
  }
  const known = await findApiKey(key);
  if (!known || (input.app && input.app.id !== known.appId)) {
    oauthFail("invalid_client", "The API key is unknown or revoked", {
      headers: { "WWW-Authenticate": 'Bearer realm="foyer", error="invalid_token"' },
    });
  }
  return { app: input.app ?? (await getApp(known.appId)), client: null };
}

/** RFC 7662 */
export const introspectRoute = oauthRoute(async (input) => {
  const caller = await introspector(input);
  return introspect(caller, required(input.parameters, "token", "RFC 7662 §2.1"));
});

/** RFC 7009 */
export const revokeRoute = oauthRoute(
  async (input) => {
    const caller = await authenticate(input);
    await revoke(caller, required(input.parameters, "token", "RFC 7009 §2.1"));
    return textResponse(null, { status: 200, headers: { "Cache-Control": "no-store" } });
  },
  { cors: true },
);

/** OIDC Core §5.3 */
export const userinfoRoute = oauthRoute(
  ({ request, parameters, app }) => userinfo(bearerOf(request, parameters), app?.id),
  { cors: true },
);
