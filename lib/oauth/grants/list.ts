/** The handler of each grant type: dispatch derives from this list. The names are in ./types.ts. */
import { authorizationCode } from "./authorization-code";
import { clientCredentials } from "./client-credentials";
import { deviceCode } from "./device-code";
import type { GrantHandler } from "./grant-handler";
import { refreshToken } from "./refresh-token";
import { tokenExchange } from "./token-exchange";
import type { GrantType } from "./types";

export const GRANT_HANDLERS: Record<GrantType, GrantHandler> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: clientCredentials,
  "urn:ietf:params:oauth:grant-type:device_code": deviceCode,
  "urn:ietf:params:oauth:grant-type:token-exchange": tokenExchange,
};
