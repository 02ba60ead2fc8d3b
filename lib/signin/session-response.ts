/** The API response to a successful sign-in: tokens and user. */
import type { App } from "../apps/apps";
import { readCustomClaims } from "../claims/custom-claims";
import { writeRefreshToken } from "../refresh/token";
import { issueDirectToken, type SignedInSession } from "../sessions/direct-token";
import { type UserSummary, userView } from "../users/user-views";

export interface SessionResponse {
  token: string;
  token_type: "Bearer";
  expires_in: number;
  refresh_token: string;
  user: ReturnType<typeof userView>;
}

/** `counter` is the current one of the refresh token family. */
export async function sessionResponse(
  app: App,
  session: SignedInSession & { salt: Uint8Array; counter: number },
  user: UserSummary,
  tokenTtlSeconds = app.settings.direct_token_ttl_seconds,
): Promise<SessionResponse> {
  const claims = await readCustomClaims(app, session.userId, ["direct_token"]);
  const extra = claims?.("direct_token", null);
  const { token, expiresInSeconds } = await issueDirectToken(app, session, tokenTtlSeconds, extra);
  const family = { appId: app.id, familyId: session.id, clientId: app.id, salt: session.salt };
  return {
    token,
    token_type: "Bearer",
    expires_in: expiresInSeconds,
    refresh_token: writeRefreshToken(family, session.counter),
    user: userView(user),
  };
}
