/** The token endpoint (RFC 6749 §3.2): authenticate the client, then the grant's own recipe. */
import { metrics } from "../../metrics";
import type { AuthenticatedClient } from "../authenticate-client";
import { oauthFail } from "../errors";
import { type Parameters, required } from "../parameters";
import type { TokenResponse } from "./grant-handler";
import { GRANTS } from "./list";

export async function handleTokenRequest(
  { app, client }: AuthenticatedClient,
  parameters: Parameters,
): Promise<TokenResponse> {
  const type = required(parameters, "grant_type", "RFC 6749 §4");
  const grant = GRANTS.find((candidate) => candidate.type === type);
  if (!grant) {
    const supported = GRANTS.map((known) => known.type).join(", ");
    return oauthFail("unsupported_grant_type", `Use one of ${supported}`, { section: "RFC 6749 §5.2" });
  }
  if (!client.grant_types.some((allowed) => allowed === type)) {
    oauthFail("unauthorized_client", `This client is not registered for the grant type ${type}`, {
      section: "RFC 6749 §5.2",
      parameter: "grant_type",
      facts: { sent: type, registered: client.grant_types },
    });
  }
  const answer = await grant.issue({ app, client, parameters });
  metrics().tokens.inc({ grant: grant.type });
  return answer;
}
