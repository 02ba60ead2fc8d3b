/**
 * Validation of an authorization request (RFC 6749 §4.1.1): the second phase, whose errors are
 * sent to the client. `validate` lists the checks in order.
 */
import { limitClaims, requestedSubject, scopesOfClaims } from "../claims";
import { readDpopJkt } from "../dpop/code-binding";
import { isOAuthError, oauthFail } from "../errors";
import { type Parameters, requireUnrepeated } from "../parameters";
import { readCodeChallenge } from "../pkce";
import {
  readClaims,
  readIdTokenHint,
  readMaxAge,
  readPrompts,
  readResponseMode,
  readScopes,
  recipientOf,
} from "./read-parameters";
import type { AuthorizeRequest, Identified, RejectedRequest } from "./request";

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

function rejectRequestObject(parameters: Parameters): void {
  if (parameters.get("request"))
    oauthFail("request_not_supported", "Request objects are not supported. Send the parameters themselves", {
      section: "OIDC Core §6",
    });
  if (parameters.get("request_uri"))
    oauthFail(
      "request_uri_not_supported",
      "The parameter request_uri is not supported. Send the parameters themselves",
      {
        section: "OIDC Core §6",
      },
    );
}

async function validate(parameters: Parameters, identified: Identified): Promise<AuthorizeRequest> {
  const { client } = identified;
  requireUnrepeated(parameters);
  requireCodeGrant(identified);
  requireCodeResponse(parameters);
  rejectRequestObject(parameters);
  const responseMode = readResponseMode(parameters);
  const codeChallenge = readCodeChallenge(parameters, client);
  const dpopJkt = readDpopJkt(parameters);
  const prompts = readPrompts(parameters);
  const maxAgeSeconds = readMaxAge(parameters) ?? client.default_max_age;
  const requestedClaims = readClaims(parameters);
  const scopes = await readScopes(parameters, identified);
  const claims = limitClaims(requestedClaims, client.scopes);
  return {
    responseMode,
    state: parameters.get("state") ?? null,
    scopes,
    consentScopes: [...new Set([...scopes, ...scopesOfClaims(claims)])],
    nonce: parameters.get("nonce") ?? null,
    codeChallenge,
    dpopJkt,
    prompts,
    maxAgeSeconds,
    loginHint: parameters.get("login_hint")?.slice(0, 320) ?? null,
    expectedUserId: (await readIdTokenHint(parameters, identified)) ?? requestedSubject(requestedClaims),
    claims,
    ...identified,
  };
}

/** @throws errors that aren't the client's fault, such as an unavailable database */
export async function readRequest(
  parameters: Parameters,
  identified: Identified,
): Promise<AuthorizeRequest | RejectedRequest> {
  try {
    return await validate(parameters, identified);
  } catch (error) {
    if (!isOAuthError(error) || error.status >= 500) throw error;
    return { recipient: recipientOf(identified, parameters), error };
  }
}
