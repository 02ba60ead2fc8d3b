/** Grant types. Metadata, client validation, API reference and dashboard derive from this list. */
import { authorizationCode } from "./authorization-code";
import { clientCredentials } from "./client-credentials";
import { deviceCode } from "./device-code";
import type { GrantHandler } from "./grant-handler";
import { refreshToken } from "./refresh-token";

export const GRANT_HANDLERS = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: clientCredentials,
  "urn:ietf:params:oauth:grant-type:device_code": deviceCode,
} satisfies Record<string, GrantHandler>;

export type GrantType = keyof typeof GRANT_HANDLERS;

export const GRANT_TYPES = Object.keys(GRANT_HANDLERS) as GrantType[];

export function findGrantType(name: string): GrantType | null {
  return GRANT_TYPES.find((type) => type === name) ?? null;
}
