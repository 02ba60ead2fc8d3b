/** The revocation endpoint (RFC 7009). */
import { required } from "../parameters";
import { revoke as revokeToken } from "../tokens/revocation";
import { authenticate, type OAuthInput } from "./oauth-route";

export async function revoke(input: OAuthInput): Promise<object> {
  const caller = await authenticate(input);
  await revokeToken(caller, required(input.parameters, "token", "RFC 7009 §2.1"));
  // RFC 7009 §2.2: clients ignore the body, but some of them parse it.
  return {};
}
