/** Every grant; dispatch and metadata derive from this list. */
import { authorizationCode } from "./authorization-code";
import { clientCredentials } from "./client-credentials";
import type { Grant } from "./grant";
import { refreshToken } from "./refresh-token";

export const GRANTS: Grant[] = [authorizationCode, refreshToken, clientCredentials];
