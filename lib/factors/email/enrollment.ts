/** A signed-in user enables emailed codes as a second factor: a code proves the address. */
import type { App } from "../../apps/apps";
import { fail } from "../../errors";
import { readDigits } from "../../text/digits";
import { addFactor } from "../factor";
import { type CurrentSession, requireStrongSession } from "../fresh";
import { actorOf, completeEnrollment } from "../own-factors";
import { EMAIL_AMR, proveFactorCode, sendFactorCode } from "./code";

interface CurrentUser {
  user: { id: string; email: string | null };
  sessionId: string;
}

/** @throws 403 `method_disabled`; 409 `no_address` */
function requirePossible(app: App, { user }: CurrentUser): void {
  if (!app.settings.mfa_methods.includes("email"))
    fail(403, "method_disabled", "This app doesn't use emailed codes. Choose another second factor.");
  if (!user.email) fail(409, "no_address", "Your account has no email address. Add one first.");
}

function sessionOf({ user, sessionId }: CurrentUser): CurrentSession {
  return { userId: user.id, sessionId };
}

/** Sends the code. @throws 403; 409 */
export async function startOwnEmailFactor(app: App, current: CurrentUser): Promise<void> {
  requirePossible(app, current);
  await requireStrongSession(app, sessionOf(current));
  const { user, sessionId } = current;
  await sendFactorCode(app, { userId: user.id, email: user.email }, { owner: sessionId, signIn: false });
}

/** → the recovery codes that come with the first factor. @throws 401 `invalid_code`; 403; 409 */
export async function confirmOwnEmailFactor(app: App, current: CurrentUser, code: string): Promise<string[] | null> {
  requirePossible(app, current);
  const { user, sessionId } = current;
  const session = sessionOf(current);
  return completeEnrollment(app, session, async () => {
    const proved = await proveFactorCode(app, { userId: user.id, email: user.email }, sessionId, readDigits(code));
    if (!proved) return null;
    let recoveryCodes: string[] | null = null;
    return {
      amr: EMAIL_AMR,
      recoveryCodes: () => recoveryCodes,
      use: async (tx) => {
        if (!(await proved.use(tx))) return false;
        const change = { userId: user.id, by: actorOf(session) };
        ({ recoveryCodes } = await addFactor(tx, app, change, { type: "email" }));
        return true;
      },
    };
  });
}
