/** Signed authorization requests (RFC 9101, OIDC Core §6.1): the `request` parameter, by value. */
import type { App } from "../../apps/apps";
import { nowSeconds } from "../../clock";
import { type ParsedJws, parseJws, typOf } from "../../crypto/jws";
import { canonicalAlg, JWS_ALGS } from "../../crypto/public-jwk";
import { LEEWAY_SECONDS, signatureProblem } from "../client-keys/verify";
import type { Client } from "../clients/client";
import { isOAuthError, oauthFail } from "../errors";
import { type Parameters, parametersOf } from "../parameters";

const SECTION = "RFC 9101 §6";

/** RFC 7519 §4.1 */
const JWT_CLAIMS = new Set(["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]);

const MAX_AGE_SECONDS = 3600;
const MAX_LIFETIME_SECONDS = 3600;
/** How far the clock of a client may be behind before its newest objects are too old. */
const CLOCK_BEHIND_SECONDS = 30;

export function failObject(problem: string, facts?: Record<string, string>): never {
  oauthFail("invalid_request_object", `The request object ${problem}`, { section: SECTION, facts });
}

/** RFC 9101 §10.5, OpenID Connect Discovery §3 */
export function requestObjectMetadata() {
  return {
    request_parameter_supported: true,
    request_object_signing_alg_values_supported: [...JWS_ALGS],
    require_signed_request_object: false,
  };
}

function requireTyp(jws: ParsedJws): void {
  const typ = typOf(jws);
  if (typ !== undefined && typ !== "oauth-authz-req+jwt" && typ !== "jwt")
    failObject("must have the typ oauth-authz-req+jwt or JWT, or none");
}

function requireParties(app: App, client: Client, { payload: { iss, sub, aud, client_id } }: ParsedJws): void {
  if (client_id !== undefined && client_id !== client.id) failObject("must have the same client_id as the request");
  if (iss !== undefined && iss !== client.id) failObject("must have the client ID as iss");
  // RFC 9101 §10.8: a client assertion must not work as a request object.
  if (sub === client.id) failObject("must not have the client ID as sub");
  if (aud !== app.issuer && !(Array.isArray(aud) && aud.includes(app.issuer)))
    failObject(`must have the issuer ${app.issuer} as aud`);
}

function requireTimes({ payload: { nbf, exp } }: ParsedJws): void {
  const at = nowSeconds();
  if (typeof nbf !== "number" || !Number.isFinite(nbf)) failObject("must have a number as nbf");
  if (typeof exp !== "number" || !Number.isFinite(exp)) failObject("must have a number as exp");
  if (exp <= at - LEEWAY_SECONDS) failObject("has expired. Create a new one for each request");
  if (nbf > at + LEEWAY_SECONDS) failObject("has an nbf in the future. Check the clock of the client");
  if (nbf < at - MAX_AGE_SECONDS - CLOCK_BEHIND_SECONDS) failObject("must have an nbf of the last 60 minutes");
  if (exp > nbf + MAX_LIFETIME_SECONDS) failObject("must have an exp at most 60 minutes after its nbf");
}

/** The claims as the text that parameters have. Only `resource` may have more than one (RFC 8707 §2). */
function toPairs([name, value]: [string, unknown]): [string, string][] {
  if (typeof value === "string") return [[name, value]];
  if (typeof value === "number" && Number.isSafeInteger(value)) return [[name, String(value)]];
  if (name === "resource" && Array.isArray(value)) return value.flatMap((one) => toPairs([name, one]));
  if (name === "claims" && typeof value === "object" && value !== null) return [[name, JSON.stringify(value)]];
  return failObject(`must have a string as ${name.slice(0, 100)}`);
}

function readClaims(client: Client, { payload }: ParsedJws): Parameters {
  for (const name of ["request", "request_uri"]) if (name in payload) failObject(`must not contain ${name}`);
  const pairs = Object.entries(payload).filter(([name]) => !JWT_CLAIMS.has(name));
  const named = pairs.filter(([name]) => name !== "client_id").flatMap(toPairs);
  try {
    return parametersOf([...named, ["client_id", client.id]]);
  } catch (error) {
    if (!isOAuthError(error)) throw error;
    return failObject(`is malformed. ${error.description}`);
  }
}

/** Verifies a request object and returns its parameters. @throws invalid_request_object */
export async function readRequestObject(app: App, client: Client, text: string): Promise<Parameters> {
  const jws = parseJws(text);
  if (typeof jws === "string") return failObject(jws);
  requireTyp(jws);
  const pinned = client.request_object_signing_alg;
  if (pinned && canonicalAlg(pinned) !== jws.alg) failObject(`must be signed with ${pinned}`);
  const problem = await signatureProblem(client, jws);
  // The app's owner gets the reason in the event.
  if (problem) failObject("isn't signed by a registered key of the client", { problem });
  requireParties(app, client, jws);
  requireTimes(jws);
  return readClaims(client, jws);
}

/**
 * RFC 9101 §6.3: only the parameters of the object count. Another value outside shows that the
 * request was changed on its way. @throws invalid_request_object
 */
export function requireSameOutside(outside: Parameters, inside: Parameters): void {
  for (const name of inside.names()) {
    const [sent, signed] = [outside.all(name), inside.all(name)];
    if (sent.length > 0 && (sent.length !== signed.length || sent.some((value, index) => value !== signed[index])))
      failObject(`differs from the request in the parameter ${name}. Send it only in the object`);
  }
}
