/** Access tokens at Foyer's resources, as bearer tokens (RFC 6750) or bound to a key (RFC 9449 §7). */
import { JWS_ALGS } from "../../crypto/public-jwk";
import { isOAuthError, type OAuthCode, oauthFail } from "../errors";
import type { VerifiedAccessToken } from "../tokens/access-token";
import { rejectProof } from "./problem";
import { readProof, type SentRequest } from "./request";

type Scheme = "Bearer" | "DPoP";

export interface PresentedToken {
  scheme: Scheme;
  text: string;
}

/** The token in an Authorization header (RFC 6750 §2.1, RFC 9449 §7.1), or null. */
export function presentedToken(authorization: string | null): PresentedToken | null {
  const [, scheme, text] = /^(Bearer|DPoP) +([\x21-\x7e]+) *$/i.exec(authorization ?? "") ?? [];
  return text ? { scheme: scheme?.toLowerCase() === "dpop" ? "DPoP" : "Bearer", text } : null;
}

/** The error of a token, in the body and in WWW-Authenticate (RFC 6750 §3, RFC 9449 §7.1). */
export function failToken(
  scheme: Scheme,
  code: OAuthCode,
  description: string,
  { scope, section = "RFC 6750 §3.1" }: { scope?: string; section?: string } = {},
): never {
  const parameters =
    scheme === "DPoP" ? `error="${code}", algs="${JWS_ALGS.join(" ")}"` : `realm="foyer", error="${code}"`;
  const wanted = scope ? `, scope="${scope}"` : "";
  oauthFail(code, description, {
    // RFC 9449 §7.1: here, a rejected proof is a 401 like a rejected token.
    status: code === "insufficient_scope" ? 403 : 401,
    section,
    headers: { "WWW-Authenticate": `${scheme} ${parameters}, error_description="${description}"${wanted}` },
  });
}

async function requireProof(token: VerifiedAccessToken, { text }: PresentedToken, sent: SentRequest): Promise<void> {
  try {
    const proof = await readProof(token.app, sent, text);
    if (!proof) rejectProof("is missing. Send one in the header DPoP", "RFC 9449 §7.1");
    if (proof.jkt !== token.jkt) rejectProof("must be signed with the key that the access token is bound to");
  } catch (error) {
    if (!isOAuthError(error) || error.status !== 400) throw error;
    failToken("DPoP", error.code, error.description, { section: error.oauth.section });
  }
}

/**
 * Requires that the caller has the key of a bound token. A token without a key is a bearer token only.
 * @throws 401 with a challenge for DPoP
 */
export async function requireSender(
  token: VerifiedAccessToken,
  presented: PresentedToken,
  sent: SentRequest,
): Promise<void> {
  if (token.jkt === null) {
    if (presented.scheme === "Bearer") return;
    failToken("DPoP", "invalid_token", "The access token is not bound to a key. Send it as Authorization: Bearer", {
      section: "RFC 9449 §7.1",
    });
  }
  if (presented.scheme === "Bearer")
    failToken(
      "DPoP",
      "invalid_token",
      "The access token is bound to a key. Send it as Authorization: DPoP, with a proof in the header DPoP",
      { section: "RFC 9449 §7.2" },
    );
  await requireProof(token, presented, sent);
}
