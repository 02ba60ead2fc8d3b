/** Authorization codes (RFC 6749 §4.1.2): 60 seconds, one client, once. */
import { randomBytes } from "node:crypto";
import { inSeconds } from "../clock";
import { sha256 } from "../crypto/hash";
import { prepared } from "../db";
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
  // Prepared, since it is all that an authorization writes when nobody has to be asked: half the time of Prisma's.
  await prepared(
    "code-issue",
    `INSERT INTO "AuthorizationCode" ("appId", "hash", "clientId", "userId", "sessionId", "redirectUri", "codeChallenge", "codeChallengeMethod",
       "scopes", "claims", "nonce", "resources", "authTime", "acr", "amr", "expiresAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '{}', $12, $13, $14, $15)`,
    [
      code.appId,
      sha256(secret),
      code.clientId,
      code.userId,
      code.sessionId,
      code.redirectUri,
      code.codeChallenge,
      code.codeChallenge && "S256",
      code.scopes,
      code.claims,
      code.nonce,
      code.authTime,
      code.acr,
      code.amr,
      inSeconds(CODE_TTL_SECONDS),
    ],
  );
  return secret;
}
