/** The token endpoint (RFC 6749 §3.2). */
import { readTokenProof } from "../dpop/request";
import { handleTokenRequest } from "../grants/dispatch";
import { authenticate, type OAuthInput } from "./oauth-route";

export async function token(input: OAuthInput): Promise<object> {
  const caller = await authenticate(input);
  const proof = await readTokenProof(caller.app, caller.client, input);
  return handleTokenRequest(caller, input.parameters, proof);
}
