/** The forms of a user's own account page: name, password, sessions, connected apps. */

import { z } from "zod";
import { type App, findApp } from "../apps/apps";
import { parseInput, text } from "../input";
import { openInteraction } from "../oauth/authorize/interaction";
import { disconnectClient } from "../oauth/grant-end";
import { type HostedSession, sessionCookieName } from "../sessions/cookie";
import { endEverySessionBut, endSession } from "../sessions/end";
import { changePassword } from "../signin/change-password";
import { updateUser } from "../users/manage";
import { screenUrl, sessionOf } from "./authorize";
import { knowBrowser } from "./browser";
import { redirect } from "./client-response";
import { removeCookie } from "./cookies";
import { flashCookie } from "./flash";
import { anyone } from "./guards";
import { type FormInput, formRoute } from "./hosted-form";
import { toAppError } from "./respond";
import { type Handler, route } from "./route";

/** Opens a sign-in that leads to the account page. */
export const accountStart = route({
  guard: anyone,
  run: async ({ request, params }) => {
    const app = await findApp(params.app ?? "");
    if (!app) return redirect("/");
    const browser = knowBrowser(request, app.id);
    const id = await openInteraction(app.id, null, "", browser.secret);
    return redirect(screenUrl(app, "signin", id), [browser.cookie]);
  },
});

export interface AccountInput extends FormInput {
  session: HostedSession;
}

/** Runs for the signed-in user, then shows the account page again with a sentence about how it went. */
export function accountForm(done: string, run: (input: AccountInput) => Promise<void>): Handler {
  return formRoute(async (input) => {
    const { app, request } = input;
    const session = await sessionOf(request, app);
    if (!session) return redirect(`/o/${app.id}/account/start`);
    try {
      await run({ ...input, session });
      return redirect(screenUrl(app, "account"), [flashCookie(app, { ok: true, message: done })]);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.status >= 500) throw error;
      return redirect(screenUrl(app, "account"), [
        flashCookie(app, { ok: false, message: error.description, fields: error.options.fields }),
      ]);
    }
  });
}

export function bySelf(session: HostedSession) {
  return { type: "user", id: session.userId } as const;
}

const Profile = z.object({ name: text(200).nullable() });

export const profileForm = accountForm("Your name is saved.", async ({ app, form, session }) => {
  await updateUser(app, session.userId, parseInput(Profile, { name: form.get("name") ?? null }), bySelf(session));
});

const PasswordForm = z.object({ current_password: text(1024), new_password: text(1024) });

export const passwordForm = accountForm(
  "Your password is changed. Every other device was signed out.",
  async ({ app, form, session }) => {
    const input = parseInput(PasswordForm, {
      current_password: form.get("current_password"),
      new_password: form.get("new_password"),
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
  if (id === "others") await endEverySessionBut(app.id, session.userId, session.id, bySelf(session));
  else await endSession(app.id, id, "ended_by_user", bySelf(session), session.userId);
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
  if (session) await endSession(app.id, session.id, "logout", bySelf(session));
  return redirect(`/o/${app.id}/account/start`, [signedOutCookie(app)]);
});

export function signedOutCookie(app: App): string {
  return removeCookie(sessionCookieName(app.id));
}
