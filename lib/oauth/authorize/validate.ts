/**
 * Validation of an authorization request (RFC 6749 §4.1.1): the second phase, whose errors are
 * sent to the client. `validate` lists the checks in order.
 */
import { limitClaims, requestedAcr, requestedSubject, scopesOfClaims } from "../claims";
import type { Client } from "../clients/client";
import { readDpopJkt } from "../dpop/code-binding";
import { isOAuthError, oauthFail } from "../errors";
import { type Parameters, requireUnrepeated } from "../parameters";
import { readCodeChallenge } from "../pkce";
import {
  readAcrValues,
  readClaims,
  readIdTokenHint,
  readMaxAge,
  readPrompts,
  readResponseMode,
  readTarget,
  recipientOf,
} from "./read-parameters";
import type { AuthorizeRequest, Identified, Origin, RejectedRequest } from "./request";

function requireCodeGrant({ client }: Identified): void {
  if (client.grant_types.includes("authorization_code")) return;
  oauthFail(
    "unauthorized_client",
    "This client may not use the grant type authorization_code. Allow it in the client's settings",
    {
      section: "RFC 6749 §4.1.2.1",
      parameter: "grant_type",
      facts: { sent: "authorization_code", registered: client.grant_types },
    },
  );
}

function requireCodeResponse(parameters: Parameters): void {
  const type = parameters.get("response_type");
  if (!type)
    oauthFail("invalid_request", "The parameter response_type is missing. Send code", { section: "RFC 6749 §3.1.1" });
  if (type !== "code")
    oauthFail("unsupported_response_type", "The parameter response_type must be code", {
      section: "RFC 9700 §2.1.2",
      facts: { sent: type },
    });
}

/** Whether the request came in the way that the client's settings require. */
function requireOrigin(parameters: Parameters, client: Client, { pushed, signed }: Origin): void {
  if (parameters.get("request_uri"))
    oauthFail(
      "request_uri_not_supported",
      "The parameter request_uri must be one of the par endpoint. Push the request, or send the parameters themselves",
      { section: "OIDC Core §6" },
    );
  if (client.require_pushed_authorization_requests && !pushed)
    oauthFail("invalid_request", "This client must push its authorization requests. Send them to the par endpoint", {
      section: "RFC 9126 §6",
    });
  if (client.require_signed_request_object && !signed)
    oauthFail("invalid_request", "This client must sign its authorization requests. Send a request object", {
      section: "RFC 9101 §10.5",
    });
}

/** @throws the error that the client gets */
export async function validate(
  parameters: Parameters,
  identified: Identified,
  origin: Origin,
): Promise<AuthorizeRequest> {
  const { client } = identified;
  requireUnrepeated(parameters);
  requireCodeGrant(identified);
  requireCodeResponse(parameters);
  requireOrigin(parameters, client, origin);
  const responseMode = readResponseMode(parameters);
  const codeChallenge = readCodeChallenge(parameters, client);
  const dpopJkt = readDpopJkt(parameters);
  const prompts = readPrompts(parameters);
  const maxAgeSeconds = readMaxAge(parameters) ?? client.default_max_age;
  const requestedClaims = readClaims(parameters);
  const { resources, scopes } = await readTarget(parameters, identified);
  const claims = limitClaims(requestedClaims, client.scopes);
  const hint = parameters.get("id_token_hint");
  const hinted = hint === undefined ? null : await readIdTokenHint(hint, identified);
  return {
    origin,
    responseMode,
    state: parameters.get("state") ?? null,
    resources,
    scopes,
    consentScopes: [...new Set([...scopes, ...scopesOfClaims(claims)])],
    nonce: parameters.get("nonce") ?? null,
    codeChallenge,
    dpopJkt,
    prompts,
    maxAgeSeconds,
    acr: requestedAcr(requestedClaims) ?? readAcrValues(parameters, client),
    loginHint: parameters.get("login_hint")?.slice(0, 320) ?? null,
    expectedSubject: hinted ?? requestedSubject(requestedClaims),
    claims,
    ...identified,
  };
}

/** @throws errors that aren't the client's fault, such as an unavailable database */
export async function readRequest(
  parameters: Parameters,
  identified: Identified,
  origin: Origin,
): Promise<AuthorizeRequest | RejectedRequest> {
  try {
    return await validate(parameters, identified, origin);
  } catch (error) {
    if (!isOAuthError(error) || error.status >= 500) throw error;
    return { recipient: recipientOf(identified, parameters, origin), error };
  }
}
