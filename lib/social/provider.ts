/**
 * What each sign-in provider defines: data, and how its response maps to a profile. The flow is in
 * ./flow.ts.
 */
import type { AuthorizationServer, Client, TokenEndpointResponse } from "oauth4webapi";
import type { SocialProfile } from "./profile";
import type { ProviderCall } from "./provider-call";

/**
 * The settings of a connection that replace the provider's own endpoints; null keeps the
 * provider's.
 */
export interface EndpointOverrides {
  issuer: string | null;
  authorization_url: string | null;
  token_url: string | null;
  api_url: string | null;
}

/**
 * The validated response of the token endpoint, and what is needed to call the provider's other
 * endpoints.
 */
export interface TokenResult {
  server: AuthorizationServer;
  client: Client;
  tokens: TokenEndpointResponse;
  call: ProviderCall;
}

export interface Provider {
  /** The name that users know it by. */
  label: string;
  /** Which accounts it signs in, as the list of providers in the dashboard says it. */
  description: string;
  /** Requested unless the connection sets its own scopes. */
  scopes: string[];
  /** Whether it returns an ID token (OpenID Connect Core). */
  openid: boolean;
  /** Whether the dashboard asks for an issuer, and how it explains the field. */
  issuer: { required: boolean; hint: string; placeholder: string } | null;
  /** Explains `api_url` to the app's owner, if it isn't the userinfo endpoint. */
  apiHint?: string;
  /**
   * The provider's page for registering a client; the instruction continues "Open GitHub's console
   * …".
   */
  console: { url: string; instruction: string } | null;
  /** The provider's documentation of that registration. */
  docs: string | null;
  /** Authorization parameters that make the user sign in again or choose an account. */
  reauthenticate: Record<string, string>;
  server(endpoints: EndpointOverrides, call: ProviderCall): Promise<AuthorizationServer>;
  profile(result: TokenResult, endpoints: EndpointOverrides): Promise<SocialProfile>;
}
