/** Names of the grant types. Metadata, client validation, API reference and dashboard derive from this list. */
export const GRANT_TYPES = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:ietf:params:oauth:grant-type:token-exchange",
] as const;

export type GrantType = (typeof GRANT_TYPES)[number];

/** RFC 6749 §4.4, RFC 8693 §5: without a user at hand, only the client's credentials protect these. */
export const CONFIDENTIAL_GRANT_TYPES: ReadonlySet<string> = new Set<GrantType>([
  "client_credentials",
  "urn:ietf:params:oauth:grant-type:token-exchange",
]);

export function findGrantType(name: string): GrantType | null {
  return GRANT_TYPES.find((type) => type === name) ?? null;
}
