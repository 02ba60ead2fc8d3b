/** Authorization codes (RFC 6749 §4.1.2): single use, bound to one client, valid for 60 seconds. */
import { randomBytes } from "node:crypto";
import { secondsFromNow } from "../clock";
import { sha256 } from "../crypto/hash";
import { batchedStatement } from "../database/batch";
import { appIdFromShort, shortAppId } from "../ids";
import type { ClaimsRequest } from "./claims";

export const CODE_TTL_SECONDS = 60;

const CODE = /^fc_([0-9a-z]{5,24})_[\w-]{43}$/;

/** The app ID in a code, or null if the code is malformed. */
export function appOfCode(code: string): string | null {
  const [, short] = CODE.exec(code) ?? [];
  return short ? appIdFromShort(short) : null;
}

export interface NewCode {
  appId: string;
  clientId: string;
  userId: string;
  /** The `sub` of the tokens (lib/oauth/subjects.ts). */
  subject: string;
  sessionId: string;
  /** As the request sent it; null if the request omitted it. */
  redirectUri: string | null;
  codeChallenge: string | null;
  /** The key whose proof the exchange needs (RFC 9449 §10). */
  dpopJkt: string | null;
  /** What the tokens are for: lib/oauth/resources/audience.ts. */
  resources: string[];
  scopes: string[];
  claims: ClaimsRequest | null;
  nonce: string | null;
  authTime: Date;
  acr: string | null;
  amr: string[];
}

interface CodeRow {
  hash: Buffer;
  client: string;
  user: string;
  subject: string | null;
  session: string;
  redirect: string | null;
  challenge: string | null;
  jkt: string | null;
  resources: string;
  scopes: string;
  claims: string | null;
  nonce: string | null;
  auth_time: Date;
  acr: string | null;
  amr: string;
  expires: Date;
}

/** Takes lists as text: their values contain no spaces (RFC 6749 §3.3). */
const insertCode = batchedStatement<CodeRow, object>({
  name: "code-issue",
  types: {
    hash: "bytea",
    client: "text",
    user: "text",
    subject: "text",
    session: "text",
    redirect: "text",
    challenge: "text",
    jkt: "text",
    resources: "text",
    scopes: "text",
    claims: "jsonb",
    nonce: "text",
    auth_time: "timestamptz",
    acr: "text",
    amr: "text",
    expires: "timestamptz",
  },
  text: (
    asked,
  ) => `INSERT INTO "AuthorizationCode" ("appId", "hash", "clientId", "userId", "subject", "sessionId", "redirectUri", "codeChallenge",
       "codeChallengeMethod", "dpopJkt", "scopes", "claims", "nonce", "resources", "authTime", "acr", "amr", "expiresAt")
     SELECT $1, "hash", "client", "user", "subject", "session", "redirect", "challenge", CASE WHEN "challenge" IS NOT NULL THEN 'S256' END,
       "jkt", string_to_array("scopes", ' '), "claims", "nonce", string_to_array("resources", ' '), "auth_time", "acr", string_to_array("amr", ' '), "expires" FROM ${asked}`,
});

/** Stores the hash of a new code and returns the code. */
export async function issueCode(code: NewCode): Promise<string> {
  const secret = `fc_${shortAppId(code.appId)}_${randomBytes(32).toString("base64url")}`;
  await insertCode(code.appId, {
    hash: sha256(secret),
    client: code.clientId,
    user: code.userId,
    subject: code.subject === code.userId ? null : code.subject,
    session: code.sessionId,
    redirect: code.redirectUri,
    challenge: code.codeChallenge,
    jkt: code.dpopJkt,
    resources: code.resources.join(" "),
    scopes: code.scopes.join(" "),
    claims: code.claims && JSON.stringify(code.claims),
    nonce: code.nonce,
    auth_time: code.authTime,
    acr: code.acr,
    amr: code.amr.join(" "),
    expires: secondsFromNow(CODE_TTL_SECONDS),
  });
  return secret;
}
