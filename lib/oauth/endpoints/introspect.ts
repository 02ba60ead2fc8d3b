/** The introspection endpoint (RFC 7662, RFC 9701). */
import { findApiKey } from "../../apps/api-keys";
import { getApp } from "../../apps/apps";
import { prefersType } from "../../http/accept";
import { bearerToken } from "../../http/guards";
import { NO_STORE } from "../../http/respond";
import { textResponse } from "../../http/text-response";
import { oauthFail } from "../errors";
import { required } from "../parameters";
import { type Introspector, introspect as introspectToken } from "../tokens/introspection";
import { INTROSPECTION_JWT, signIntrospection } from "../tokens/introspection-jwt";
import { authenticate, type OAuthInput } from "./oauth-route";

/** RFC 7662 §2.1 requires authorization: the App's API key, or a confidential client. */
async function authorizeIntrospection(input: OAuthInput): Promise<Introspector> {
  const presented = bearerToken(input.request);
  if (!presented) {
    const { app, client } = await authenticate(input);
    if (client.public)
      oauthFail("invalid_client", "Introspection requires a confidential client, or the app's API key");
    return { app, client };
  }
  const key = await findApiKey(presented);
  if (!key || (input.app && input.app.id !== key.appId)) {
    oauthFail("invalid_client", "The API key is unknown or revoked", {
      headers: { "WWW-Authenticate": 'Bearer realm="foyer", error="invalid_token"' },
    });
  }
  return { app: input.app ?? (await getApp(key.appId)), client: null };
}

export async function introspect(input: OAuthInput): Promise<Response | object> {
  const caller = await authorizeIntrospection(input);
  const state = await introspectToken(caller, required(input.parameters, "token", "RFC 7662 §2.1"));
  if (!prefersType(input.request, INTROSPECTION_JWT)) return state;
  // RFC 9701 §5
  const headers = { ...NO_STORE, "Content-Type": INTROSPECTION_JWT, "X-Content-Type-Options": "nosniff" };
  return textResponse(await signIntrospection(caller, state), { headers });
}
