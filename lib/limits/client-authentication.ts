/**
 * Rate limit of failed client authentications (RFC 6749 §2.3.1), by client ID and IP address.
 * Successes are not counted.
 */
import { requestContext } from "../request-context";
import { consumeLimit, type RateLimit, requireWithinLimit } from "./rate-limit";
import { ipKey } from "./requester";

const FAILURES: RateLimit = { name: "client-authentication", points: 20, seconds: 300 };

/** The client ID is whatever the request says, so only its beginning is kept. */
function keyOf(clientId: string): string {
  return `${clientId.slice(0, 80)}/${ipKey(requestContext()?.ip ?? null)}`;
}

/** Counts nothing. @throws 429 after too many failures */
export function requireClientAttemptAllowed(clientId: string): Promise<void> {
  return requireWithinLimit(FAILURES, keyOf(clientId));
}

/** Counts one failure. @throws 429 */
export function limitClientFailures(clientId: string): Promise<void> {
  return consumeLimit(FAILURES, keyOf(clientId));
}
