/**
 * Parsers for the parameters of an authorization request (OIDC Core §3.1.2.1). Each throws the
 * error that the client gets.
 */
import { verifyJwt } from "../../apps/jwt";
import { type AcrRequest, type ClaimsRequest, parseClaimsRequest, requiresUnsupportedAcr } from "../claims";
import type { Client } from "../clients/client";
import { oauthFail } from "../errors";
import type { Parameters } from "../parameters";
import { decideTarget, type Target } from "../resources/audience";
import { listResources } from "../resources/resource";
import { listScopes, parseScope } from "../scopes/scopes";
import type { Identified, Origin, Prompt, Recipient, ResponseMode, ResponsePlace } from "./request";

const PLACES: ResponsePlace[] = ["query", "fragment", "form_post"];
export const RESPONSE_MODES: ResponseMode[] = [...PLACES, "jwt", ...PLACES.map((place) => `${place}.jwt` as const)];
export const PROMPTS: Prompt[] = ["none", "login", "consent", "select_account", "create"];

/** Defaults to query, because an error response needs a mode even if the parameter is invalid. */
function responseModeOf(parameters: Parameters): ResponseMode {
  return RESPONSE_MODES.find((mode) => mode === parameters.get("response_mode")) ?? "query";
}

/** Where the error of an invalid request goes. */
export function recipientOf(
  { app, client, redirectUri }: Identified,
  parameters: Parameters,
  origin: Origin,
): Recipient {
  const prompts: Prompt[] = parameters.get("prompt") === "none" ? ["none"] : [];
  const [responseMode, state] = [responseModeOf(parameters), parameters.get("state") ?? null];
  return { app, client, redirectUri, responseMode, state, prompts, origin };
}

export function readResponseMode(parameters: Parameters): ResponseMode {
  const mode = parameters.get("response_mode");
  if (mode && !RESPONSE_MODES.some((known) => known === mode)) {
    oauthFail("invalid_request", `The parameter response_mode must be one of ${RESPONSE_MODES.join(", ")}`, {
      facts: { sent: mode },
    });
  }
  return responseModeOf(parameters);
}

export function readPrompts(parameters: Parameters): Prompt[] {
  const names = (parameters.get("prompt") ?? "").split(" ").filter(Boolean);
  const unknown = names.find((name) => !PROMPTS.some((known) => known === name));
  if (unknown) {
    oauthFail("invalid_request", `The parameter prompt may contain only ${PROMPTS.join(", ")}`, {
      facts: { sent: unknown.slice(0, 100) },
    });
  }
  if (names.includes("none") && names.length > 1)
    oauthFail("invalid_request", "The parameter prompt must not combine none with other values", {
      section: "OIDC Core §3.1.2.1",
    });
  return names as Prompt[];
}

export function readMaxAge(parameters: Parameters): number | null {
  const age = parameters.get("max_age");
  if (age === undefined) return null;
  if (!/^\d{1,9}$/.test(age))
    oauthFail("invalid_request", "The parameter max_age must be a number of seconds", {
      section: "OIDC Core §3.1.2.1",
    });
  return Number(age);
}

/** OIDC Core §3.1.2.1: in order of preference, and a wish. */
export function readAcrValues(parameters: Parameters, client: Client): AcrRequest | null {
  const sent = parameters.get("acr_values")?.split(" ").filter(Boolean) ?? client.default_acr_values;
  return sent.length > 0 ? { values: sent.slice(0, 20), essential: false } : null;
}

export function readClaims(parameters: Parameters): ClaimsRequest | null {
  const text = parameters.get("claims");
  if (text === undefined) return null;
  const claims = parseClaimsRequest(text);
  if (!claims)
    return oauthFail("invalid_request", "The parameter claims must be a JSON object with userinfo or id_token", {
      section: "OIDC Core §5.5",
    });
  if (requiresUnsupportedAcr(claims))
    oauthFail("unmet_authentication_requirements", "The parameter claims requires an acr that Foyer does not support", {
      section: "OIDC Core §5.5.1.1",
    });
  return claims;
}

/**
 * The requested resources (RFC 8707), and the requested scopes that exist and that the client may
 * request. Foyer ignores other scopes: the token response names the granted ones.
 */
export async function readTarget(
  parameters: Parameters,
  { app, client }: Pick<Identified, "app" | "client">,
): Promise<Target> {
  const sent = parameters.get("scope");
  const names =
    sent === undefined
      ? client.scopes.filter((name) => name !== "openid" && name !== "offline_access")
      : parseScope(sent);
  if (!names) return oauthFail("invalid_scope", "The parameter scope is malformed", { section: "RFC 6749 §3.3" });
  const known = await listScopes(app.id);
  const allowed = names.filter((name) => known.has(name) && client.scopes.includes(name));
  const resources = await listResources(app.id);
  const target = decideTarget(app, resources, parameters, { sent: sent === undefined ? null : names, allowed });
  // A resource may have no scopes.
  if (allowed.length > 0 || target.resources.length > 0) return target;
  return oauthFail(
    "invalid_scope",
    "The parameter scope names no scope that this client may request. Allow it in the client's settings",
    {
      section: "RFC 6749 §3.3",
      parameter: "scope",
      facts: { sent: names.slice(0, 20), registered: client.scopes },
    },
  );
}

/**
 * The `sub` that the client expects, from an ID token that Foyer issued to this client. The token
 * may have expired (OIDC Core §3.1.2.1).
 */
export async function readIdTokenHint(hint: string, { app, client }: Identified): Promise<string | null> {
  const verified = await verifyJwt(hint, ["JWT"], { expired: true });
  if (verified?.app.id !== app.id || verified.payload.aud !== client.id) {
    return oauthFail(
      "invalid_request",
      "The parameter id_token_hint must be an ID token that was issued to this client",
      {
        section: "OIDC Core §3.1.2.1",
      },
    );
  }
  return verified.payload.sub ?? null;
}
