/** Resource identifiers (RFC 8707 §2): absolute URIs without a fragment. */

export const MAX_IDENTIFIER_LENGTH = 500;

/** URL parsers disagree about backslashes, spaces and characters outside ASCII. */
const PLAIN = /^[a-z][a-z0-9+.-]*:[\x21\x23-\x5b\x5d-\x7e]+$/i;

/** The problem of an identifier at registration, or null. */
export function identifierProblem(identifier: string): string | null {
  if (!PLAIN.test(identifier) || !URL.canParse(identifier))
    return "must be an absolute URI, like https://api.example.com";
  // WHATWG parsers also accept https:example.com.
  if (/^https?:/i.test(identifier) && !/^https?:\/\/[^/?#]/i.test(identifier))
    return "must begin with https:// and a host";
  if (identifier.includes("#")) return "must not have a fragment (RFC 8707 §2)";
  const { username, password } = new URL(identifier);
  return username || password ? "must not contain a user name or password" : null;
}

/**
 * The identifier after URL normalization: scheme and host in lowercase, no default port, an empty
 * path as `/`. null if it isn't a valid identifier.
 */
export function canonicalIdentifier(identifier: string): string | null {
  return identifierProblem(identifier) === null ? new URL(identifier).href : null;
}
