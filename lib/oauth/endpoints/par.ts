/** The pushed authorization request endpoint (RFC 9126). */
import { json, NO_STORE } from "../../http/respond";
import { limitPublicClient } from "../../limits/public-clients";
import type { AuthenticatedClient } from "../authenticate-client";
import { identify } from "../authorize/identify";
import { PUSHED_TTL_SECONDS, storePushedRequest } from "../authorize/pushed-request";
import { openRequestObject, type Received } from "../authorize/receive";
import { validate } from "../authorize/validate";
import { bindToProof } from "../dpop/code-binding";
import { readProof } from "../dpop/request";
import { oauthFail } from "../errors";
import { type Parameters, parametersOf } from "../parameters";
import { authenticate, type OAuthInput } from "./oauth-route";

/** The parameters that authenticate the client. They are never stored. */
const CREDENTIALS = ["client_secret", "client_assertion", "client_assertion_type"];

/** The parameters of the authorization request. An assertion names the client too. */
function requestParameters(sent: Parameters, { client }: AuthenticatedClient): Parameters {
  const pairs = new URLSearchParams(sent.encoded());
  for (const name of CREDENTIALS) pairs.delete(name);
  pairs.set("client_id", client.id);
  return parametersOf([...pairs]);
}

async function open(
  parameters: Parameters,
  { app }: AuthenticatedClient,
): Promise<Pick<Received, "parameters"> & { signed: boolean }> {
  const object = parameters.get("request");
  if (object === undefined) return { parameters, signed: false };
  const received = await openRequestObject(parameters, object, app);
  if (received.error) throw received.error;
  return { parameters: received.parameters, signed: true };
}

/** Validates the request as the authorization endpoint does, and stores it. */
export async function pushRequest(input: OAuthInput): Promise<Response> {
  const caller = await authenticate(input);
  const { app, client } = caller;
  if (input.parameters.get("request_uri"))
    oauthFail("invalid_request", "The parameter request_uri can't be pushed. Send the parameters themselves", {
      section: "RFC 9126 §2.1",
    });
  const { parameters, signed } = await open(requestParameters(input.parameters, caller), caller);
  const identified = await identify(parameters, app);
  // The ID follows when the request is stored.
  await validate(parameters, identified, { pushed: "new", signed });
  const bound = bindToProof(parameters, await readProof(app, input));
  await limitPublicClient(client);
  const requestUri = await storePushedRequest(client, { query: bound.encoded(), signed });
  const body = { request_uri: requestUri, expires_in: PUSHED_TTL_SECONDS };
  return json(body, { status: 201, headers: { ...NO_STORE, Pragma: "no-cache" } });
}
