/** Authorization codes that are bound to a DPoP key (RFC 9449 §10): `dpop_jkt`. */
import type { Condition } from "../../database/conditions";
import { oauthFail } from "../errors";
import { type Parameters, parametersOf } from "../parameters";
import { rejectProof } from "./problem";
import type { ProvenKey } from "./request";

const SECTION = "RFC 9449 §10";

/** @throws invalid_request if it isn't a thumbprint (RFC 7638) */
export function readDpopJkt(parameters: Parameters): string | null {
  const jkt = parameters.get("dpop_jkt");
  if (jkt === undefined) return null;
  if (!/^[\w-]{43}$/.test(jkt))
    oauthFail(
      "invalid_request",
      "The parameter dpop_jkt must be the base64url-encoded SHA-256 thumbprint of a JWK: 43 characters",
      { section: SECTION },
    );
  return jkt;
}

/** A proof of a pushed request binds the code to its key, like `dpop_jkt` (RFC 9449 §10.1). */
export function bindToProof(parameters: Parameters, proof: ProvenKey | null): Parameters {
  if (!proof) return parameters;
  const sent = parameters.get("dpop_jkt");
  if (sent === undefined) return parametersOf([...new URLSearchParams(parameters.encoded()), ["dpop_jkt", proof.jkt]]);
  return sent === proof.jkt
    ? parameters
    : rejectProof("must be signed with the key that dpop_jkt names. Send the same key in both", "RFC 9449 §10.1");
}

/** `c` is the code, `asked."jkt"` the key of the request's proof. */
export const CODE_KEY_CONDITION: Condition<unknown> = {
  name: "key_matches",
  sql: `c."dpopJkt" IS NULL OR c."dpopJkt" IS NOT DISTINCT FROM asked."jkt"`,
  fail: () =>
    oauthFail(
      "invalid_grant",
      "The code is bound to a key. Send a DPoP proof that is signed with the key of the authorization request",
      { section: SECTION },
    ),
};
