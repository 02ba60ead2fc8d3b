/**
 * The parameters of an authorization request, wherever they are: in the request itself, in a request
 * object (RFC 9101), or stored by a pushed request (RFC 9126).
 */
import type { App } from "../../apps/apps";
import type { OAuthError } from "../errors";
import { isOAuthError, oauthFail } from "../errors";
import { type Parameters, parseParameters, requireUnrepeated } from "../parameters";
import { clientExists, identify } from "./identify";
import { isPushedUri, presentPushedRequest } from "./pushed-request";
import { recipientOf } from "./read-parameters";
import { type AuthorizeRequest, type Identified, type Origin, PLAIN, type RejectedRequest } from "./request";
import { readRequestObject, requireSameOutside } from "./request-object";
import { readRequest } from "./validate";

export interface Received {
  parameters: Parameters;
  /** The parameters, encoded. */
  query: string;
  origin: Origin;
  /** What is wrong with the request object, for the client. */
  error?: OAuthError;
}

/** The error of a request object reaches the client, if the rest of the request says where it is. */
function asError(thrown: unknown): OAuthError {
  if (isOAuthError(thrown) && thrown.status < 500) return thrown;
  throw thrown;
}

/** Replaces the parameters of a request by those of its request object. */
export async function openRequestObject(outside: Parameters, text: string, pathApp: App | null): Promise<Received> {
  const { app, client } = await clientExists(outside, pathApp);
  let parameters = outside;
  try {
    requireUnrepeated(outside, ["request"]);
    parameters = await readRequestObject(app, client, text);
    requireSameOutside(outside, parameters);
  } catch (thrown) {
    return { parameters, query: parameters.encoded(), origin: PLAIN, error: asError(thrown) };
  }
  return { parameters, query: parameters.encoded(), origin: { pushed: null, signed: true } };
}

async function openPushedRequest(outside: Parameters, uri: string, pathApp: App | null): Promise<Received> {
  requireUnrepeated(outside, ["client_id", "request_uri"]);
  if (outside.get("request"))
    oauthFail("invalid_request", "The parameters request and request_uri exclude each other. Send one of the two", {
      section: "RFC 9101 §5",
    });
  const { client } = await clientExists(outside, pathApp);
  const { id, query, signed } = await presentPushedRequest(client, uri);
  return { parameters: parseParameters(query), query, origin: { pushed: id, signed } };
}

/** @throws an error for a page, if no client can get it */
export async function receive(query: string, sent: Parameters, pathApp: App | null): Promise<Received> {
  const [object, uri] = [sent.get("request"), sent.get("request_uri")];
  if (uri !== undefined && isPushedUri(uri)) return openPushedRequest(sent, uri, pathApp);
  // An external request_uri is rejected with the other parameters.
  if (object !== undefined && uri === undefined) {
    requireUnrepeated(sent, ["client_id"]);
    return openRequestObject(sent, object, pathApp);
  }
  return { parameters: sent, query, origin: PLAIN };
}

/** @throws an error for a page: of the request object, if that explains why the client isn't known */
export function identifyReceived({ parameters, error }: Received, pathApp: App | null): Promise<Identified> {
  return identify(parameters, pathApp).catch((thrown) => {
    throw error ?? thrown;
  });
}

export function readReceived(
  { parameters, origin, error }: Received,
  identified: Identified,
): Promise<AuthorizeRequest | RejectedRequest> {
  if (!error) return readRequest(parameters, identified, origin);
  return Promise.resolve({ recipient: recipientOf(identified, parameters, origin), error });
}
