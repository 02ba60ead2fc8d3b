/**
 * The `typ` of access tokens (RFC 9068 §2.1), and their verification. Some libraries, such as those
 * of Spring, accept only `JWT` by default, so an app can choose it. Claims tell these tokens apart
 * from ID tokens: an ID token has no client_id, and a client as its audience.
 */
import { type VerifiedJwt, verifyJwt } from "./jwt";

export const ACCESS_TOKEN_TYPES = ["at+jwt", "JWT"] as const;

/** Accepts `JWT` only while the app issues it. The caller checks the claims. */
export async function verifyAccessJwt(token: string, accept: { expired?: boolean } = {}): Promise<VerifiedJwt | null> {
  const verified = await verifyJwt(token, ACCESS_TOKEN_TYPES, accept);
  if (!verified) return null;
  return verified.typ === "at+jwt" || verified.app.settings.access_token_typ === "JWT" ? verified : null;
}
