/** The userinfo endpoint (OIDC Core §5.3). */
import { NO_STORE } from "../../http/respond";
import { textResponse } from "../../http/text-response";
import { type PresentedToken, presentedToken } from "../dpop/resource";
import { oauthFail } from "../errors";
import { userinfo as readClaims, signedUserinfo } from "../tokens/userinfo";
import type { OAuthInput } from "./oauth-route";

/** RFC 6750 §2: in the Authorization header or, as a bearer token, in the form. */
function accessToken({ request, parameters }: OAuthInput): PresentedToken {
  const header = presentedToken(request.headers.get("authorization"));
  const inForm = request.method === "POST" ? parameters.get("access_token") : undefined;
  if (header && inForm)
    oauthFail("invalid_request", "Send the token once, in the Authorization header or in the body", {
      section: "RFC 6750 §2",
      headers: { "WWW-Authenticate": 'Bearer realm="foyer", error="invalid_request"' },
    });
  if (header) return header;
  if (inForm) return { scheme: "Bearer", text: inForm };
  // RFC 6750 §3.1: a request without a token gets no error code in the header.
  return oauthFail("invalid_token", "Send the access token as Authorization: Bearer", {
    headers: { "WWW-Authenticate": 'Bearer realm="foyer"' },
  });
}

export async function userinfo(input: OAuthInput): Promise<object> {
  const found = await readClaims(accessToken(input), input, input.app?.id);
  const signed = await signedUserinfo(found);
  return signed === null
    ? found.claims
    : textResponse(signed, { headers: { ...NO_STORE, "Content-Type": "application/jwt" } });
}
