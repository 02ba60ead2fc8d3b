/** Client authentication (RFC 6749 §2.3): basic, post, or none for public clients. */
import { type App, findApp } from "../apps/apps";
import { equalBytes, sha256 } from "../crypto/hash";
import { recordUse } from "../database/last-used";
import { limitClientFailures, requireClientAttemptAllowed } from "../limits/client-authentication";
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

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function decodeFormComponent(text: string): string {
  return decodeURIComponent(text.replace(/\+/g, " "));
}

function readBasic(header: string): Presented {
  try {
    const text = Buffer.from(header.replace(/^Basic +/i, ""), "base64").toString("utf8");
    const colon = text.indexOf(":");
    if (colon < 1) return failClient("The Authorization header is not Basic with client_id:client_secret");
    return {
      method: "client_secret_basic",
      clientId: decodeFormComponent(text.slice(0, colon)),
      secret: decodeFormComponent(text.slice(colon + 1)),
    };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return failClient("The Authorization header is not form-encoded");
  }
}

function present(authorization: string | null, parameters: Parameters): Presented {
  const [clientId, secret] = [parameters.get("client_id"), parameters.get("client_secret")];
  if (authorization && /^Basic /i.test(authorization)) {
    // RFC 6749 §2.3: not more than one method per request.
    if (secret)
      oauthFail("invalid_request", "Use one way of client authentication, not two", { section: "RFC 6749 §2.3" });
    const basic = readBasic(authorization);
    if (clientId && clientId !== basic.clientId)
      oauthFail("invalid_request", "client_id is not the client of the Authorization header");
    return basic;
  }
  if (!clientId)
    return failClient(
      "The client did not say who it is: send client_id and client_secret, or the Authorization header",
    );
  return secret ? { method: "client_secret_post", clientId, secret } : { method: "none", clientId, secret: null };
}

/** The App of the path (or, without, of the client id) and the client; both must exist and belong together. */
async function find(presented: Presented, pathApp: App | null): Promise<AuthenticatedClient | null> {
  const appId = appOfClientId(presented.clientId);
  if (!appId || (pathApp && pathApp.id !== appId)) return null;
  const app = pathApp ?? (await findApp(appId));
  const client = app && (await findClient(app.id, presented.clientId));
  return app && client ? { app, client } : null;
}

function secretMatches(client: Client, secret: string): boolean {
  const hash = sha256(secret);
  // Every one is compared, so that the time does not tell which.
  const [match] = client.secrets.filter((known) => equalBytes(known.hash, hash));
  if (match) recordUse("ClientSecret", client.appId, match.id);
  return match !== undefined;
}

/** Neither half of a credential is named: an unknown client and a wrong secret fail alike. */
function isProved(client: Client, presented: Presented): boolean {
  if (client.public) return presented.method === "none";
  const pinned = client.token_endpoint_auth_method;
  if (pinned && pinned !== presented.method) return false;
  return presented.secret !== null && secretMatches(client, presented.secret);
}

/**
 * Who the client is, proved by its method.
 * @throws invalid_client, the same for unknown clients and wrong secrets; 429 after 20 failures in five minutes
 */
export async function authenticateClient(
  authorization: string | null,
  parameters: Parameters,
  pathApp: App | null,
): Promise<AuthenticatedClient> {
  const presented = present(authorization, parameters);
  await requireClientAttemptAllowed(presented.clientId);
  const found = await find(presented, pathApp);
  if (found && isProved(found.client, presented)) {
    recordUse("OAuthClient", found.app.id, found.client.id);
    return found;
  }
  await limitClientFailures(presented.clientId);
  return failClient("Client authentication failed: check client_id, client_secret and the authentication method", {
    detail: `client ${presented.clientId.slice(0, 80)} by ${presented.method}`,
  });
}
