/**
 * Logout requests (OpenID Connect RP-Initiated Logout 1.0 §2, §3). A mistake in one never keeps the
 * user signed in: Foyer then asks the user, and doesn't redirect.
 */
import { type App, findApp } from "../../apps/apps";
import { type VerifiedJwt, verifyJwt } from "../../apps/jwt";
import { appOfClientId, type Client, findClient } from "../clients/clients";
import { OAuthError, oauthFail } from "../errors";
import type { Parameters } from "../parameters";

export interface LogoutRequest {
  app: App;
  /** The client that the hint or client_id names. null if neither does, or if they differ. */
  client: Client | null;
  /** The `sub` of a valid hint. Without one, Foyer asks before it signs the user out. */
  subject: string | null;
  /** The registered URI that the browser returns to, with `state`, or null. */
  target: string | null;
  /** Whether the request named a URI to return to that Foyer doesn't redirect to. */
  targetRejected: boolean;
  /** What was wrong with the request, for the app's owner. */
  mistake: OAuthError | null;
}

type Parties = Pick<LogoutRequest, "client" | "subject" | "mistake">;

function mistakeOf(description: string, section: string, options = {}): OAuthError {
  return new OAuthError("invalid_request", description, { section: `RP-Initiated Logout ${section}`, ...options });
}

/** The client and user of a hint that this app issued, expired or not. */
async function readHint(app: App, verified: VerifiedJwt | null) {
  const { aud, sub } = verified?.payload ?? {};
  const client = verified?.app.id === app.id && typeof aud === "string" ? await findClient(app.id, aud) : null;
  return client && { client, subject: sub ?? null };
}

async function readParties(app: App, parameters: Parameters, verified: VerifiedJwt | null): Promise<Parties> {
  const [hint, clientId] = [await readHint(app, verified), parameters.get("client_id")];
  if (hint && clientId !== undefined && clientId !== hint.client.id)
    return {
      client: null,
      subject: null,
      mistake: mistakeOf("The parameter client_id is not the audience of id_token_hint. Send the matching one", "§2"),
    };
  if (hint) return { ...hint, mistake: null };
  const client = clientId === undefined ? null : await findClient(app.id, clientId);
  if (parameters.get("id_token_hint") !== undefined) {
    const description = "The parameter id_token_hint must be an ID token that this issuer issued to an existing client";
    return { client, subject: null, mistake: mistakeOf(description, "§2") };
  }
  const unknown = clientId !== undefined && !client;
  return { client, subject: null, mistake: unknown ? mistakeOf("The client_id is unknown. Check it", "§2") : null };
}

function readTarget(parameters: Parameters, client: Client | null): { target: string | null; mistake?: OAuthError } {
  const uri = parameters.get("post_logout_redirect_uri");
  if (uri === undefined) return { target: null };
  if (!client) {
    const description = "The parameter post_logout_redirect_uri requires a valid id_token_hint or client_id";
    return { target: null, mistake: mistakeOf(description, "§3") };
  }
  if (!client.post_logout_redirect_uris.includes(uri)) {
    const description = "The post_logout_redirect_uri does not exactly match a URI that is registered for this client";
    const facts = { sent: uri.slice(0, 500), registered: client.post_logout_redirect_uris };
    return { target: null, mistake: mistakeOf(description, "§3", { parameter: "post_logout_redirect_uri", facts }) };
  }
  const state = parameters.get("state");
  if (state === undefined) return { target: uri };
  return { target: `${uri}${uri.includes("?") ? "&" : "?"}${new URLSearchParams({ state })}` };
}

/** @throws invalid_request if the request names no app */
export async function readLogoutRequest(pathApp: App | null, parameters: Parameters): Promise<LogoutRequest> {
  const verified = await verifyJwt(parameters.get("id_token_hint") ?? "", ["JWT"], { expired: true });
  const byClient = appOfClientId(parameters.get("client_id") ?? "");
  const app = pathApp ?? verified?.app ?? (byClient ? await findApp(byClient) : null);
  if (!app)
    return oauthFail(
      "invalid_request",
      "The request names no app. Send id_token_hint or client_id, or use the logout URL under the issuer",
    );
  const parties = await readParties(app, parameters, verified);
  const { target, mistake = null } = readTarget(parameters, parties.client);
  const targetRejected = target === null && parameters.get("post_logout_redirect_uri") !== undefined;
  return { app, ...parties, target, targetRejected, mistake: parties.mistake ?? mistake };
}
