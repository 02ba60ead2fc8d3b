/** OAuth client type: metadata, with names from RFC 7591 §2 where they exist, and secret hashes. */
import type { SigningAlg } from "../../apps/signing-keys";

export interface ClientMetadata {
  client_name: string;
  application_type: "web" | "native";
  public: boolean;
  redirect_uris: string[];
  post_logout_redirect_uris: string[];
  grant_types: string[];
  scopes: string[];
  token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "none" | null;
  pkce: "required" | "optional";
  refresh: "rotate" | "reuse" | null;
  id_token_signed_response_alg: SigningAlg;
  claims_in_id_token: boolean;
  first_party: boolean;
  resource_server: boolean;
  logo_uri: string | null;
  client_uri: string | null;
  policy_uri: string | null;
  tos_uri: string | null;
  default_max_age: number | null;
  require_auth_time: boolean;
  access_token_ttl_seconds: number | null;
  id_token_ttl_seconds: number | null;
  refresh_idle_ttl_seconds: number | null;
  refresh_absolute_ttl_seconds: number | null;
}

export interface Client extends ClientMetadata {
  appId: string;
  id: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** SHA-256 of the active secrets. */
  secrets: { id: string; hash: Uint8Array }[];
}
