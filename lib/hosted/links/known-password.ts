/**
 * How the browser that opens an emailed link shows that it knows the password of a never-verified
 * account, and so may keep it: by entering it, or by a session that started with it. The owner's word
 * alone isn't enough: another person may have set the password and wait for the owner to keep it.
 */
import type { App } from "../../apps/apps";
import { failInput } from "../../errors";
import type { HttpRequest } from "../../http/request";
import { toAppError } from "../../http/respond";
import type { HostedSession } from "../../sessions/cookie";
import { findPasswordAtStake, type KnownPassword } from "../../signin/claim-account";
import { provePassword } from "../../signin/password";
import { parseEmail } from "../../users/email";
import { Password } from "../../users/inputs";
import { findSession } from "../session";

interface BrowserOfLink {
  app: App;
  request: HttpRequest;
}

export interface KeepablePassword {
  /** The session that shows it. null: the user must enter the password. */
  sessionId: string | null;
}

/** The password that the user of this email address may keep, or null. `getSession`: of the browser. */
export async function findKeepablePassword(
  app: App,
  canonical: string,
  getSession: () => Promise<HostedSession | null>,
): Promise<KeepablePassword | null> {
  if (!app.settings.methods.password) return null;
  const user = await findPasswordAtStake(app.id, canonical);
  if (!user) return null;
  const session = await getSession();
  const since = user.passwordChangedAt ?? new Date(0);
  const knows = session?.userId === user.id && session.amr.includes("pwd") && session.authTime >= since;
  return { sessionId: knows ? session.id : null };
}

/**
 * `entered.name` is the name of the field.
 * @throws 400 that names the field; 429. Wrong passwords count as those of sign-ins
 */
export async function requireKnownPassword(
  { app, request }: BrowserOfLink,
  canonical: string,
  { name, password }: { name: string; password: string | undefined },
): Promise<KnownPassword | undefined> {
  const keepable = await findKeepablePassword(app, canonical, () => findSession(request, app));
  const email = parseEmail(canonical);
  // Meanwhile verified, or without a password: there is nothing to decide.
  if (!keepable || !email) return undefined;
  if (keepable.sessionId) return { sessionId: keepable.sessionId };
  if (!password) failInput({ [name]: "is missing" });
  const typed = Password.safeParse(password);
  if (!typed.success) failInput({ [name]: "is wrong" });
  try {
    return await provePassword(app, { email, password: typed.data });
  } catch (thrown) {
    if (toAppError(thrown).status === 401) failInput({ [name]: "is wrong" });
    throw thrown;
  }
}
