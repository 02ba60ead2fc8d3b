/** Signed authorization responses (JARM §2): the response parameters in one JWT. */
import { signClaims } from "../../apps/jwt";
import { SIGNING_ALGS } from "../../apps/signing-keys";
import { nowSeconds } from "../../clock";
import type { Recipient, ResponsePlace } from "./request";

/** JARM §2.1 recommends at most 10 minutes. */
const TTL_SECONDS = 600;

export function signedResponseMetadata() {
  return { authorization_signing_alg_values_supported: [...SIGNING_ALGS] };
}

interface Protected {
  place: ResponsePlace;
  parameters: Record<string, string>;
}

/** The parameters as the response mode wants them: themselves, or signed. */
export async function protectResponse(
  { app, client, responseMode }: Pick<Recipient, "app" | "client" | "responseMode">,
  parameters: Record<string, string>,
): Promise<Protected> {
  // JARM §2.3.4: with the response type code, jwt means query.jwt.
  const mode = responseMode === "jwt" ? "query.jwt" : responseMode;
  const [place, signed] = mode.split(".") as [ResponsePlace, "jwt"?];
  if (!signed) return { place, parameters };
  const claims = { ...parameters, iss: app.issuer, aud: client.id, exp: nowSeconds() + TTL_SECONDS };
  const alg = client.authorization_signed_response_alg;
  return { place, parameters: { response: await signClaims(app, claims, { typ: "JWT", alg }) } };
}
