/** The forms of a user's own account page: name, password, sessions, connected apps. */

import { z } from "zod";
import { changePassword } from "../../account/change-password";
import { ChangePasswordBody } from "../../account/inputs";
import { type App, findApp } from "../../apps/apps";
import { removeCookie } from "../../cookies";
import { anyone } from "../../http/guards";
import type { Handler } from "../../http/handler";
import { route } from "../../http/route";
import { parseInput, text } from "../../input";
import { createInteraction, reauthenticationPage } from "../../oauth/authorize/interaction";
import { screenUrl, sessionOf } from "../../oauth/endpoints/authorize";
import { disconnectClient } from "../../oauth/revoke-grant";
import { sessionCookieName } from "../../sessions/cookie";
import { revokeSession, signOutOtherSessions } from "../../sessions/revoke";
import { updateUser } from "../../users/update-user";
import { knowBrowser } from "../browser";
import { redirect } from "../client-response";
import { formRoute } from "../form-route";
import { accountForm, bySelf } from "./account-form";

/** Opens a sign-in that leads to the account page; with `?again=` a page of it, one that asks also of who is signed in already. */
export const accountStart = route({
  guard: anyone,
  run: async ({ request, params }) => {
    const app = await findApp(params.app ?? "");
    if (!app) return redirect("/");
    const browser = knowBrowser(request, app.id);
    const again = reauthenticationPage(new URL(request.url).search);
    const id = await createInteraction(app.id, null, again ? `again=${again}` : "", browser.secret);
    return redirect(screenUrl(app, "signin", id), [browser.cookie]);
  },
});

const Profile = z.object({ name: text(200).nullable() });

export const profileForm = accountForm("Your name is saved.", async ({ app, form, session }) => {
  await updateUser(app, session.userId, parseInput(Profile, { name: form.get("name") ?? null }), bySelf(session));
});

export const passwordForm = accountForm(
  "Your password is changed. Every other device was signed out.",
  async ({ app, form, session }) => {
    const input = parseInput(ChangePasswordBody, {
      // Who has none is not asked for it.
      current_password: form.get("current_password") || undefined,
      new_password: form.get("new_password") ?? "",
    });
    await changePassword(app, {
      userId: session.userId,
      sessionId: session.id,
      currentPassword: input.current_password,
      newPassword: input.new_password,
    });
  },
);

/** `session=<id>` ends that one, `session=others` all but this. */
export const endSessionForm = accountForm("Signed out there.", async ({ app, form, session }) => {
  const id = form.get("session") ?? "";
  if (id === "others") await signOutOtherSessions(app.id, session.userId, session.id, bySelf(session));
  else await revokeSession(app.id, id, "ended_by_user", bySelf(session), session.userId);
});

export const disconnectForm = accountForm(
  "The app is disconnected; its access has ended.",
  async ({ app, form, session }) => {
    await disconnectClient(app.id, session.userId, form.get("client") ?? "", bySelf(session));
  },
);

/** Signs this browser out. */
export const signOutForm: Handler = formRoute(async ({ app, request }) => {
  const session = await sessionOf(request, app);
  if (session) await revokeSession(app.id, session.id, "logout", bySelf(session));
  return redirect(`/o/${app.id}/account/start`, [signedOutCookie(app)]);
});

export function signedOutCookie(app: App): string {
  return removeCookie(sessionCookieName(app.id));
}
