/** A client's registered keys (RFC 7591 §2: `jwks` and `jwks_uri`): what may be registered. */
import { importVerificationKey, publicJwkProblem, type VerificationKey } from "../../crypto/public-jwk";

export const MAX_KEYS = 20;

/** A JWK Set (RFC 7517 §5). */
export interface KeySet {
  keys: unknown[];
}

export function isKeySet(value: unknown): value is KeySet {
  return typeof value === "object" && value !== null && Array.isArray((value as KeySet).keys);
}

/** Imported keys by their set, which the cached client keeps until it changes. */
const imported = new WeakMap<object, VerificationKey[]>();

/** The keys of a set that can verify signatures. Others are ignored (RFC 7517 §5). */
export function importKeySet(set: KeySet): VerificationKey[] {
  const known = imported.get(set);
  if (known) return known;
  const keys = set.keys.slice(0, MAX_KEYS).flatMap((jwk) => importVerificationKey(jwk) ?? []);
  imported.set(set, keys);
  return keys;
}

/** The settings that determine a client's keys. */
interface KeySettings {
  jwks: object | null;
  jwks_uri: string | null;
  token_endpoint_auth_method: string | null;
  token_endpoint_auth_signing_alg: string | null;
  request_object_signing_alg: string | null;
  require_signed_request_object: boolean;
}

/** The problem of `jwks`, or null. */
function jwksProblem(jwks: object): string | null {
  if (!isKeySet(jwks)) return "must be a JWK Set: an object with a list of keys (RFC 7517 §5)";
  if (jwks.keys.length === 0) return "must contain at least one key";
  if (jwks.keys.length > MAX_KEYS) return `must contain at most ${MAX_KEYS} keys`;
  for (const [index, jwk] of jwks.keys.entries()) {
    const problem = publicJwkProblem(jwk);
    if (problem) return `key ${index + 1} ${problem}`;
  }
  return null;
}

function uriProblem(uri: string): string | null {
  if (!URL.canParse(uri)) return "must be an https URL";
  const { protocol, hostname, username, password, hash } = new URL(uri);
  if (username || password || hash) return "must have no user name, password and fragment";
  const isLoopback = hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
  // Whether Foyer may connect there is checked when it fetches the keys.
  return protocol === "https:" || (protocol === "http:" && isLoopback) ? null : "must be an https URL";
}

/** The setting that requires a key, with the algorithm that the key must support. */
function requiredKey(client: KeySettings): { setting: string; alg: string | null } | null {
  if (client.token_endpoint_auth_method === "private_key_jwt")
    return { setting: "token_endpoint_auth_method private_key_jwt", alg: client.token_endpoint_auth_signing_alg };
  if (client.require_signed_request_object || client.request_object_signing_alg)
    return { setting: "signed requests", alg: client.request_object_signing_alg };
  return null;
}

/** Field → problem. */
export function keyProblems(client: KeySettings): Record<string, string> {
  const { jwks, jwks_uri } = client;
  const required = requiredKey(client);
  if (jwks && jwks_uri) return { jwks_uri: "must not be combined with jwks. Send one of the two (RFC 7591 §2)" };
  if (jwks_uri) {
    const problem = uriProblem(jwks_uri);
    return problem ? { jwks_uri: problem } : {};
  }
  if (!jwks) return required ? { jwks: `is missing: ${required.setting} requires jwks or jwks_uri` } : {};
  const problem = jwksProblem(jwks);
  if (problem) return { jwks: problem };
  if (!required) return {};
  const { setting, alg } = required;
  const usable = importKeySet(jwks as KeySet).some(({ algs }) => !alg || algs.some((one) => one === alg));
  if (usable) return {};
  return { jwks: `must contain a signature key for ${alg ?? "ES256, PS256, RS256 or EdDSA"}: ${setting} requires it` };
}
