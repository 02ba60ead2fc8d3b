/** Authorization codes that are bound to a DPoP key (RFC 9449 §10): `dpop_jkt`. */
import type { Condition } from "../../database/conditions";
import { oauthFail } from "../errors";
import type { Parameters } from "../parameters";

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
