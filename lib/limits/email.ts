/**
 * Limits of magic links and all other emails that a request causes, per recipient and per
 * requester. Notifications that Foyer sends by itself (a changed password, a new device) are not
 * counted.
 */
import { failRateLimited } from "../errors";
import { limitEndUser, type RateLimit } from "./rate-limit";
import { isWithinWindow } from "./window";

const REQUESTER: RateLimit = { name: "email-requests", points: 10, seconds: 600 };

const RECIPIENT = [
  { kind: "mail-10m", limit: 5, seconds: 600 },
  { kind: "mail-day", limit: 20, seconds: 86_400 },
];

/** Counts one request for an email by the end user's IP address. @throws 429 */
export function limitEmailRequests(appId: string): Promise<void> {
  return limitEndUser(REQUESTER, appId);
}

/**
 * Counts one email to a recipient (canonical address). false: don't send it, and don't tell the
 * requester, who could otherwise find out which addresses have accounts.
 */
export async function mayEmail(appId: string, recipient: string): Promise<boolean> {
  for (const { kind, limit, seconds } of RECIPIENT)
    if (!(await isWithinWindow({ appId, kind, identifier: recipient, limit, seconds }))) return false;
  return true;
}

/** The same for an owner of the app, who may know. @throws 429 */
export async function limitEmailsTo(appId: string, recipient: string): Promise<void> {
  if (!(await mayEmail(appId, recipient))) failRateLimited(600, "emails to one recipient");
}
