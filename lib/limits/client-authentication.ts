/**
 * Rate limit of guessed client secrets (RFC 6749 §2.3.1), by client ID and IP address. Counted after
 * the check, so it never rejects the right secret: comparing hashes is cheap, and a secret has 256
 * bits.
 */
import { requestContext } from "../request-context";
import { consumeLimit, type RateLimit } from "./rate-limit";
import { ipKey } from "./requester";

const WRONG_SECRETS: RateLimit = { name: "client-authentication", points: 20, seconds: 300 };

/**
 * Counts one wrong secret. The client ID is whatever the request says, so only its beginning is
 * kept. @throws 429
 */
export function limitWrongSecrets(clientId: string): Promise<void> {
  return consumeLimit(WRONG_SECRETS, `${clientId.slice(0, 80)}/${ipKey(requestContext()?.ip ?? null)}`);
}
