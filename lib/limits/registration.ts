/**
 * Rate limits of dynamic registration (RFC 7591 §5) by IP address, within one app: anyone may
 * register a client where the app's setting is `open`.
 */
import { consumeLimit, limitEndUser, type RateLimit } from "./rate-limit";

const ATTEMPTS: RateLimit = { name: "registration-attempts", points: 60, seconds: 3600 };
const REGISTRATIONS: RateLimit = { name: "registrations", points: 10, seconds: 3600 };
const UPDATES: RateLimit = { name: "registration-updates", points: 60, seconds: 3600 };
const NEW_DOCUMENTS: RateLimit = { name: "client-documents", points: 60, seconds: 3600 };

/** Counts one request, valid or not, without a valid registration token. @throws 429 */
export function limitRegistrationAttempts(appId: string): Promise<void> {
  return limitEndUser(ATTEMPTS, appId);
}

/** Counts one client that is about to be registered without a registration token. @throws 429 */
export function limitRegistrations(appId: string): Promise<void> {
  return limitEndUser(REGISTRATIONS, appId);
}

/**
 * Counts one update of a registered client by itself. Each writes an event, and makes every process
 * read the app's settings again. @throws 429
 */
export function limitRegistrationUpdates(appId: string, clientId: string): Promise<void> {
  return consumeLimit(UPDATES, `${appId}/${clientId}`);
}

/** Counts one fetch of a metadata document that the app doesn't know yet. @throws 429 */
export function limitNewDocuments(appId: string): Promise<void> {
  return limitEndUser(NEW_DOCUMENTS, appId);
}
