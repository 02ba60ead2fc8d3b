/** Token endpoint dispatch by grant type (RFC 6749 §3.2). */
import { metrics } from "../../metrics";
import type { AuthenticatedClient } from "../authenticate-client";
import type { Client } from "../clients/client";
import { oauthFail } from "../errors";
import { type Parameters, required } from "../parameters";
import { listResources } from "../resources/resource";
import type { GrantRequest, TokenResponse } from "./grant-handler";
import { GRANT_HANDLERS } from "./list";
import { findGrantType, GRANT_TYPES, type GrantType } from "./types";

/** @throws unauthorized_client */
export function requireGrantType(client: Client, type: GrantType): void {
  if (client.grant_types.includes(type)) return;
  oauthFail(
    "unauthorized_client",
    `This client may not use the grant type ${type}. Allow it in the client's settings`,
    {
      section: "RFC 6749 §5.2",
      parameter: "grant_type",
      facts: { sent: type, registered: client.grant_types },
    },
  );
}

export async function handleTokenRequest(
  { app, client }: AuthenticatedClient,
  parameters: Parameters,
  proof: GrantRequest["proof"],
): Promise<TokenResponse> {
  const sent = required(parameters, "grant_type", "RFC 6749 §4");
  const type = findGrantType(sent);
  if (!type) {
    return oauthFail("unsupported_grant_type", `The parameter grant_type must be one of ${GRANT_TYPES.join(", ")}`, {
      section: "RFC 6749 §5.2",
    });
  }
  requireGrantType(client, type);
  const resources = await listResources(app.id);
  const response = await GRANT_HANDLERS[type].issue({ app, client, parameters, resources, proof });
  metrics().tokens.inc({ grant: type });
  return response;
}
