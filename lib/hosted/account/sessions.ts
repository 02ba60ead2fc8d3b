/** Forms of the account page: sessions and connected apps. */
import { redirect } from "../../http/respond";
import { endConnection } from "../../oauth/connections";
import { revokeSession, signOutOtherSessions } from "../../sessions/revoke";
import type { FormInput } from "../form-route";
import { pageUrl } from "../page-urls";
import { endSession, findSession } from "../session";
import { type AccountInput, actorOf } from "./account-form";

/** `session` is the ID of the session to sign out, or `others`. */
export async function submitSessionRevocation({ app, form, session }: AccountInput): Promise<string> {
  const id = form.get("session") ?? "";
  if (id === "others") {
    await signOutOtherSessions(app.id, session.userId, session.id, actorOf(session));
    return "All other sessions were signed out.";
  }
  await revokeSession(app.id, {
    sessionId: id,
    reason: "ended_by_user",
    by: actorOf(session),
    userId: session.userId,
  });
  return "The session was signed out.";
}

export async function submitDisconnection({ app, form, session }: AccountInput): Promise<string> {
  const clientId = form.get("client") ?? "";
  const connection = { userId: session.userId, clientId, grantIds: form.all("grant") };
  await endConnection(app.id, connection, actorOf(session));
  return "The app was disconnected. It can no longer access your account.";
}

/** Signs this browser out. */
export async function submitSignOut({ app, request }: FormInput): Promise<Response> {
  const cookies = await endSession(request, app, await findSession(request, app));
  return redirect(pageUrl(app, "account/start"), cookies);
}
