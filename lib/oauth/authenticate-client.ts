/** Client authentication (RFC 6749 §2.3): client_secret_basic, client_secret_post or none. */
import { type App, findApp } from "../apps/apps";
import { equalBytes, sha256 } from "../crypto/hash";
import { recordUse } from "../database/last-used";
import { limitWrongSecrets } from "../limits/client-authentication";
import { appOfClientId, type Client, findClient } from "./clients/clients";
import { type OAuthErrorOptions, oauthFail } from "./errors";
import type { Parameters } from "./parameters";

export interface AuthenticatedClient {
  app: App;
  client: Client;
}

type Method = "client_secret_basic" | "client_secret_post" | "none";

interface Presented {
  method: Method;
  clientId: string;
  secret: string | null;
}

function failClient(description: string, options: OAuthErrorOptions = {}): never {
  oauthFail("invalid_client", description, { section: "RFC 6749 §2.3", ...options });
}

/** RFC 6749 §2.3.1: the client form-encodes the ID and the secret before it joins them. */
function decodeFormComponent(text: string): string {
  return decodeURIComponent(text.replace(/\+/g, " "));
}

function readBasic(header: string): Presented {
  try {
    const text = Buffer.from(header.replace(/^Basic +/i, ""), "base64").toString("utf8");
    const colon = text.indexOf(":");
    if (colon < 1)
      return failClient("The Authorization header must be Basic with the base64 of client_id:client_secret");
    return {
      method: "client_secret_basic",
      clientId: decodeFormComponent(text.slice(0, colon)),
      secret: decodeFormComponent(text.slice(colon + 1)),
    };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return failClient(
      "The Authorization header is malformed. Form-encode client_id and client_secret before joining them",
    );
  }
}

function present(authorization: string | null, parameters: Parameters): Presented {
  const [clientId, secret] = [parameters.get("client_id"), parameters.get("client_secret")];
  if (authorization && /^Basic /i.test(authorization)) {
    // RFC 6749 §2.3: a client must not use more than one method per request.
    if (secret)
      oauthFail(
        "invalid_request",
        "The parameter client_secret was sent with an Authorization header. Send only one of the two",
        { section: "RFC 6749 §2.3" },
      );
    const basic = readBasic(authorization);
    if (clientId && clientId !== basic.clientId)
      oauthFail(
        "invalid_request",
        "The parameter client_id differs from the client ID in the Authorization header. Send the same value or omit it",
      );
    return basic;
  }
  if (!clientId)
    return failClient(
      "The parameter client_id is missing. Send client_id and client_secret, or an Authorization header",
    );
  return secret ? { method: "client_secret_post", clientId, secret } : { method: "none", clientId, secret: null };
}

/** The client and its app. The client must belong to the app of the path, if the path names one. */
async function find(presented: Presented, pathApp: App | null): Promise<AuthenticatedClient | null> {
  const appId = appOfClientId(presented.clientId);
  if (!appId || (pathApp && pathApp.id !== appId)) return null;
  const app = pathApp ?? (await findApp(appId));
  const client = app && (await findClient(app.id, presented.clientId));
  return app && client ? { app, client } : null;
}

/** The ID of the active secret that was sent, or null. */
function matchingSecretId(client: Client, secret: string | null): string | null {
  if (!secret) return null;
  const hash = sha256(secret);
  // Compares every secret, so that the response time doesn't reveal which one matched.
  const [match] = client.secrets.filter((known) => equalBytes(known.hash, hash));
  return match?.id ?? null;
}

/** Whether the client used its method and, if it is confidential, sent an active secret. */
function isProved(client: Client, method: Method, secretId: string | null): boolean {
  if (client.public) return method === "none";
  const pinned = client.token_endpoint_auth_method;
  return secretId !== null && (!pinned || pinned === method);
}

/**
 * Authenticates the client of a request.
 * @throws invalid_client, the same for an unknown client and a wrong secret; 429 after too many
 * wrong secrets
 */
export async function authenticateClient(
  authorization: string | null,
  parameters: Parameters,
  pathApp: App | null,
): Promise<AuthenticatedClient> {
  const presented = present(authorization, parameters);
  const { method, clientId, secret } = presented;
  const found = await find(presented, pathApp);
  const secretId = found && matchingSecretId(found.client, secret);
  if (found && isProved(found.client, method, secretId)) {
    recordUse("OAuthClient", found.app.id, found.client.id);
    if (secretId) recordUse("ClientSecret", found.app.id, secretId);
    return found;
  }
  // Libraries try both methods. A public client has no secret to guess, and the right secret sent by
  // the wrong method is no guess either.
  if (secret && !secretId && !found?.client.public) await limitWrongSecrets(clientId);
  return failClient("Client authentication failed. Check client_id, client_secret and the authentication method", {
    detail: `client ${clientId.slice(0, 80)} by ${method}`,
  });
}
