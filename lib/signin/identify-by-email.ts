/** The user of a link or code that was emailed. Either proves the email address. */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER } from "../audit/events";
import type { Tx } from "../database/client";
import { failLink } from "../one-time/emailed-links";
import { parseEmail } from "../users/email";
import type { KnownPassword } from "./claim-account";
import type { IdentifiedUser } from "./complete";
import type { EmailMethod } from "./sign-in-email";
import { findOrCreateUserByEmail } from "./user-by-email";

const AMR = ["otp"]; // RFC 8176 §2: one-time password

/** `recipient`: the canonical email address. @throws 403 if the app doesn't allow the sign-up */
export async function identifyByEmail(
  tx: Tx,
  app: App,
  recipient: string | null,
  method: EmailMethod,
  known?: KnownPassword,
): Promise<IdentifiedUser> {
  const email = parseEmail(recipient ?? "") ?? failLink("unknown");
  const user = await findOrCreateUserByEmail(tx, app, { email, method, by: ANONYMOUS_USER, known });
  return { user, method, amr: AMR };
}
