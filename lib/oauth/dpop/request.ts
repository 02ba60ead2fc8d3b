/** The DPoP proof of a request (RFC 9449 §4.3): valid for this request, with a current nonce, and used once. */
import type { App } from "../../apps/apps";
import { env } from "../../env";
import { useOnce as isFirstUse } from "../../one-time/used-tokens";
import type { RequestContext } from "../../request-context";
import type { Client } from "../clients/client";
import { oauthFail } from "../errors";
import { currentNonce, isValidNonce } from "./nonce";
import { rejectProof } from "./problem";
import { MAX_CLOCK_DIFFERENCE_SECONDS, type Proof, verifyProof } from "./proof";

/** What a proof proves: that the caller has the key with this thumbprint. */
export interface ProvenKey {
  jkt: string;
}

export interface SentRequest {
  request: { readonly method: string; readonly url: string; readonly headers: { get(name: string): string | null } };
  caller: RequestContext;
}

/** RFC 9449 §8, §8.2: every response to a proof has the current nonce, so clients rarely need a second try. */
function requireNonce(app: App, { nonce }: Proof, caller: RequestContext): void {
  if (!app.settings.dpop_nonce) return;
  caller.responseHeaders = { "DPoP-Nonce": currentNonce(app.id) };
  if (nonce !== null && isValidNonce(app.id, nonce)) return;
  oauthFail("use_dpop_nonce", "The DPoP proof needs a current nonce. Send the one in the header DPoP-Nonce", {
    section: "RFC 9449 §8",
  });
}

/** RFC 9449 §11.1. Another key may use the same `jti`. */
async function requireFirstUse(app: App, { jkt, jti, issuedAt }: Proof): Promise<void> {
  // Until then, the check of `iat` accepts the proof; a second more, because `iat` may have decimals.
  const expiresAt = new Date((issuedAt + MAX_CLOCK_DIFFERENCE_SECONDS + 1) * 1000);
  if (await isFirstUse(app.id, "dpop", `${jkt}\0${jti}`, expiresAt)) return;
  rejectProof("was already used. Create a new one, with a new jti, for each request", "RFC 9449 §11.1");
}

/** The URL that was called, whatever the proxy sent. */
function calledUrl(url: string): string {
  return env().PUBLIC_URL + new URL(url).pathname;
}

/**
 * @param accessToken set at resources, whose proofs name their token
 * @returns null if the request has no proof
 * @throws invalid_dpop_proof, use_dpop_nonce
 */
export async function readProof(
  app: App,
  { request, caller }: SentRequest,
  accessToken?: string,
): Promise<ProvenKey | null> {
  const sent = request.headers.get("dpop");
  if (sent === null) return null;
  const proof = verifyProof(sent, { method: request.method, url: calledUrl(request.url), accessToken });
  requireNonce(app, proof, caller);
  await requireFirstUse(app, proof);
  return { jkt: proof.jkt };
}

/** The proof of a token request (RFC 9449 §5), which a client may have to send. */
export async function readTokenProof(app: App, client: Client, sent: SentRequest): Promise<ProvenKey | null> {
  const proof = sent.request.headers.get("dpop") === null ? null : await readProof(app, sent);
  if (!proof && client.dpop_bound_access_tokens)
    rejectProof("is missing. This client must send one in the header DPoP with every token request", "RFC 9449 §5.2");
  return proof;
}
