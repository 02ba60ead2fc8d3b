/** Notifies users by email when their account is used on a new device or from a new network. */
import type { App } from "../apps/apps";
import { now } from "../clock";
import type { Prisma, Tx } from "../database/client";
import { emailRow } from "../mail/email-row";
import { formatUtc } from "../mail/utc-time";
import { accountUrl } from "../one-time/account-links";
import { parseUserAgent } from "../text/user-agent";
import { parseEmail } from "../users/email";
import type { UserSummary } from "../users/user-views";
import { networkOf } from "./network";

interface Device {
  userAgent: string | null;
  ip: string | null;
}

/** How many earlier sessions are compared. */
const MAX_SESSIONS = 200;

/** Whether the browser and system, or the network, is a new one. */
export function isNewDevice(present: Device, before: Device[]): boolean {
  const { name } = parseUserAgent(present.userAgent);
  const network = networkOf(present.ip);
  const knownDevice = before.some(({ userAgent }) => parseUserAgent(userAgent).name === name);
  const knownNetwork = before.some(({ ip }) => networkOf(ip) === network);
  return !knownDevice || !knownNetwork;
}

/** Whether the user has signed in before, by any method. */
async function hasSignedInBefore(tx: Tx, appId: string, userId: string): Promise<boolean> {
  const where = { appId_id: { appId, id: userId } };
  const user = await tx.user.findUnique({ where, select: { lastSignInAt: true } });
  return Boolean(user?.lastSignInAt);
}

function findEarlierSessions(tx: Tx, appId: string, userId: string): Promise<Device[]> {
  return tx.session.findMany({
    where: {
      appId,
      userId,
      kind: "browser",
      // Sessions from before the account was claimed belong to another person.
      OR: [{ revokedReason: null }, { revokedReason: { not: "taken_over" } }],
    },
    orderBy: { createdAt: "desc" },
    take: MAX_SESSIONS,
    select: { userAgent: true, ip: true },
  });
}

interface NewSignIn {
  user: UserSummary;
  /** Not written yet. */
  session: Device;
  method: string;
}

/**
 * The outbox row of the email, or null if the device is known or the app doesn't send this email.
 */
export async function newDeviceEmail(
  app: App,
  { user, session, method }: NewSignIn,
  tx: Tx,
): Promise<Prisma.MailCreateManyInput | null> {
  const to = app.settings.mail_new_sign_in && user.email ? parseEmail(user.email) : null;
  if (!to) return null;
  const before = await findEarlierSessions(tx, app.id, user.id);
  if (before.length === 0 && !(await hasSignedInBefore(tx, app.id, user.id))) return null;
  if (!isNewDevice(session, before)) return null;
  const data = {
    at: formatUtc(now()),
    device: parseUserAgent(session.userAgent).name,
    ip: session.ip,
    method: method.replaceAll("_", " "),
    link: accountUrl(app),
  };
  return emailRow(app, { template: "new_sign_in", to, userId: user.id, data });
}
