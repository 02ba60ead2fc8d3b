/** The second phase: is the request in order? What fails here is told to the client. The list at the end is the documentation. */
import { verifyJwt } from "../../apps/jwt";
import { limitClaims, parseClaimsRequest, requestedSubject, requiresUnsupportedAcr, scopesOfClaims } from "../claims";
import { oauthFail } from "../errors";
import type { Parameters } from "../parameters";
import { readCodeChallenge } from "../pkce";
import { listScopes, parseScope } from "../scopes/scopes";
import type { AuthorizeRequest, Identified, Prompt, ResponseMode } from "./request";

export const RESPONSE_MODES: ResponseMode[] = ["query", "fragment", "form_post"];
export const PROMPTS: Prompt[] = ["none", "login", "consent", "select_account", "create"];

type Check = (parameters: Parameters, who: Identified) => void;

const grantAllowed: Check = (_, { client }) => {
  if (client.grant_types.includes("authorization_code")) return;
  oauthFail("unauthorized_client", "This client is not registered for the authorization code grant", {
    section: "RFC 6749 §4.1.2.1",
    parameter: "grant_type",
    facts: { sent: "authorization_code", registered: client.grant_types },
  });
};

const responseTypeIsCode: Check = (parameters) => {
  const type = parameters.get("response_type");
  if (!type)
    oauthFail("invalid_request", "The parameter response_type is missing: send code", { section: "RFC 6749 §3.1.1" });
  if (type !== "code")
    oauthFail("unsupported_response_type", "The only response_type is code", {
      section: "RFC 9700 §2.1.2",
      facts: { sent: type },
    });
};

const noRequestObject: Check = (parameters) => {
  if (parameters.get("request"))
    oauthFail("request_not_supported", "Send the parameters themselves, not a request object", {
      section: "OIDC Core §6",
    });
  if (parameters.get("request_uri"))
    oauthFail("request_uri_not_supported", "Send the parameters themselves, not a request_uri", {
      section: "OIDC Core §6",
    });
};

const responseModeKnown: Check = (parameters) => {
  const mode = parameters.get("response_mode");
  if (mode && !RESPONSE_MODES.some((known) => known === mode)) {
    oauthFail("invalid_request", `The response_mode must be one of ${RESPONSE_MODES.join(", ")}`, {
      facts: { sent: mode },
    });
  }
};

const promptConsistent: Check = (parameters) => {
  const prompts = (parameters.get("prompt") ?? "").split(" ").filter(Boolean);
  const unknown = prompts.find((prompt) => !PROMPTS.some((known) => known === prompt));
  if (unknown)
    oauthFail("invalid_request", `The prompt must be of ${PROMPTS.join(", ")}`, {
      facts: { sent: unknown.slice(0, 100) },
    });
  if (prompts.includes("none") && prompts.length > 1)
    oauthFail("invalid_request", "prompt=none goes with no other prompt", { section: "OIDC Core §3.1.2.1" });
};

const maxAgeNumber: Check = (parameters) => {
  const age = parameters.get("max_age");
  if (age !== undefined && !/^\d{1,9}$/.test(age))
    oauthFail("invalid_request", "max_age must be a number of seconds", { section: "OIDC Core §3.1.2.1" });
};

const claimsWellFormed: Check = (parameters) => {
  const claims = parameters.get("claims");
  if (claims !== undefined && !parseClaimsRequest(claims))
    oauthFail("invalid_request", "claims must be a JSON object with userinfo or id_token", {
      section: "OIDC Core §5.5",
    });
};

const acrAttainable: Check = (parameters) => {
  if (requiresUnsupportedAcr(parseClaimsRequest(parameters.get("claims") ?? "{}")))
    oauthFail("unmet_authentication_requirements", "No sign-in here has an acr that the claims parameter insists on", {
      section: "OIDC Core §5.5.1.1",
    });
};

export const CHECKS: Check[] = [
  grantAllowed,
  responseTypeIsCode,
  noRequestObject,
  responseModeKnown,
  promptConsistent,
  maxAgeNumber,
  claimsWellFormed,
  acrAttainable,
];

/** What is known to the App and allowed to the client; the rest is dropped, and the answer says what was granted. */
async function scopesOf(parameters: Parameters, { app, client }: Identified): Promise<string[]> {
  const asked = parameters.get("scope");
  const names =
    asked === undefined
      ? client.scopes.filter((name) => name !== "openid" && name !== "offline_access")
      : parseScope(asked);
  if (!names) return oauthFail("invalid_scope", "The scope parameter is malformed", { section: "RFC 6749 §3.3" });
  const known = await listScopes(app.id);
  const granted = names.filter((name) => known.has(name) && client.scopes.includes(name));
  if (granted.length > 0) return granted;
  return oauthFail("invalid_scope", "None of the requested scopes is known to the App and allowed to this client", {
    section: "RFC 6749 §3.3",
    parameter: "scope",
    facts: { sent: names.slice(0, 20), registered: client.scopes },
  });
}

/** OIDC Core §3.1.2.1: a token of ours, expired or not, says whom the client expects. */
async function expectedUser(parameters: Parameters, { app, client }: Identified): Promise<string | null> {
  const hint = parameters.get("id_token_hint");
  if (!hint) return null;
  const verified = await verifyJwt(hint, "JWT", { expired: true });
  if (verified?.app.id !== app.id || verified.payload.aud !== client.id) {
    return oauthFail("invalid_request", "id_token_hint is not an ID token of this client", {
      section: "OIDC Core §3.1.2.1",
    });
  }
  return verified.payload.sub ?? null;
}

export function responseModeOf(parameters: Parameters): ResponseMode {
  return RESPONSE_MODES.find((mode) => mode === parameters.get("response_mode")) ?? "query";
}

export async function validate(parameters: Parameters, who: Identified): Promise<AuthorizeRequest> {
  for (const check of CHECKS) check(parameters, who);
  const { client } = who;
  const codeChallenge = readCodeChallenge(parameters, client);
  const maxAge = parameters.get("max_age");
  const prompts = (parameters.get("prompt") ?? "").split(" ").filter(Boolean) as Prompt[];
  const scopes = await scopesOf(parameters, who);
  const asked = parseClaimsRequest(parameters.get("claims") ?? "{}");
  const claims = limitClaims(asked, client.scopes);
  return {
    responseMode: responseModeOf(parameters),
    state: parameters.get("state") ?? null,
    scopes,
    consentScopes: [...new Set([...scopes, ...scopesOfClaims(claims)])],
    nonce: parameters.get("nonce") ?? null,
    codeChallenge,
    prompts,
    maxAgeSeconds: maxAge === undefined ? client.default_max_age : Number(maxAge),
    loginHint: parameters.get("login_hint")?.slice(0, 320) ?? null,
    expectedUserId: (await expectedUser(parameters, who)) ?? requestedSubject(asked),
    claims,
    ...who,
  };
}
