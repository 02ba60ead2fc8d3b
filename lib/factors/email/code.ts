/** The 6-digit code that an email carries as a second factor. It belongs to one sign-in, or to one session that adds it. */
import type { App } from "../../apps/apps";
import { recordEvent } from "../../audit/events";
import { now } from "../../clock";
import { type Tx, transaction } from "../../database/client";
import { mayEmail } from "../../limits/email";
import { emailRow } from "../../mail/email-row";
import { wakeOutbox } from "../../mail/outbox";
import { consumeTriedCode, tryCode } from "../../one-time/code";
import { deleteOneTimes, newOneTime } from "../../one-time/one-time";
import { parseEmail } from "../../users/email";

/** RFC 8176 §2: a one-time password, over another channel. */
export const EMAIL_AMR = ["otp", "mca"];

const MINUTES = 10;

export interface CodeOwner {
  userId: string;
  email: string | null;
}

/**
 * Sends a code, unless the recipient got too many emails: the caller isn't told. `owner` is the ID of
 * the pending sign-in or of the session.
 */
export async function sendFactorCode(
  app: App,
  { userId, email }: CodeOwner,
  { owner, signIn }: { owner: string; signIn: boolean },
): Promise<void> {
  const to = parseEmail(email ?? "");
  if (!to || !(await mayEmail(app.id, to.canonical))) return;
  const issue = { purpose: "factor_code", payload: { owner }, ttlSeconds: MINUTES * 60, userId } as const;
  const { row, code } = newOneTime(app.id, { ...issue, email: to.canonical, withCode: true });
  const data = { code: code ?? "", minutes: MINUTES, signIn };
  await transaction(async (tx) => {
    await tx.oneTimeToken.create({ data: row, select: { id: true } });
    const mail = emailRow(app, { template: "second_factor_code", to, userId, data });
    await tx.mail.create({ data: mail, select: { id: true } });
  });
  wakeOutbox();
}

/** A code that works once. */
export interface ProvedCode {
  use: (tx: Tx) => Promise<boolean>;
}

/** Counts the attempt, and checks the code. Using it also verifies the address. null if it is wrong. */
export async function proveFactorCode(
  app: App,
  { userId, email }: CodeOwner,
  owner: string,
  code: string,
): Promise<ProvedCode | null> {
  const canonical = parseEmail(email ?? "")?.canonical;
  if (!canonical) return null;
  const payload = { path: ["owner"], equals: owner };
  const id = await tryCode(app.id, "factor_code", canonical, code, { userId, payload });
  if (!id) return null;
  return {
    use: async (tx) => {
      const used = await consumeTriedCode(tx, app.id, "factor_code", id);
      if (used) await verifyAddress(tx, app.id, userId, canonical);
      return used !== null;
    },
  };
}

/** The reader of the email owns its address. */
async function verifyAddress(tx: Tx, appId: string, userId: string, emailCanonical: string): Promise<void> {
  const { count } = await tx.user.updateMany({
    where: { appId, id: userId, emailCanonical, emailVerifiedAt: null },
    data: { emailVerifiedAt: now(), updatedAt: now() },
  });
  if (count === 0) return;
  // The link of a verification email must not be able to disown a verified account.
  await deleteOneTimes(tx, appId, { userId, purposes: ["verify_email"] });
  await recordEvent(tx, appId, { type: "user.email_verified", actor: { type: "user", id: userId }, userId });
}
