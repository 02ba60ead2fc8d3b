/** Somebody is asked to become a user of an App: by a mail, whose link makes the account. */
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
  /** One of the App's return URLs: where they go once they have accepted. */
  redirectUri?: string;
}

type Row = Pick<OneTimeToken, "id" | "email" | "createdAt" | "expiresAt"> & { payload?: unknown };

function invitationAnswer({ id, email, createdAt, expiresAt, payload }: Row) {
  return {
    id,
    email,
    redirect_uri: (payload as Payloads["user_invitation"] | undefined)?.redirectUri ?? null,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  };
}

export type InvitationAnswer = ReturnType<typeof invitationAnswer>;

/** Where nobody comes in, nobody is invited; "invite only" is what this is for. */
export function requireInvitationsAllowed(app: App): void {
  if (app.settings.signups === "closed")
    fail(403, "signup_closed", "This App takes no new users. Its owner can change that in the settings.");
}

/**
 * Mails an invitation; a former one to the same address is replaced. The owner's word stands above the allowed domains, as with users whom the
 * owner adds.
 * @throws 409 `email_taken`; 403 `signup_closed`; 429 after five to one address in ten minutes
 */
export async function inviteUser(app: App, invitation: Invitation, by: Actor): Promise<InvitationAnswer> {
  requireInvitationsAllowed(app);
  const { email: to, redirectUri } = invitation;
  if (redirectUri !== undefined) await requireReturnUrl(app, redirectUri);
  if (await isEmailTaken(app.id, to)) fail(409, "email_taken", "A user with this e-mail address exists already.");
  await limitEmailsTo(app.id, to.canonical);
  const payload = redirectUri === undefined ? {} : { redirectUri };
  const ttlSeconds = INVITATION_DAYS * 86_400;
  const issued = newOneTime(app.id, { purpose: "user_invitation", payload, ttlSeconds, email: to.canonical });
  const link = await createAccountLink(app, "user_invitation", issued);
  const mail = emailRow(app, { template: "user_invitation", to, data: { link, days: INVITATION_DAYS } });
  await transaction(async (tx) => {
    await deleteOneTimes(tx, app.id, { email: to.canonical, purposes: ["user_invitation"] });
    await tx.oneTimeToken.create({ data: issued.row, select: { id: true } });
    await tx.mail.create({ data: mail, select: { id: true } });
    await recordEvent(tx, app.id, {
      type: "invitation.sent",
      actor: by,
      target: { type: "invitation", id: issued.row.id },
    });
  });
  wakeOutbox();
  return invitationAnswer({
    ...issued.row,
    email: to.canonical,
    createdAt: now(),
    expiresAt: issued.expiresAt,
    payload,
  });
}

const SHOWN = { id: true, email: true, payload: true, createdAt: true, expiresAt: true } as const;

/** Those that still wait for an answer, newest first. */
export async function listInvitations(appId: string, query: ListQuery): Promise<Page<InvitationAnswer>> {
  const rows = await db().oneTimeToken.findMany({
    where: {
      appId,
      purpose: "user_invitation",
      consumedAt: null,
      expiresAt: { gt: now() },
      ...(query.cursor && { id: { lt: query.cursor } }),
    },
    orderBy: { id: "desc" },
    take: query.limit + 1,
    select: SHOWN,
  });
  return toPage(rows, query.limit, invitationAnswer);
}

/** Takes an invitation back: its link leads nowhere from now on. */
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
