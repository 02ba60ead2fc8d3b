/**
 * Sign-in with a magic link or the 6-digit code of the same email. Either proves the email address,
 * so it is verified, and a new user is created only now.
 */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER, recordRejection } from "../audit/events";
import type { Tx } from "../database/client";
import { fail } from "../errors";
import { limitLinkRedemption, refundLinkRedemption } from "../limits/link-redemption";
import { consumeTriedCode, tryCode } from "../one-time/code";
import { consumeLink, failLink, peekLink } from "../one-time/emailed-links";
import type { OneTime } from "../one-time/fields";
import { type EmailAddress, parseEmail } from "../users/email";
import type { IdentifiedUser, Proof } from "./complete";
import { requireMagicLinksEnabled } from "./send-magic-link";
import { findOrCreateUserByEmail } from "./user-by-email";

const METHOD = "magic_link";
const AMR = ["otp"]; // RFC 8176 §2: one-time password

export type MagicLink = OneTime<"magic_link">;

/** Reads a link without consuming it. @throws 400; 403 `method_disabled`; 429 */
export async function peekMagicLink(app: App, token: string): Promise<MagicLink> {
  await limitLinkRedemption();
  requireMagicLinksEnabled(app);
  return peekLink(app, METHOD, token);
}

async function identify(tx: Tx, app: App, link: MagicLink): Promise<IdentifiedUser> {
  const email = parseEmail(link.email ?? "") ?? failLink("unknown");
  const user = await findOrCreateUserByEmail(tx, app, { email, method: METHOD, by: ANONYMOUS_USER });
  return { user, method: METHOD, amr: AMR };
}

/** @throws 400; 403 `method_disabled`; 429 */
export async function proveByMagicLink(app: App, token: string): Promise<Proof> {
  await limitLinkRedemption();
  requireMagicLinksEnabled(app);
  return {
    by: ANONYMOUS_USER,
    identify: async (tx) => identify(tx, app, await consumeLink(tx, app, METHOD, token)),
  };
}

async function failWrongCode(app: App): Promise<never> {
  await recordRejection(app.id, {
    type: "user.sign_in_failed",
    outcome: "failure",
    actor: ANONYMOUS_USER,
    reason: "wrong_code",
    explanation: { method: METHOD },
  });
  fail(401, "invalid_code", "The code is wrong, expired or already used. After five attempts, request a new email.");
}

/** @throws 401 `invalid_code`; 403 `method_disabled`; 429 */
export async function proveByEmailedCode(app: App, input: { email: EmailAddress; code: string }): Promise<Proof> {
  await limitLinkRedemption();
  requireMagicLinksEnabled(app);
  const id = (await tryCode(app.id, METHOD, input.email.canonical, input.code)) ?? (await failWrongCode(app));
  await refundLinkRedemption();
  return {
    by: ANONYMOUS_USER,
    identify: async (tx) => {
      const link = (await consumeTriedCode(tx, app.id, METHOD, id)) ?? failLink("reused");
      return identify(tx, app, link);
    },
  };
}
