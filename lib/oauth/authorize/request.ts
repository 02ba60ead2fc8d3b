/** An authorization request (RFC 6749 §4.1.1, OIDC Core §3.1.2.1) that has been checked. */
import type { App } from "../../apps/apps";
import type { ClaimsRequest } from "../claims";
import type { Client } from "../clients/clients";

export type ResponseMode = "query" | "fragment" | "form_post";
export type Prompt = "none" | "login" | "consent" | "select_account" | "create";

/** Who asks, and where the answer goes: what the first phase finds out. */
export interface Identified {
  app: App;
  client: Client;
  /** Where the answer goes. */
  redirectUri: string;
  /** As it was sent; null when it was left out. */
  redirectUriSent: string | null;
}

export interface AuthorizeRequest extends Identified {
  responseMode: ResponseMode;
  state: string | null;
  scopes: string[];
  /** What the user must have allowed: the scopes, and those that the claims asked for one by one belong to. */
  consentScopes: string[];
  nonce: string | null;
  codeChallenge: string | null;
  prompts: Prompt[];
  maxAgeSeconds: number | null;
  loginHint: string | null;
  /** The user that the client expects, by an ID token of ours. */
  expectedUserId: string | null;
  claims: ClaimsRequest | null;
}
