/**
 * Client and redirect URI of an authorization request: the first phase of validation. Its errors
 * are shown on a page and never redirected (RFC 6749 §4.1.2.1).
 */
import type { App } from "../../apps/apps";
import { env } from "../../env";
import type { Client } from "../clients/client";
import { describeMismatch, matchRedirectUri } from "../clients/redirect-uris";
import { resolveClient } from "../clients/resolve-client";
import { oauthFail } from "../errors";
import { type Parameters, requireUnrepeated } from "../parameters";
import { registrationPolicy } from "../registration/policy";
import type { Identified } from "./request";

export async function clientExists(parameters: Parameters, pathApp: App | null): Promise<{ app: App; client: Client }> {
  const clientId = parameters.get("client_id");
  if (!clientId)
    return oauthFail("invalid_request", "The parameter client_id is missing", { section: "RFC 6749 §4.1.1" });
  const { app, client } = await resolveClient(clientId, pathApp);
  if (app && client) return { app, client };
  // An application that registered itself keeps its client ID after the client was deleted.
  const remedy =
    app && registrationPolicy(app).registration !== "off"
      ? "it may have been deleted. Remove the saved connection in the application and start again"
      : "check it in the dashboard, and that it belongs to this issuer";
  return oauthFail("invalid_request", `The client_id is unknown: ${remedy}`, { section: "RFC 6749 §4.1.2.1" });
}

/** The first error that a developer sees who tries the default client of a new app. */
function someUriRegistered(client: Client): void {
  if (client.redirect_uris.length > 0) return;
  oauthFail(
    "invalid_request",
    `No redirect URI is registered for this client. Add one at ${env().PUBLIC_URL}/dashboard/apps/${client.appId}/clients/${client.id}`,
    { section: "RFC 6749 §3.1.2.4", parameter: "redirect_uri" },
  );
}

function redirectUriRegistered(client: Client, sent: string | undefined): string {
  someUriRegistered(client);
  if (sent === undefined) {
    const [only, ...others] = client.redirect_uris;
    if (only && others.length === 0) return only;
    return oauthFail("invalid_request", "The parameter redirect_uri is missing", {
      section: "RFC 6749 §3.1.2.3",
      facts: { registered: client.redirect_uris },
    });
  }
  const matched = matchRedirectUri(sent, client);
  if (matched) return sent;
  return oauthFail(
    "invalid_request",
    `The redirect_uri is not registered for this client. ${describeMismatch(sent, client.redirect_uris)}`,
    {
      section: "RFC 9700 §2.1",
      parameter: "redirect_uri",
      facts: { sent: sent.slice(0, 500), registered: client.redirect_uris },
    },
  );
}

export async function identify(parameters: Parameters, pathApp: App | null): Promise<Identified> {
  requireUnrepeated(parameters, ["client_id", "redirect_uri"]);
  const { app, client } = await clientExists(parameters, pathApp);
  const sent = parameters.get("redirect_uri");
  return { app, client, redirectUri: redirectUriRegistered(client, sent), redirectUriSent: sent ?? null };
}
