/** The introspection endpoint (RFC 7662). */
import { findApiKey } from "../../apps/api-keys";
import { getApp } from "../../apps/apps";
import { bearerToken } from "../../http/guards";
import { oauthFail } from "../errors";
import { required } from "../parameters";
import { type Introspector, introspect as introspectToken } from "../tokens/introspection";
import { authenticate, type OAuthInput } from "./oauth-route";

/** RFC 7662 §2.1 requires authorization: the App's API key, or a confidential client. */
async function authorizeIntrospection(input: OAuthInput): Promise<Introspector> {
  const presented = bearerToken(input.request);
  if (!presented) {
    const { app, client } = await authenticate(input);
    if (client.public)
      oauthFail("invalid_client", "Introspection requires a client with a secret, or the app's API key");
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

export async function introspect(input: OAuthInput): Promise<object> {
  const caller = await authorizeIntrospection(input);
  return introspectToken(caller, required(input.parameters, "token", "RFC 7662 §2.1"));
}
