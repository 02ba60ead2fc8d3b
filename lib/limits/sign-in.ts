/** Rate limits of sign-ins and sign-ups by IP address. Wrong passwords per account: attempts.ts. */
import { requestContext } from "../request-context";
import { countAttempts, PASSWORD_ATTEMPTS } from "./attempts";
import { consumeLimit, countEndUserFailures, limitEndUser, limitEndUserFailures, type RateLimit } from "./rate-limit";

const SIGN_INS: RateLimit = { name: "sign-ins", points: 20, seconds: 60 };
/** Guesses are hopeless, so this is only against load. */
const PASSKEYS: RateLimit = { name: "passkeys", points: 100, seconds: 60 };
const SIGN_UPS: RateLimit = { name: "sign-ups", points: 10, seconds: 3600 };
const SIGN_UP_BURST: RateLimit = { name: "sign-up-burst", points: 5, seconds: 600 };
/** All sign-ups through an app's API, of all end users together. */
const API_SIGN_UPS: RateLimit = { name: "api-sign-ups", points: 600, seconds: 60 };

/** Counts wrong passwords: a class of students may sign in through one IP address. @throws 429 */
export function limitSignIns<T>(appId: string, evaluate: () => Promise<{ success: boolean; value: T }>): Promise<T> {
  return limitEndUserFailures(SIGN_INS, appId, evaluate);
}

/** Counts rejected passkeys. @throws 429 */
export function limitPasskeys<T>(appId: string, evaluate: () => Promise<{ success: boolean; value: T }>): Promise<T> {
  return limitEndUserFailures(PASSKEYS, appId, evaluate);
}

/** So many failures of an account in an hour, or of an IP address in a minute, are suspicious. */
const SUSPICIOUS_FAILURES = 3;

/** Whether sign-ins failed repeatedly, for this account or from this IP address. */
export async function hasFailedSignIns(appId: string, identifier: string | undefined): Promise<boolean> {
  if ((await countEndUserFailures(SIGN_INS, appId)) >= SUSPICIOUS_FAILURES) return true;
  if (identifier === undefined) return false;
  return (await countAttempts(appId, PASSWORD_ATTEMPTS, identifier)) >= SUSPICIOUS_FAILURES;
}

/** Counts one attempt to sign up. @throws 429 */
export async function limitSignUps(appId: string): Promise<void> {
  if (requestContext()?.isApiCall) await consumeLimit(API_SIGN_UPS, appId);
  await limitEndUser(SIGN_UP_BURST, appId);
  await limitEndUser(SIGN_UPS, appId);
}
