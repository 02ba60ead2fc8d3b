/** Invitations to create an account at an app. The team's invitations: lib/apps/invitations.ts. */
import type { App } from "../apps/apps";
import { type Actor, recordEvent } from "../audit/events";
import { now } from "../clock";
import { db, type OneTimeToken, transaction } from "../database/client";
import { type ListQuery, type Page, toPage } from "../database/pagination";
import { fail, failNotFound } from "../errors";
import { limitEmailsTo } from "../limits/email";
import { emailRow } from "../mail/email-row";
import { wakeOutbox } from "../mail/outbox";
import { createAccountLink } from "../one-time/account-links";
import { deleteOneTimes, newOneTime } from "../one-time/one-time";
import type { Payloads } from "../one-time/payloads";
import { isEmailTaken } from "../signin/user-by-email";
import { requireReturnUrl } from "../social/return-urls";
import type { EmailAddress } from "../users/email";

export const INVITATION_DAYS = 7;

export interface Invitation {
  email: EmailAddress;
  /**
   * One of the app's return URLs: where Foyer redirects the user after the invitation is accepted.
   */
  redirectUri?: string;
}

type Row = Pick<OneTimeToken, "id" | "email" | "createdAt" | "expiresAt"> & { payload?: unknown };

function invitationView({ id, email, createdAt, expiresAt, payload }: Row) {
  return {
    id,
    email,
    redirect_uri: (payload as Payloads["user_invitation"] | undefined)?.redirectUri ?? null,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  };
}

export type PendingInvitation = ReturnType<typeof invitationView>;

/**
 * @throws 403 if sign-ups are closed. Invitations are for the policies "open" and "invite only".
 */
export function requireInvitationsAllowed(app: App): void {
  if (app.settings.signups === "closed")
    fail(
      403,
      "signup_closed",
      "This app doesn't accept new users. An owner of the app can change this in its settings.",
    );
}

/**
 * Sends an invitation, which replaces an earlier one to the same address. The allowed email domains
 * don't apply, as for users whom an owner creates.
 * @throws 400 `redirect_uri`; 403 `signup_closed`; 409 `email_taken`; 429 after five to one address
 * in ten minutes
 */
export async function inviteUser(app: App, invitation: Invitation, by: Actor): Promise<PendingInvitation> {
  requireInvitationsAllowed(app);
  const { email: to, redirectUri } = invitation;
  if (redirectUri !== undefined) await requireReturnUrl(app, redirectUri);
  if (await isEmailTaken(app.id, to)) fail(409, "email_taken", "A user with this email address already exists.");
  await limitEmailsTo(app.id, to.canonical);
  const payload = redirectUri === undefined ? {} : { redirectUri };
  const ttlSeconds = INVITATION_DAYS * 86_400;
  const issued = newOneTime(app.id, { purpose: "user_invitation", payload, ttlSeconds, email: to.canonical });
  const link = await createAccountLink(app, "user_invitation", issued);
  const email = emailRow(app, { template: "user_invitation", to, data: { link, days: INVITATION_DAYS } });
  await transaction(async (tx) => {
    await deleteOneTimes(tx, app.id, { email: to.canonical, purposes: ["user_invitation"] });
    await tx.oneTimeToken.create({ data: issued.row, select: { id: true } });
    await tx.mail.create({ data: email, select: { id: true } });
    await recordEvent(tx, app.id, {
      type: "invitation.sent",
      actor: by,
      target: { type: "invitation", id: issued.row.id },
    });
  });
  wakeOutbox();
  return invitationView({
    ...issued.row,
    email: to.canonical,
    createdAt: now(),
    expiresAt: issued.expiresAt,
    payload,
  });
}

const FIELDS = { id: true, email: true, payload: true, createdAt: true, expiresAt: true } as const;

/** The pending invitations, newest first. */
export async function listInvitations(appId: string, query: ListQuery): Promise<Page<PendingInvitation>> {
  const rows = await db().oneTimeToken.findMany({
    where: {
      appId,
      purpose: "user_invitation",
      email: { not: null },
      consumedAt: null,
      expiresAt: { gt: now() },
      ...(query.cursor && { id: { lt: query.cursor } }),
    },
    orderBy: { id: "desc" },
    take: query.limit + 1,
    select: FIELDS,
  });
  return toPage(rows, query.limit, invitationView);
}

/** Deletes an invitation, so that its link no longer works. @throws 404 */
export async function withdrawInvitation(appId: string, invitationId: string, by: Actor): Promise<void> {
  await transaction(async (tx) => {
    const { count } = await tx.oneTimeToken.deleteMany({
      where: { appId, id: invitationId, purpose: "user_invitation", consumedAt: null },
    });
    if (count === 0) failNotFound("The invitation");
    const target = { type: "invitation", id: invitationId };
    await recordEvent(tx, appId, { type: "invitation.withdrawn", actor: by, target });
  });
}
