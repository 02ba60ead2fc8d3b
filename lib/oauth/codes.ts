/** Authorization codes (RFC 6749 §4.1.2): 60 seconds, one client, once. */
import { randomBytes } from "node:crypto";
import { inSeconds } from "../clock";
import { sha256 } from "../crypto/hash";
import { db } from "../db";
import { appIdFromShort, shortAppId } from "../ids";
import type { ClaimsRequest } from "./claims";

export const CODE_TTL_SECONDS = 60;

const CODE = /^fc_([0-9a-z]{5,24})_[\w-]{43}$/;

/** The App that a well-formed code names, or null. */
export function appOfCode(code: string): string | null {
  const [, short] = CODE.exec(code) ?? [];
  return short ? appIdFromShort(short) : null;
}

export interface NewCode {
  appId: string;
  clientId: string;
  userId: string;
  sessionId: string;
  /** As sent; absent when the request left it out. */
  redirectUri: string | null;
  codeChallenge: string | null;
  scopes: string[];
  claims: ClaimsRequest | null;
  nonce: string | null;
  authTime: Date;
  acr: string | null;
  amr: string[];
}

/** → the code, which is in the answer only. */
export async function issueCode(code: NewCode): Promise<string> {
  const secret = `fc_${shortAppId(code.appId)}_${randomBytes(32).toString("base64url")}`;
  await db().authorizationCode.create({
    data: {
      ...code,
      claims: (code.claims as object | null) ?? undefined,
      hash: sha256(secret),
      codeChallengeMethod: code.codeChallenge ? "S256" : null,
      expiresAt: inSeconds(CODE_TTL_SECONDS),
    },
    select: { appId: true },
  });
  return secret;
}
