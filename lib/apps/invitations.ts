/**
 * Team invitations: emailed links that work once within seven days, for a developer with the
 * invited email address. Opening the link verifies the address.
 */
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, type MemberRole, type Tx, transaction } from "../database/client";
import { env } from "../env";
import { fail, failInput, failNotFound } from "../errors";
import { TENANT_ZERO } from "../ids";
import { limitEmailsTo } from "../limits/email";
import { emailRow } from "../mail/email-row";
import { wakeOutbox } from "../mail/outbox";
import type { OneTime } from "../one-time/fields";
import { createLinkToken, readLinkToken } from "../one-time/link-token";
import {
  consumeOneTime,
  deleteOneTime,
  deleteOneTimes,
  listOneTimes,
  newOneTime,
  peekOneTime,
} from "../one-time/one-time";
import type { App } from "./apps";

const PURPOSE = "member_invitation";
const DAYS = 7;

export type MemberInvitation = OneTime<typeof PURPOSE>;

interface Invitation {
  email: { email: string; canonical: string };
  role: MemberRole;
  /** The name of the inviter, as the email shows it. */
  inviter: string;
}

/** Sends an invitation. Earlier invitations to the same email address become invalid. */
export async function inviteMember(app: App, { email, role, inviter }: Invitation, by: Actor): Promise<void> {
  const key = { developerAppId: TENANT_ZERO, user: { emailCanonical: email.canonical } };
  if (await db().appMember.findFirst({ where: { appId: app.id, ...key }, select: { role: true } }))
    failInput({ email: "is a member's already" });
  await limitEmailsTo(app.id, email.canonical);
  const payload = { role, invitedBy: inviter };
  const issued = newOneTime(app.id, { purpose: PURPOSE, payload, ttlSeconds: DAYS * 86_400, email: email.canonical });
  const link = `${env().PUBLIC_URL}/invitations/${app.id}?token=${await createLinkToken(app, PURPOSE, issued)}`;
  const mail = emailRow(app, { template: PURPOSE, to: email, data: { link, inviter, role, days: DAYS } });
  await transaction(async (tx) => {
    await deleteOneTimes(tx, app.id, { email: email.canonical, purposes: [PURPOSE] });
    await tx.oneTimeToken.create({ data: issued.row, select: { id: true } });
    await tx.mail.create({ data: mail, select: { id: true } });
    await recordEvent(tx, app.id, {
      type: "member.invited",
      actor: by,
      target: { type: "invitation", id: issued.row.id },
      explanation: { role },
    });
  });
  wakeOutbox();
}

export function listInvitations(appId: string): Promise<MemberInvitation[]> {
  return listOneTimes(appId, PURPOSE);
}

export async function withdrawInvitation(appId: string, invitationId: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    if (!(await deleteOneTime(tx, appId, PURPOSE, invitationId))) failNotFound("The invitation");
    const target = { type: "invitation", id: invitationId };
    await recordEvent(tx, appId, { type: "member.invitation_withdrawn", actor: by, target });
  });
}

function failInvitation(): never {
  fail(
    400,
    "invalid_invitation",
    "This invitation has been used or revoked, or is older than seven days. Ask for a new one.",
  );
}

/**
 * The content of an invitation, without consuming it.
 * @throws 400 if it is invalid
 */
export async function readInvitation(app: App, token: string): Promise<MemberInvitation> {
  const secret = (await readLinkToken(app, PURPOSE, token)) ?? failInvitation();
  const found = await peekOneTime(app.id, PURPOSE, secret);
  return found.status === "ok" ? found.token : failInvitation();
}

/** Only the owner of the email address has the link. */
async function verifyEmail(tx: Tx, developerId: string): Promise<void> {
  const { count } = await tx.user.updateMany({
    where: { appId: TENANT_ZERO, id: developerId, emailVerifiedAt: null },
    data: { emailVerifiedAt: now(), updatedAt: now() },
  });
  if (count === 0) return;
  const by: Actor = { type: "user", id: developerId };
  await deleteOneTimes(tx, TENANT_ZERO, { userId: developerId, purposes: ["verify_email"] });
  await recordEvent(tx, TENANT_ZERO, { type: "user.email_verified", actor: by, userId: developerId });
}

interface Joining {
  developerId: string;
  /** In canonical form. */
  email: string | null;
}

/**
 * Consumes an invitation and adds the developer to the team.
 * @throws 403 for a developer with another email address
 */
export async function acceptInvitation(app: App, token: string, { developerId, email }: Joining): Promise<void> {
  const secret = (await readLinkToken(app, PURPOSE, token)) ?? failInvitation();
  const by: Actor = { type: "developer", id: developerId };
  await transaction(async (tx) => {
    const used = await consumeOneTime(tx, app.id, PURPOSE, secret);
    if (used.status !== "ok") failInvitation();
    if (!email || used.token.email !== email)
      fail(403, "another_address", "This invitation is for another email address. Sign in with the invited address.");
    await verifyEmail(tx, developerId);
    const role = used.token.payload.role as MemberRole;
    await tx.appMember.createMany({
      data: { appId: app.id, developerAppId: TENANT_ZERO, userId: developerId, role, createdAt: now() },
      skipDuplicates: true,
    });
    const target = { type: "developer", id: developerId };
    await recordEvent(tx, app.id, { type: "member.joined", actor: by, target, explanation: { role } });
  });
}
