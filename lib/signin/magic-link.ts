/**
 * Signing in by a mailed link, or by the 6-digit code of the same mail. Whoever opens it has the address, so it is verified by it, and a user is
 * made then and not before.
 */
import type { App } from "../apps/apps";
import type { Actor } from "../audit/events";
import { eventRow, recordRejection } from "../audit/events";
import { db, type Tx } from "../database/client";
import { env } from "../env";
import { fail } from "../errors";
import { limitEmailRequests, mayEmail } from "../limits/email";
import { limitLinkRedemption } from "../limits/link-redemption";
import { emailRow } from "../mail/email-row";
import { wakeOutbox } from "../mail/outbox";
import { consumeTriedCode, tryCode } from "../one-time/code";
import { failLink } from "../one-time/emailed-links";
import type { OneTime } from "../one-time/fields";
import { signLinkToken, verifyLinkToken } from "../one-time/link-token";
import { consumeOneTime, newOneTime, peekOneTime } from "../one-time/one-time";
import type { Payloads } from "../one-time/payloads";
import { requireReturnUrl } from "../social/return-urls";
import { type EmailAddress, parseEmail } from "../users/email";
import type { UserSummary } from "../users/user-views";
import type { Proof } from "./complete";
import { findOrCreateUserByEmail, isEmailTaken, isSignUpAllowed } from "./user-by-email";

export const MAGIC_LINK_MINUTES = 15;
const METHOD = "magic_link";
const AMR = ["otp"]; // RFC 8176 §2: one-time

type Payload = Payloads["magic_link"];
export type MagicLink = OneTime<"magic_link">;

export interface MagicLinkRequest {
  email: EmailAddress;
  redirectUri?: string;
  state?: string;
  interactionId?: string;
}

export function requireMagicLinksEnabled(app: App): void {
  if (!app.settings.methods.magic_link)
    fail(403, "method_disabled", "This App does not use magic links. Its owner can switch them on in the settings.");
}

/** Whether a mail would lead anywhere: to a user, or to somebody who may become one. */
async function isWelcome(app: App, email: EmailAddress): Promise<boolean> {
  const known = await isEmailTaken(app.id, email);
  return known || isSignUpAllowed(app, email);
}

/**
 * Mails a link and a code. The same answer in the same time whether the address is known or not; in silence nothing is sent to who may not come
 * in and to who got five mails in ten minutes.
 * @throws 400 `redirect_uri` when it is none of the App's return URLs; 403 `method_disabled`
 */
export async function sendMagicLink(app: App, request: MagicLinkRequest, by: Actor): Promise<{ status: "sent" }> {
  await limitEmailRequests(app.id);
  requireMagicLinksEnabled(app);
  const { email, redirectUri, state, interactionId } = request;
  if (redirectUri !== undefined) await requireReturnUrl(app, redirectUri);
  const [welcome, allowed] = await Promise.all([isWelcome(app, email), mayEmail(app.id, email.canonical)]);
  if (!welcome || !allowed) return { status: "sent" };
  const payload: Payload = { redirectUri, state, interactionId };
  const ttlSeconds = MAGIC_LINK_MINUTES * 60;
  const issued = newOneTime(app.id, { purpose: METHOD, payload, ttlSeconds, email: email.canonical, withCode: true });
  const token = await signLinkToken(app, METHOD, issued);
  const link = `${env().PUBLIC_URL}/api/auth/verify/${app.id}?token=${token}`;
  const data = { link, code: issued.code, minutes: MAGIC_LINK_MINUTES };
  const event = eventRow(app.id, {
    type: "magic_link.sent",
    actor: by,
    target: { type: "one_time", id: issued.row.id },
  });
  const client = db();
  await client.$transaction([
    client.oneTimeToken.create({ data: issued.row, select: { id: true } }),
    client.mail.create({ data: emailRow(app, { template: METHOD, to: email, data }), select: { id: true } }),
    client.auditEvent.create({ data: event, select: { id: true } }),
  ]);
  wakeOutbox();
  return { status: "sent" };
}

/** What a link is about, without using it up. 400 when it leads nowhere. */
export async function peekMagicLink(app: App, token: string): Promise<MagicLink> {
  await limitLinkRedemption();
  requireMagicLinksEnabled(app);
  const secret = (await verifyLinkToken(app, METHOD, token)) ?? failLink("unknown");
  const found = await peekOneTime(app.id, METHOD, secret);
  return found.status === "ok" ? found.token : failLink(found.status);
}

const SOMEBODY: Actor = { type: "user" };

function userOf(tx: Tx, app: App, link: MagicLink): Promise<UserSummary> {
  const email = parseEmail(link.email ?? "") ?? failLink("unknown");
  return findOrCreateUserByEmail(tx, app, { email, method: METHOD, by: SOMEBODY });
}

/** Who opened the link. It is used up together with the sign-in, so who is refused (disabled, closed) has used nothing up. */
export async function proveByMagicLink(app: App, token: string): Promise<Proof> {
  await limitLinkRedemption();
  requireMagicLinksEnabled(app);
  const secret = (await verifyLinkToken(app, METHOD, token)) ?? failLink("unknown");
  return {
    method: METHOD,
    amr: AMR,
    by: SOMEBODY,
    user: async (tx) => {
      const used = await consumeOneTime(tx, app.id, METHOD, secret);
      return used.status === "ok" ? userOf(tx, app, used.token) : failLink(used.status);
    },
  };
}

async function failWrongCode(app: App): Promise<never> {
  const actor = SOMEBODY;
  const reason = "wrong_code";
  await recordRejection(app.id, {
    type: "user.sign_in_failed",
    outcome: "failure",
    actor,
    reason,
    explanation: { method: METHOD },
  });
  fail(401, "invalid_code", "The code is wrong, expired or used up. After five wrong ones ask for a new mail.");
}

/** Who typed the code. Tries are counted before they are compared; five, and every code of the address is dead, while the links live on. */
export async function proveByEmailedCode(app: App, input: { email: EmailAddress; code: string }): Promise<Proof> {
  await limitLinkRedemption();
  requireMagicLinksEnabled(app);
  const id = (await tryCode(app.id, METHOD, input.email.canonical, input.code)) ?? (await failWrongCode(app));
  return {
    method: METHOD,
    amr: AMR,
    by: SOMEBODY,
    user: async (tx) => {
      const link = (await consumeTriedCode(tx, app.id, METHOD, id)) ?? failLink("reused");
      return userOf(tx, app, link);
    },
  };
}
