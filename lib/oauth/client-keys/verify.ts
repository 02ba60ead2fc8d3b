/** Verification of JWTs that a client signed: assertions (RFC 7523) and request objects (RFC 9101). */
import { isSignedByOneOf, type ParsedJws } from "../../crypto/jws";
import type { VerificationKey } from "../../crypto/public-jwk";
import type { Client } from "../clients/client";
import { importKeySet, type KeySet } from "./registered";
import { reloadedKeys, remoteKeys } from "./remote";

/** Clocks differ (docs/fapi.md). */
export const LEEWAY_SECONDS = 60;

/** Why no key verifies it. */
function reasonOf(jws: ParsedJws, keys: readonly VerificationKey[], problem: string | null): string {
  if (problem && keys.length === 0) return `The jwks_uri of the client ${problem}`;
  if (keys.length === 0) return "The client has no usable signature key. Register jwks or jwks_uri";
  const isKnown = keys.some(({ kid }) => kid === null || kid === jws.kid);
  if (jws.kid !== null && !isKnown) return `No key of the client has the kid ${jws.kid.slice(0, 100)}`;
  return `No key of the client with the alg ${jws.alg} verifies the signature`;
}

/** null if one of the client's keys signed it, otherwise the reason. */
export async function signatureProblem(client: Client, jws: ParsedJws): Promise<string | null> {
  if (client.jwks_uri === null) {
    const keys = client.jwks ? importKeySet(client.jwks as KeySet) : [];
    return isSignedByOneOf(jws, keys) ? null : reasonOf(jws, keys, null);
  }
  const first = await remoteKeys(client.jwks_uri);
  if (isSignedByOneOf(jws, first.keys)) return null;
  const { keys, problem } = first.isNew ? first : await reloadedKeys(client.jwks_uri);
  if (keys !== first.keys && isSignedByOneOf(jws, keys)) return null;
  return reasonOf(jws, keys, problem);
}
