/** Mapping between an OAuth client and its database row. */
import type { OAuthClient } from "../../database/client";
import type { Client, ClientMetadata } from "./client";

/** Includes a client's active secrets in a query. */
export const INCLUDE_SECRETS = { secrets: { where: { revokedAt: null }, select: { id: true, hash: true } } } as const;

type ClientRow = OAuthClient & { secrets: { id: string; hash: Uint8Array }[] };

export function clientFromRow(row: ClientRow): Client {
  return {
    appId: row.appId,
    id: row.id,
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    secrets: row.secrets,
    client_name: row.name,
    application_type: row.applicationType as ClientMetadata["application_type"],
    public: row.isPublic,
    redirect_uris: row.redirectUris,
    post_logout_redirect_uris: row.postLogoutRedirectUris,
    grant_types: row.grantTypes,
    scopes: row.scopes,
    token_endpoint_auth_method: row.authMethod as ClientMetadata["token_endpoint_auth_method"],
    pkce: row.pkce as ClientMetadata["pkce"],
    refresh: row.refresh as ClientMetadata["refresh"],
    id_token_signed_response_alg: row.idTokenAlg as ClientMetadata["id_token_signed_response_alg"],
    claims_in_id_token: row.claimsInIdToken,
    first_party: row.firstParty,
    resource_server: row.resourceServer,
    logo_uri: row.logoUrl,
    client_uri: row.siteUrl,
    policy_uri: row.policyUrl,
    tos_uri: row.termsUrl,
    default_max_age: row.defaultMaxAgeSeconds,
    require_auth_time: row.requireAuthTime,
    access_token_ttl_seconds: row.accessTokenTtlSeconds,
    id_token_ttl_seconds: row.idTokenTtlSeconds,
    refresh_idle_ttl_seconds: row.refreshIdleTtlSeconds,
    refresh_absolute_ttl_seconds: row.refreshAbsoluteTtlSeconds,
  };
}

export function clientColumns(client: ClientMetadata) {
  return {
    name: client.client_name,
    applicationType: client.application_type,
    isPublic: client.public,
    redirectUris: client.redirect_uris,
    postLogoutRedirectUris: client.post_logout_redirect_uris,
    grantTypes: client.grant_types,
    responseTypes: client.grant_types.includes("authorization_code") ? ["code"] : [],
    scopes: client.scopes,
    authMethod: client.token_endpoint_auth_method,
    pkce: client.pkce,
    refresh: client.refresh,
    idTokenAlg: client.id_token_signed_response_alg,
    claimsInIdToken: client.claims_in_id_token,
    firstParty: client.first_party,
    resourceServer: client.resource_server,
    logoUrl: client.logo_uri,
    siteUrl: client.client_uri,
    policyUrl: client.policy_uri,
    termsUrl: client.tos_uri,
    defaultMaxAgeSeconds: client.default_max_age,
    requireAuthTime: client.require_auth_time,
    accessTokenTtlSeconds: client.access_token_ttl_seconds,
    idTokenTtlSeconds: client.id_token_ttl_seconds,
    refreshIdleTtlSeconds: client.refresh_idle_ttl_seconds,
    refreshAbsoluteTtlSeconds: client.refresh_absolute_ttl_seconds,
  };
}
