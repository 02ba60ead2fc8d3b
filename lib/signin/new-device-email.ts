/** Tells users of a sign-in on a device, or from a network, where they were not seen before: the owner of an account hears of a thief first. */
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

interface Seen {
  userAgent: string | null;
  ip: string | null;
}

/** Sessions are remembered as long as they could have lived; more than so many tell nothing new. */
const LOOK_BACK = 200;

/** Another browser or system, or another network. */
export function isNewDevice(present: Seen, before: Seen[]): boolean {
  const { name } = parseUserAgent(present.userAgent);
  const network = networkOf(present.ip);
  const knownDevice = before.some(({ userAgent }) => parseUserAgent(userAgent).name === name);
  const knownNetwork = before.some(({ ip }) => networkOf(ip) === network);
  return !knownDevice || !knownNetwork;
}

/** Whether they came in before, in any way. */
async function cameBefore(client: Tx, appId: string, userId: string): Promise<boolean> {
  const where = { appId_id: { appId, id: userId } };
  const user = await client.user.findUnique({ where, select: { lastSignInAt: true } });
  return Boolean(user?.lastSignInAt);
}

/** The mail about a browser's sign-in, or null when there is nothing to tell. `session` is not written yet. */
export async function newDeviceEmail(
  app: App,
  user: UserSummary,
  session: Seen,
  method: string,
  client: Tx,
): Promise<Prisma.MailCreateManyInput | null> {
  const to = app.settings.mail_new_sign_in && user.email ? parseEmail(user.email) : null;
  if (!to) return null;
  const before = await client.session.findMany({
    where: {
      appId: app.id,
      userId: user.id,
      kind: "browser",
      // Those of somebody who had the address before its owner are none of the owner's.
      OR: [{ revokedReason: null }, { revokedReason: { not: "taken_over" } }],
    },
    orderBy: { createdAt: "desc" },
    take: LOOK_BACK,
    select: { userAgent: true, ip: true },
  });
  if (before.length === 0 && !(await cameBefore(client, app.id, user.id))) return null;
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
