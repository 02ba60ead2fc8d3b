/** Client authentication (RFC 6749 §2.3), by the methods in client-authentication/list.ts. */
import type { App } from "../apps/apps";
import { recordUse } from "../database/last-used";
import { limitWrongSecrets } from "../limits/client-authentication";
import { METHODS } from "./client-authentication/list";
import {
  type AuthenticationMethod,
  type ClientRequest,
  failClient,
  type Presented,
} from "./client-authentication/method";
import { none } from "./client-authentication/none";
import type { Client } from "./clients/client";
import { resolveClient } from "./clients/resolve-client";
import { oauthFail } from "./errors";

export interface AuthenticatedClient {
  app: App;
  client: Client;
}

/** The method whose credentials the request has: `none` if it has no credentials. */
function methodOf(request: ClientRequest): AuthenticationMethod {
  const [method = none, other] = METHODS.filter((one) => one.confidential && one.isUsed(request));
  // RFC 6749 §2.3: a client must not use more than one method per request.
  if (other)
    oauthFail(
      "invalid_request",
      `The request has the credentials of ${method.name} and of ${other.name}. Send only one of the two`,
      { section: "RFC 6749 §2.3" },
    );
  return method;
}

function present(method: AuthenticationMethod, request: ClientRequest): Presented {
  const presented = method.read(request);
  const clientId = request.parameters.get("client_id");
  if (clientId && clientId !== presented.clientId)
    oauthFail(
      "invalid_request",
      `The parameter client_id differs from the client ID of ${method.name}. Send the same value or omit it`,
      { section: "RFC 6749 §2.3" },
    );
  return presented;
}

/** Whether the client may use the method. */
function allows(client: Client, { name, confidential, mustBeNamed }: AuthenticationMethod): boolean {
  if (client.public === confidential) return false;
  return client.token_endpoint_auth_method === name || (!client.token_endpoint_auth_method && !mustBeNamed);
}

/**
 * Authenticates the client of a request.
 * @throws invalid_client, the same for an unknown client and a wrong secret; 429 after too many
 * wrong secrets
 */
export async function authenticateClient(request: ClientRequest, pathApp: App | null): Promise<AuthenticatedClient> {
  const method = methodOf(request);
  const presented = present(method, request);
  // The client must belong to the app of the path, if the path names one.
  const { app, client } = await resolveClient(presented.clientId, pathApp);
  const found = app && client ? { app, client } : null;
  const allowed = found !== null && allows(found.client, method);
  // A right secret sent by the wrong method must be told apart from a wrong one.
  const proving = found && (allowed || presented.secret) ? method.prove(found, presented, request) : null;
  const proof = proving instanceof Promise ? await proving : proving;
  if (found && allowed && proof) {
    recordUse("OAuthClient", found.app.id, found.client.id);
    if (proof.secretId) recordUse("ClientSecret", found.app.id, proof.secretId);
    return found;
  }
  // Libraries try both methods. A public client has no secret to guess, and the right secret sent by
  // the wrong method is no guess either.
  if (presented.secret && !proof && !found?.client.public) await limitWrongSecrets(presented.clientId);
  return failClient("Client authentication failed. Check client_id, client_secret and the authentication method", {
    detail: `client ${presented.clientId.slice(0, 80)} by ${method.name}`,
  });
}
