/** PKCE (RFC 7636): code_challenge and code_verifier, S256 only. */
import { sha256 } from "../crypto/hash";
import type { Condition } from "../database/conditions";
import type { Client } from "./clients/client";
import { oauthFail } from "./errors";
import type { Parameters } from "./parameters";

/** RFC 9700 §2.1.1: `plain` is not supported, because it exposes the verifier in the request. */
export const CODE_CHALLENGE_METHODS = ["S256"];

/** The code_challenge (RFC 7636 §4.3), or null if the client may omit PKCE and does. */
export function readCodeChallenge(parameters: Parameters, client: Client): string | null {
  const challenge = parameters.get("code_challenge");
  const method = parameters.get("code_challenge_method");
  if (!challenge) {
    if (method)
      oauthFail("invalid_request", "The parameter code_challenge_method was sent without code_challenge. Send both", {
        section: "RFC 7636 §4.3",
      });
    if (client.public || client.pkce === "required")
      oauthFail("invalid_request", "The parameter code_challenge is missing. This client must use PKCE with S256", {
        section: "RFC 9700 §2.1.1",
      });
    return null;
  }
  if (method === undefined)
    oauthFail(
      "invalid_request",
      "The parameter code_challenge_method is missing, which means plain. Foyer supports only S256. Send code_challenge_method=S256",
      { section: "RFC 7636 §4.3" },
    );
  if (!CODE_CHALLENGE_METHODS.includes(method))
    oauthFail("invalid_request", "The parameter code_challenge_method must be S256", {
      section: "RFC 7636 §4.2",
      facts: { sent: method },
    });
  if (!/^[\w-]{43}$/.test(challenge))
    oauthFail(
      "invalid_request",
      "The parameter code_challenge must be the base64url-encoded SHA-256 hash of the code_verifier: 43 characters",
      { section: "RFC 7636 §4.2" },
    );
  return challenge;
}

/**
 * The challenge of a verifier (RFC 7636 §4.6), or null without a verifier. A malformed verifier
 * (§4.1: 43 to 128 unreserved characters) gets the challenge "", which matches no code.
 */
export function challengeOfVerifier(verifier: string | undefined): string | null {
  if (verifier === undefined) return null;
  return /^[\w.~-]{43,128}$/.test(verifier) ? sha256(verifier).toString("base64url") : "";
}

/** PKCE conditions of the code exchange: `c` is the code, `asked."challenge"` the verifier's. */
export const PKCE_CONDITIONS: Condition<unknown>[] = [
  {
    // RFC 9700 §4.8.2: prevents a downgrade, in which an attacker removes the code_challenge.
    name: "verifier_has_challenge",
    sql: `c."codeChallenge" IS NOT NULL OR asked."challenge" IS NULL`,
    fail: () =>
      oauthFail(
        "invalid_grant",
        "The parameter code_verifier was sent, but the authorization request had no code_challenge. Send both or neither",
        { section: "RFC 9700 §4.8.2" },
      ),
  },
  {
    name: "verifier_sent",
    sql: `c."codeChallenge" IS NULL OR asked."challenge" IS NOT NULL`,
    fail: () =>
      oauthFail(
        "invalid_grant",
        "The parameter code_verifier is missing. Send the one that belongs to the code_challenge of the authorization request",
        { section: "RFC 7636 §4.5" },
      ),
  },
  {
    name: "verifier_matches",
    sql: `c."codeChallenge" IS NOT DISTINCT FROM asked."challenge"`,
    fail: () =>
      oauthFail(
        "invalid_grant",
        "The code_verifier does not match the code_challenge of the authorization request. Send the matching one",
        { section: "RFC 7636 §4.6" },
      ),
  },
];
