/** The userinfo endpoint (OIDC Core §5.3). */
import { bearerToken } from "../../http/guards";
import { oauthFail } from "../errors";
import { userinfo as readClaims } from "../tokens/userinfo";
import type { OAuthInput } from "./oauth-route";

/** RFC 6750 §2: in the Authorization header or in the form. */
function accessToken({ request, parameters }: OAuthInput): string {
  const header = bearerToken(request);
  const inForm = request.method === "POST" ? parameters.get("access_token") : undefined;
  if (header && inForm)
    oauthFail("invalid_request", "Send the token once, in the Authorization header or in the body", {
      section: "RFC 6750 §2",
      headers: { "WWW-Authenticate": 'Bearer realm="foyer", error="invalid_request"' },
    });
  const token = header ?? inForm;
  if (token) return token;
  // RFC 6750 §3.1: a request without a token gets no error code in the header.
  return oauthFail("invalid_token", "Send the access token as Authorization: Bearer", {
    headers: { "WWW-Authenticate": 'Bearer realm="foyer"' },
  });
}

export function userinfo(input: OAuthInput): Promise<object> {
  return readClaims(accessToken(input), input.app?.id);
}
