/** OAuth client type: metadata, with names from RFC 7591 §2 where they exist, and secret hashes. */
import type { JSONWebKeySet } from "jose";
import type { SigningAlg } from "../../apps/signing-keys";
import { JWS_ALGS, type JwsAlg } from "../../crypto/public-jwk";

/** Algorithms with which clients sign: assertions and request objects. */
export const CLIENT_SIGNING_ALGS = JWS_ALGS;
export type ClientSigningAlg = JwsAlg;

export interface ClientMetadata {
  client_name: string;
  application_type: "web" | "native";
  public: boolean;
  redirect_uris: string[];
  post_logout_redirect_uris: string[];
  grant_types: string[];
  scopes: string[];
  token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "none" | null;
  token_endpoint_auth_signing_alg: ClientSigningAlg | null;
  jwks: JSONWebKeySet | null;
  jwks_uri: string | null;
  pkce: "required" | "optional";
  refresh: "rotate" | "reuse" | null;
  id_token_signed_response_alg: SigningAlg;
  userinfo_signed_response_alg: SigningAlg | null;
  authorization_signed_response_alg: SigningAlg;
  introspection_signed_response_alg: SigningAlg;
  request_object_signing_alg: ClientSigningAlg | null;
  require_signed_request_object: boolean;
  require_pushed_authorization_requests: boolean;
  dpop_bound_access_tokens: boolean;
  subject_type: "public" | "pairwise";
  sector_identifier_uri: string | null;
  backchannel_logout_uri: string | null;
  backchannel_logout_session_required: boolean;
  initiate_login_uri: string | null;
  default_acr_values: string[];
  contacts: string[];
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
  /** Created in the dashboard, CLI or API; registered (RFC 7591); or read from its metadata document. */
  source: "console" | "dcr" | "cimd";
  createdAt: Date;
  lastUsedAt: Date | null;
  /** SHA-256 of the active secrets. */
  secrets: { id: string; hash: Uint8Array }[];
}
