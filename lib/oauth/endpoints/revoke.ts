/** The revocation endpoint (RFC 7009). */
import { NO_STORE } from "../../http/respond";
import { textResponse } from "../../http/text-response";
import { required } from "../parameters";
import { revoke as revokeToken } from "../tokens/revocation";
import { authenticate, type OAuthInput } from "./oauth-route";

export async function revoke(input: OAuthInput): Promise<Response> {
  const caller = await authenticate(input);
  await revokeToken(caller, required(input.parameters, "token", "RFC 7009 §2.1"));
  return textResponse(null, { status: 200, headers: NO_STORE });
}
