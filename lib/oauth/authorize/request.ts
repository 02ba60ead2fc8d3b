/** Types of a validated authorization request (RFC 6749 §4.1.1, OIDC Core §3.1.2.1). */
import type { App } from "../../apps/apps";
import type { AcrRequest, ClaimsRequest } from "../claims";
import type { Client } from "../clients/clients";
import type { OAuthError } from "../errors";

/** How the response travels. */
export type ResponsePlace = "query" | "fragment" | "form_post";
export type ResponseMode = ResponsePlace | "jwt" | `${ResponsePlace}.jwt`;
export type Prompt = "none" | "login" | "consent" | "select_account" | "create";

/** The result of the first phase (./identify.ts): the client and its redirect URI. */
export interface Identified {
  app: App;
  client: Client;
  redirectUri: string;
  /** null if the request had no redirect_uri. */
  redirectUriSent: string | null;
}

/** How a request reached Foyer. */
export interface Origin {
  /** The ID of the pushed request (RFC 9126) that the response uses up, or null. */
  pushed: string | null;
  /** Whether its parameters come from a request object (RFC 9101). */
  signed: boolean;
}

/** The parameters are in the request itself. */
export const PLAIN: Origin = { pushed: null, signed: false };

export interface AuthorizeRequest extends Identified {
  origin: Origin;
  responseMode: ResponseMode;
  state: string | null;
  /** What the tokens are for: lib/oauth/resources/audience.ts. */
  resources: string[];
  scopes: string[];
  /**
   * Scopes that require consent: the requested ones, and those of individually requested claims.
   */
  consentScopes: string[];
  nonce: string | null;
  codeChallenge: string | null;
  /** The thumbprint of the DPoP key that the code will be bound to. */
  dpopJkt: string | null;
  prompts: Prompt[];
  maxAgeSeconds: number | null;
  /** The classes of sign-in that the client asks for (`acr_values`, `claims`, `default_acr_values`). */
  acr: AcrRequest | null;
  loginHint: string | null;
  /** The `sub` that the client expects, from id_token_hint or the claims parameter. */
  expectedSubject: string | null;
  claims: ClaimsRequest | null;
}

/** The part of a request that determines where its response goes. */
export type Recipient = Pick<
  AuthorizeRequest,
  "app" | "client" | "redirectUri" | "responseMode" | "state" | "prompts" | "origin"
>;

/** An invalid request of a known client: its error, and where the error goes. */
export interface RejectedRequest {
  recipient: Recipient;
  error: OAuthError;
}

export function isRejected(request: AuthorizeRequest | RejectedRequest): request is RejectedRequest {
  return "recipient" in request;
}
