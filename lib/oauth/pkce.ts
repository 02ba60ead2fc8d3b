/** PKCE (RFC 7636): the code_challenge of an authorization request and the code_verifier of the code exchange. S256 only. */
import { sha256 } from "../crypto/hash";
import type { Condition } from "../database/conditions";
import type { Client } from "./clients/client";
import { oauthFail } from "./errors";
import type { Parameters } from "./parameters";

/** RFC 9700 §2.1.1: `plain` does not protect the code. */
export const CODE_CHALLENGE_METHODS = ["S256"];

/** At the authorization endpoint: the challenge, or null from a client that may go without PKCE (RFC 7636 §4.3, §4.4.1). */
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
  if (method === undefined || !CODE_CHALLENGE_METHODS.includes(method))
    oauthFail("invalid_request", "The parameter code_challenge_method must be S256", {
      section: "RFC 9700 §2.1.1",
      facts: { sent: method ?? null },
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
 * At the token endpoint: the challenge of a verifier (RFC 7636 §4.6), or null without a verifier. A malformed verifier (§4.1: 43 to
 * 128 unreserved characters) has the challenge "", which no code has.
 */
export function challengeOfVerifier(verifier: string | undefined): string | null {
  if (verifier === undefined) return null;
  return /^[\w.~-]{43,128}$/.test(verifier) ? sha256(verifier).toString("base64url") : "";
}

/** The conditions of the code exchange, for the code `c` and the challenge of the verifier, `asked."challenge"`. */
export const PKCE_CONDITIONS: Condition<unknown>[] = [
  {
    // RFC 9700 §4.8.2: an attacker must not get rid of PKCE by leaving the code_challenge out.
    name: "verifier_has_challenge",
    sql: `c."codeChallenge" IS NOT NULL OR asked."challenge" IS NULL`,
    fail: () =>
      oauthFail(
        "invalid_grant",
        "A code_verifier was sent, but the authorization request had no code_challenge. Send code_challenge there too",
        { section: "RFC 9700 §2.1.1" },
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
      oauthFail("invalid_grant", "The code_verifier does not match the code_challenge of the authorization request", {
        section: "RFC 7636 §4.6",
      }),
  },
];
