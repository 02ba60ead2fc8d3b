/** ID tokens (OIDC Core §2). */
import { createHash } from "node:crypto";
import type { App } from "../../apps/apps";
import { signJwt } from "../../apps/jwt";
import type { SigningAlg } from "../../apps/signing-keys";
import { sha256 } from "../../crypto/hash";
import { newId } from "../../ids";
import type { OidcUser } from "../../users/user-views";
import { type ClaimsRequest, userClaims } from "../claims";
import type { Client } from "../clients/client";

/** The default, unless the client has its own lifetime. */
export const ID_TOKEN_TTL_SECONDS = 3600;

export interface IdTokenFacts {
  subject: string;
  user: OidcUser;
  scopes: string[];
  sessionId: string | null;
  authTime: Date;
  acr: string | null;
  amr: string[];
  nonce?: string | null;
  claims: ClaimsRequest | null;
  /** Custom claims. */
  extra?: Record<string, unknown>;
}

/** at_hash (OIDC Core §3.1.3.6): half of the hash that the algorithm uses. Ed25519 uses SHA-512. */
function halfHash(token: string, alg: SigningAlg): string {
  const hash = alg === "EdDSA" ? createHash("sha512").update(token).digest() : sha256(token);
  return hash.subarray(0, hash.length / 2).toString("base64url");
}

export async function issueIdToken(
  app: App,
  client: Client,
  facts: IdTokenFacts,
  accessToken: string,
): Promise<string> {
  const scopes = client.claims_in_id_token ? facts.scopes : [];
  // JSON omits undefined values.
  const claims = Object.assign(userClaims(facts.user, scopes, facts.claims?.id_token), facts.extra, {
    aud: client.id,
    sub: facts.subject,
    jti: newId("jti"),
    auth_time: Math.floor(facts.authTime.getTime() / 1000),
    at_hash: halfHash(accessToken, client.id_token_signed_response_alg),
    nonce: facts.nonce ?? undefined,
    acr: facts.acr ?? undefined,
    amr: facts.amr.length > 0 ? facts.amr : undefined,
    sid: facts.sessionId ?? undefined,
  });
  const ttlSeconds = client.id_token_ttl_seconds ?? ID_TOKEN_TTL_SECONDS;
  return signJwt(app, claims, { typ: "JWT", alg: client.id_token_signed_response_alg, ttlSeconds });
}
