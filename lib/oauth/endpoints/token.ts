/** The token endpoint (RFC 6749 §3.2). */
import { handleTokenRequest } from "../grants/dispatch";
import { authenticate, type OAuthInput } from "./oauth-route";

export async function token(input: OAuthInput): Promise<object> {
  return handleTokenRequest(await authenticate(input), input.parameters, null);
}
