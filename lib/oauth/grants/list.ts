/** Every grant; dispatch and metadata derive from this list. */
import { authorizationCode } from "./authorization-code";
import { clientCredentials } from "./client-credentials";
import type { GrantHandler } from "./grant-handler";
import { refreshToken } from "./refresh-token";

export const GRANTS: GrantHandler[] = [authorizationCode, refreshToken, clientCredentials];
